// Result<T>: a value or an error code. Every room above uses this one spelling.
//
// Expected failures travel as values; an exception that leaves a function of ours is a bug.
#pragma once

#include <boost/system/result.hpp>

namespace rightsline {

template <class T>
using Result = boost::system::result<T>;

}  // namespace rightsline

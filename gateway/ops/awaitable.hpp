// Awaitable<T> and Deadline: how every room of the gateway spells "later" and "at the latest".
//
// A Deadline is an absolute point on the steady clock, passed down unchanged; nobody adds up timeouts.
// Threading: an awaitable runs on the executor that it was spawned on, to its end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>

namespace rightsline {

template <class T>
using Awaitable = boost::asio::awaitable<T>;
using Deadline = std::chrono::steady_clock::time_point;

}  // namespace rightsline

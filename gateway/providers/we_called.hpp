// A call that we made, once whoever picked it up goes on with it: told as if they had called the line.
//
// Pure. Threading: values.
#pragma once

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

/// `page`: of Hook::page. Its event is the beginning of a call, the same however often the page is asked for.
Inbound as_called(const Inbound& page);
/// `receipt`: of a call, of Hook::message_status. Its event is the call's end.
Inbound as_ended(const Inbound& receipt);

}  // namespace rightsline::providers

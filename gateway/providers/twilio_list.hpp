// Twilio's list of what was sent to somebody, compared with one send of ours.
//
// The list is asked for without dates: a message that waits at Twilio has no date of sending yet, and one that is
// missing here for that reason would be taken for never sent. Must never: let a number or a text out. Pure.
#pragma once

#include "gateway/providers/outbound.hpp"

namespace rightsline::providers {

/// Errors: errc::bad_answer, errc::not_offered (a call).
Result<SentList> read_twilio_list(const http::Answer& answer, const Outbound& send, flows::Instant since);

}  // namespace rightsline::providers

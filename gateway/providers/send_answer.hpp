// What a provider's answer to a send, an update or an erasure means. One reading for Twilio and the simulator.
//
// The rules stand in outbound.hpp. Bounded: of a body over 64 KiB only the status is read. Must never: quote the
// answer, or take a success for one when it contradicts itself. Pure.
#pragma once

#include <string_view>

#include "gateway/providers/outbound.hpp"

namespace rightsline::providers {

/// Where in a dialect's answers to look, and what its names of messages and calls look like.
struct AnswerNames {
    std::string_view id;
    std::string_view words;
    bool (*is_id)(std::string_view);
};

SendResult read_send_answer(const http::Answer& answer, const AnswerNames& names, flows::Instant now);
SendResult read_update_answer(const http::Answer& answer, const AnswerNames& names, flows::Instant now);
Erased read_erased_answer(const http::Answer& answer, const AnswerNames& names);

}  // namespace rightsline::providers

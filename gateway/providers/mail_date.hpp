// mail_date: the dates that HTTP and Twilio write, "Sun, 06 Nov 1994 08:49:37 GMT" and the same with "+0000".
//
// Strict: anything else is no date. Must never: read a clock or know a time zone. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "gateway/http/message.hpp"

namespace rightsline::providers {

std::optional<std::chrono::sys_seconds> read_mail_date(std::string_view text);

/// What the answer's Retry-After asks for, from `now` on: seconds, or a date. Never less than nothing and never more
/// than `most`; absent when there is none that can be read.
std::optional<std::chrono::seconds> retry_after(const http::Answer& answer, std::chrono::sys_seconds now,
                                                std::chrono::seconds most);

}  // namespace rightsline::providers

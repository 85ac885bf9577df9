// phone: a phone in the terminal. Type texts, press keys, speak after the tone, walk through USSD screens.
//
// Reads lines from `in` and writes what the phone shows or says to `out`, so that a test can be the worker.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "gateway/cli/phone_wire.hpp"

namespace rightsline::cli {

/// What arrives of what was typed where keys are asked for: nobody presses a space, pound ends what comes before it, and of more
/// than `most` the first (0 and 1: all).
std::string pressed_keys(std::string typed, std::int64_t most);

/// Returns an exit code: 0 when the worker left, 69 when the server cannot be reached.
int phone(const PhoneOptions& options, std::istream& in, std::ostream& out);

}  // namespace rightsline::cli

// phone: a phone in the terminal. Type texts, press keys, speak after the tone, walk through USSD screens.
//
// Reads lines from `in` and writes what the phone shows or says to `out`, so that a test can be the worker.
#pragma once

#include <iosfwd>

#include "gateway/cli/phone_wire.hpp"

namespace rightsline::cli {

/// Returns an exit code: 0 when the worker left, 69 when the server cannot be reached.
int phone(const PhoneOptions& options, std::istream& in, std::ostream& out);

}  // namespace rightsline::cli

// Recording policy: when a recording that did not come home is tried again, and when a person has to look.
//
// Pure. Invariant: nothing is given up for good; what is put aside is tried again after its rest, and the provider's copy
// stays where it is until we hold the sound. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rightsline::conversations {

/// The pause before the next try: 1 s, 2 s, 4 s … 5 min.
std::chrono::seconds backoff(int attempts);

struct Aside {
    std::string_view reason;      // in an operator's words: what it is, and what to do
    std::chrono::seconds rest{};  // until it is tried again
    std::string_view word;        // the same for whoever reads the case: never_arrived, empty, too_long …
};
/// As it is stored: "empty: the provider gives something that is no recording; …".
std::string to_line(const Aside& aside);

/// Why more of the same cannot help after `attempts`; nothing while it may. `held`: only the provider's copy is left.
std::optional<Aside> put_aside_after(const boost::system::error_code& error, int attempts, bool held);

}  // namespace rightsline::conversations

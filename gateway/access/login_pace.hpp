// LoginPace: how soon a name may be tried again, and how many tries of one address are looked at together.
//
// Counts what failed, by name and address, by name from everywhere, and by address. Who guesses waits longer and longer, and
// a name that is guessed is looked at every half minute at most, whoever asks: 120 times an hour, once a hundred have failed.
// A guesser who asks again all the time takes every one of those turns, so whoever comes with a browser that the name was
// let in from before (KnownBrowser) has a pace of their own: only what failed from that browser holds it up, five minutes at
// most, twelve tries an hour for each such browser.
// Names that exist and names that do not are counted alike. Kept in memory: a restart forgets, and each of several servers
// counts for itself. Bounded (RememberedTries). An address of this machine is a proxy's, behind which stands everybody, so
// such an address by itself is not counted.
// Must never: be logged. Pure but for its tables; the time is an argument. Threading: the loop's.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/access/remembered_tries.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::access {

/// Who is tried, and from where.
struct TriedLogin {
    std::string name;
    std::string address;
    std::string browser;  // the id of one that this name was let in from before; "" = a stranger's
};

class LoginPace {
 public:
    using Wait = std::chrono::milliseconds;

    /// Zero: look at it, and tell the end of it by ended(). Else come back after so long; nothing is under way, and nothing
    /// is remembered of having asked.
    Wait begin(const TriedLogin& one, Deadline now);
    enum class End : std::uint8_t { failed, let_in, not_looked_at };
    void ended(const TriedLogin& one, End end, Deadline now);
    /// As many strangers are looked at as may be: what is left of the pool is for known browsers.
    bool full_of_strangers() const { return strangers_ >= most_strangers; }

    static constexpr std::size_t most_remembered = 10'000;  // of each kind
    static constexpr int most_of_one_address = 2;           // under way
    static constexpr int most_strangers = 9;  // the same, of all together; the pool holds eleven

 private:
    Wait begin_known(const TriedLogin& one, Deadline now);

    RememberedTries by_both_{std::chrono::hours(24), most_remembered};
    RememberedTries by_name_{std::chrono::hours(24), most_remembered};
    RememberedTries by_address_{std::chrono::minutes(15), most_remembered};
    RememberedTries by_browser_{std::chrono::hours(24), most_remembered};
    int strangers_ = 0;
};

/// The peer is this machine itself.
bool is_local(std::string_view address);

}  // namespace rightsline::access

// LoginPace: how soon a name may be tried again, and how many tries of one address are looked at together.
//
// Counts what failed, by name and address, by name from everywhere, and by address. Who guesses waits longer and longer;
// who has the name that is guessed waits half a minute at most, from wherever they come, and nobody else waits at all.
// Names that exist and names that do not are counted alike. Kept in memory: a restart forgets, and each of several servers
// counts for itself. Bounded: what is oldest is forgotten. An address of this machine is a proxy's, behind which stands
// everybody, so such an address by itself is not counted.
// Must never: be logged. Pure but for its tables; the time is an argument. Threading: the loop's.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::access {

class LoginPace {
 public:
    using Wait = std::chrono::milliseconds;

    /// Zero: look at it, and tell the end of it by ended(). Else come back after so long; nothing is under way.
    Wait begin(const std::string& name, const std::string& address, Deadline now);
    enum class End : std::uint8_t { failed, let_in, not_looked_at };
    void ended(const std::string& name, const std::string& address, End end, Deadline now);

    static constexpr std::size_t most_remembered = 10'000;  // of each kind
    static constexpr int most_of_one_address = 2;           // under way; the pool holds nine

 private:
    struct Tries {
        int failed = 0;
        int under_way = 0;
        Deadline since{};  // the first that failed
        Deadline last{};
    };
    using Table = std::unordered_map<std::string, Tries>;

    static Tries& entry(Table& table, const std::string& key, Deadline now, Wait forgotten_after);
    static void forget_some(Table& table, Deadline now, Wait forgotten_after);

    Table by_both_;
    Table by_name_;
    Table by_address_;
};

/// The peer is this machine itself.
bool is_local(std::string_view address);

}  // namespace rightsline::access

// RememberedTries: what failed under each key (a name, an address, both together), for as long as it counts.
//
// Asking remembers nothing, and a try that was not judged leaves nothing. Bounded: where there is no room, who failed least
// is forgotten, of those the oldest; what has stopped counting goes before that. Nothing here takes longer than the
// logarithm of what is remembered, for the loop waits for it.
// Must never: be logged. Pure; the time is an argument. Threading: the loop's. Owner: LoginPace.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::access {

class RememberedTries {
 public:
    struct Tries {
        int failed = 0;
        int under_way = 0;
        Deadline since{};  // the first that failed
        Deadline last{};
    };
    RememberedTries(std::chrono::milliseconds counts_for, std::size_t most) : for_(counts_for), most_(most) {}

    /// What counts now.
    Tries of(const std::string& key, Deadline now) const;
    /// A try begins; each ends by one of the three.
    void begun(const std::string& key, Deadline now);
    void failed(const std::string& key, Deadline now);
    void not_judged(const std::string& key);  // or its end says nothing
    void let_in(const std::string& key);      // … and what failed before it counts no more

    std::size_t size() const { return all_.size(); }

 private:
    using All = std::map<std::string, Tries>;
    using Rank = std::tuple<int, Deadline, const All::value_type*>;  // failures, the last of them

    bool counts(const Tries& tries, Deadline now) const { return now - tries.since <= for_; }
    void rest(All::iterator at);   // nothing of it is under way: it may be forgotten
    void rouse(All::iterator at);  // the inverse
    void make_room(Deadline now);

    std::chrono::milliseconds for_;
    std::size_t most_;
    All all_;
    std::set<Rank> resting_;  // who failed least, first
    std::set<std::tuple<Deadline, const All::value_type*>>
        resting_since_;  // whose first failure is oldest, first
};

}  // namespace rightsline::access

// Texts: signed webhooks of many workers who walk in the menus, as Twilio sends them.
//
// Worker i's n-th text follows a fixed walk: greeting, language, "not in danger", then from menu to menu and back.
// Every request has a fresh MessageSid. Built before a round, so that signing costs the measured round nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rightsline::bench {

class Texts {
 public:
    explicit Texts(unsigned workers) : workers_(workers) {}
    /// The next `count` whole HTTP requests, worker after worker.
    std::vector<std::string> next(unsigned count);

 private:
    unsigned workers_;
    std::uint64_t sent_ = 0;
};

}  // namespace rightsline::bench

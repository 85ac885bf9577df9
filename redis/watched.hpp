// Watched client: another client, with somebody who hears how each command went and may hold commands back.
//
// What is held back fails at once with errc::not_sent: nobody waits for a server that is known not to answer. Only how a
// command went is told, never what it was or what was answered. Must never: change a command or its reply, repeat one.
// Threading: as the client's. Owner: whoever owns the client; client and watcher outlive it.
#pragma once

#include <chrono>
#include <memory>

#include "redis/client.hpp"

namespace rightsline::redis {

struct Heard {
    bool commit = false;    // it was a commit (transaction.hpp)
    bool answered = false;  // a reply came, whatever it says
    bool refused = false;   // the server takes no writes now: no memory, no disk, a replica, still loading
    std::chrono::nanoseconds took{};
};

class Watcher {
 public:
    virtual ~Watcher() = default;
    /// Whether a command may go.
    virtual bool lets_through() = 0;
    virtual void begun() = 0;
    /// Of each that was begun, once, also when its caller has gone.
    virtual void ended(const Heard& heard) = 0;
};

std::unique_ptr<Client> make_watched(Client& inner, Watcher& watcher);
/// The same for one who asks although commands are held back: the probe that finds out whether the server is there again.
std::unique_ptr<Client> make_probe(Client& inner, Watcher& watcher);

}  // namespace rightsline::redis

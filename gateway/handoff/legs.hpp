// Legs: asks the provider to move a call that is under way: to a page of ours, or to its end.
//
// Each is asked for once and may fail: what it was to hurry comes by itself later. Nothing of what a provider says is kept or
// logged. Threading: the loop's. Owner: each desk has its own.
#pragma once

#include <string>

#include "gateway/http/pool.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/outbox.hpp"

namespace rightsline::handoff {

class Legs {
 public:
    Legs(const outbox::Outbox& outbox, http::Pool& outside, ops::Clock& clock)
        : outbox_(&outbox), outside_(&outside), clock_(&clock) {}

    /// `line`: ours, that the call is of; `call`: the provider's name of it, "" when it has none yet: then nothing is asked.
    Awaitable<void> hang_up(std::string line, std::string call);
    /// It goes on at `url`.
    Awaitable<void> send_to(std::string line, std::string call, std::string url);
    /// … at a path of ours below the hooks of the line's account.
    Awaitable<void> send_to_path(std::string line, std::string call, std::string path);

 private:
    Awaitable<void> ask(Result<http::Outgoing> request, const outbox::LineOut& out);

    const outbox::Outbox* outbox_;
    http::Pool* outside_;
    ops::Clock* clock_;
};

}  // namespace rightsline::handoff

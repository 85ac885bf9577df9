// Pull: what came in at the provider while nobody here could hear it, asked for afterwards.
//
// At the start, after every outage of the store and once an hour, of each line: the texts since it was last asked, and of
// each account the recordings. All of them go the way of a webhook, oldest first; what we know is a repeat, for an event of
// the list has the identity of its webhook. How far was asked is remembered in the store, per line. A line that was never
// asked begins now: what another system took before us is not ours.
// It asks no further back than the once-guards reach, or a repeat would be taken for new. What came within the last moment
// is left to its webhook. Texts of people on the roster are not taken: their "1" would take a report that it was not for.
// Bounded: pages, one request at a time, a deadline each.
// Must never: log a number, say that all was heard when a page could not be read. Threading: the loop's.
// Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/conversations/turn.hpp"
#include "gateway/hooks/hooks.hpp"
#include "gateway/http/pool.hpp"
#include "redis/client.hpp"

namespace rightsline::hooks {

struct PullServices {
    const Directory& directory;
    Hooks& hooks;
    conversations::Turns& turns;
    redis::Client& redis;
    http::Pool& outside;
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::function<bool(const std::string& program, const vault::PhoneNumber& phone)> is_staff;
};

class Pull {
 public:
    explicit Pull(PullServices services);

    /// Asks for everything. false: something could not be asked or taken, come again.
    Awaitable<bool> work();

 private:
    struct Asked;

    struct Pages {
        std::vector<std::string> names;          // newest first; the first has none
        std::vector<providers::Inbound> last{};  // what the oldest of them holds, newest first
    };

    Awaitable<Result<void>> pull_texts(std::string number, Line line);
    Awaitable<Result<void>> pull_recordings(std::string account);
    Awaitable<Result<void>> pull(std::string key, Asked asked);
    Awaitable<Result<Pages>> find_pages(const Asked& asked);
    Awaitable<Result<std::size_t>> take_all(const Asked& asked);
    Awaitable<Result<providers::Heard>> read_page(const Asked& asked, std::string next);
    Awaitable<Result<void>> take(const Asked& asked, providers::Inbound inbound);
    Awaitable<Result<void>> take_text(std::string number, providers::Inbound inbound);
    /// Since when to ask; the epoch when this place was never asked, which then begins now.
    Awaitable<Result<ops::UtcMs>> since(std::string key);
    Awaitable<Result<void>> remember(std::string key, ops::UtcMs until);

    PullServices services_;
    ops::Counter& heard_;
    ops::Counter& failed_;
};

}  // namespace rightsline::hooks

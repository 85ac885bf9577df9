// EventDesk: watches the audit for those who have a page open, and notes for each what changed that is there for them.
//
// Each server looks into the store once a second while anybody listens to it, for all its listeners together, so that what
// another server did is told as well; nobody leads. A case that keeps somebody out is never told to them. What concerns a
// user's logins has their listeners looked at again at once.
// Bounded: listeners of one login and in all, entries of one look, news of one listener (news.hpp).
// Must never: tell what a case is about. Threading: the loop's. Owner: the composition root; listeners may outlive it.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/access/roles.hpp"
#include "gateway/api/news.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

inline constexpr std::size_t most_listeners_of_login = 6;
inline constexpr std::size_t most_listeners = 200;

/// Who has a page open. The desk adds to `news`; whoever tells them takes it away.
struct Listener {
    std::string program;
    std::string user;
    std::string login;  // the hash of its token
    access::Grants grants;
    News news;
    audit::StreamId at{};     // the news reach so far
    audit::StreamId since{};  // when they began to listen
    bool look_again = false;  // their login may be over, or their roles others
};

class EventDesk {
 public:
    EventDesk(redis::Client& redis, cases::CaseDesk& desk, ops::Clock& clock, ops::Metrics& metrics);

    enum class Room : std::uint8_t { there, full_for_login, full };
    Room room_for(const std::string& login);
    /// Listens from now on, or from `last` on, the id of an event that was told before; what cannot be made up for is told as
    /// a reload. Errors: the store's.
    Awaitable<Result<std::shared_ptr<Listener>>> listen(Listener who, std::string last);
    /// One look into the store.
    Awaitable<void> look();

 private:
    struct Seen {
        std::vector<audit::Entry> entries;
        bool all = true;  // no: as many as are read at once, and more may be there
    };
    using Listeners = std::vector<std::shared_ptr<Listener>>;

    Awaitable<Result<Seen>> entries_after(std::string program, audit::StreamId at, Deadline deadline);
    Awaitable<Result<audit::StreamId>> now_in_store(Deadline deadline);
    Awaitable<Result<void>> catch_up(std::shared_ptr<Listener> listener, std::string last, Deadline deadline);
    Awaitable<void> look_at(std::string program, Listeners listeners);
    Awaitable<void> look_at_users();
    /// Into the news of those for whom it is there. false: who that is cannot be told.
    Awaitable<bool> tell(std::string program, std::vector<audit::Entry> entries, Listeners listeners);
    Listeners present();

    redis::Client& redis_;
    cases::CaseDesk& desk_;
    ops::Clock& clock_;
    std::vector<std::weak_ptr<Listener>> listeners_;
    std::map<std::string, audit::StreamId> reached_;  // by program, while somebody listens
    ops::Gauge& open_;
};

}  // namespace rightsline::api

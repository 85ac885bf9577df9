#include "gateway/api/read_entry.hpp"

#include <utility>

#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {

Awaitable<Result<void>> write_read_entry(redis::Client& client, const ops::Clock& clock, std::string program,
                                         audit::Act act, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(act.case_id), {}});
    audit::add_entry(commit.writes, keys, std::move(act));
    const Result<redis::Committed> done = co_await redis::commit(client, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool written = done->outcome == redis::Committed::Outcome::committed;
    co_return written ? Result<void>() : Result<void>(stores::errc::no_such_case);
}

}  // namespace rightsline::api

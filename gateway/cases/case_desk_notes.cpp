// What monitors note, kept as it comes and handed out as it was sealed.
#include <algorithm>
#include <utility>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

Result<vault::CirclePublicKey> CaseDesk::circle_of(const std::string& program, const CaseFacts& facts) const {
    const auto found = services_.circles.find(facts.circle.empty() ? program : facts.circle);
    return found == services_.circles.end() ? Result<vault::CirclePublicKey>(errc::no_circle) : found->second;
}

Awaitable<Result<vault::CirclePublicKey>> CaseDesk::circle_of(std::string program, std::string id,
                                                              redis::Deadline deadline) {
    CaseStore store(services_.redis);
    const Result<CaseFacts> facts = co_await store.facts(program, std::move(id), deadline);
    co_return facts ? circle_of(program, *facts) : Result<vault::CirclePublicKey>(facts.error());
}

Awaitable<Result<void>> CaseDesk::keep_note(std::string program, std::string id, Actor actor,
                                            std::string sealed, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    const std::vector<std::string> names = people(program, actor.users).all;
    const bool known = actor.name.empty() || std::ranges::find(names, actor.name) != names.end();
    if (!known) {  // the audit holds names of the roster, and nothing that somebody made up
        co_return errc::unknown_person;
    }
    const Result<vault::CirclePublicKey> circle = co_await circle_of(program, id, deadline);
    const Result<void> fits = circle ? check_note(*circle, sealed) : Result<void>(circle.error());
    if (!fits) {
        co_return fits.error();
    }
    const Result<Loaded> loaded = co_await load(program, id, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (loaded->work.keeps_out(actor.name)) {
        co_return errc::may_not;
    }
    redis::Command count{"LLEN", keys.case_notes(id)};
    const Result<redis::Reply> counted = co_await services_.redis.execute(std::move(count), deadline);
    if (!counted || counted->integer() == nullptr) {
        co_return counted ? make_error_code(redis::errc::unexpected_reply) : counted.error();
    }
    if (*counted->integer() >= most_notes) {
        co_return errc::too_many_notes;
    }
    Result<std::string> locked =
        co_await lock_one(services_.vault, note_context(program, id), std::move(sealed));
    if (!locked) {
        co_return locked.error();
    }
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes = note_writes(keys, id, std::move(*locked), actor.who);
    const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    const bool written = done->outcome == redis::Committed::Outcome::committed;
    co_return written ? Result<void>() : Result<void>(stores::errc::no_such_case);
}

Awaitable<Result<NotePage>> CaseDesk::notes(std::string program, std::string id, int skip,
                                            redis::Deadline deadline) {
    std::string key = stores::Keyspace(program).case_notes(id);
    Result<NotePage> page = co_await read_page(services_.redis, std::move(key), skip, deadline);
    if (!page) {
        co_return page.error();
    }
    Result<std::vector<std::string>> notes =
        co_await unlock(services_.vault, note_context(program, id), std::move(page->parts));
    if (!notes) {
        co_return notes.error();
    }
    co_return NotePage{std::move(*notes), page->total};
}

}  // namespace rightsline::cases

// One step of a session, kept: its document, when it is looked at next, and, at its end, its entry in the audit; one commit.
#include <iterator>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompt_calls/pages.hpp"
#include "gateway/stores/sealed_document.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompt_calls {
namespace {

constexpr int tries = 4;

/// The code opens nothing any more, and how much came of it.
void add_end(std::vector<redis::Write>& writes, const std::string& program, const Session& after) {
    writes.push_back({redis::Op::del, stores::PromptKeys(program).prompt_code(after.code), {}});
    audit::Act act{audit::What::prompt_uninvited};
    act.who = after.by;
    act.why = std::to_string(after.kept);
    act.to = after.language;
    audit::add_entry(writes, stores::Keyspace(program), std::move(act));
}

/// Which words they are asked to read: what is kept is a take of these.
void note_words(Step& taken, const flows::PackPtr& pack) {
    const bool tells =
        taken.reply == Reply::hello || taken.reply == Reply::line || taken.reply == Reply::kept;
    Session& now = taken.after;
    const auto line = tells && pack ? find_line(*pack, now.language, now.lines[now.at]) : std::nullopt;
    if (line && locales::hash_text(line->line.text) != now.words) {
        now.words = locales::hash_text(line->line.text);
        taken.changed = true;
    }
}

}  // namespace

Awaitable<Result<Desk::Loaded>> Desk::load(std::string program, std::string id, Deadline deadline) {
    std::string key = stores::PromptKeys(program).prompt_call(id);
    const Result<stores::SealedDocument> stored = co_await stores::load_sealed(
        services_.redis, services_.vault, vault::Purpose::conversation, std::move(key), deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return errc::no_such_call;
    }
    Result<Session> value = parse_session(stored->plain);
    if (!value) {
        co_return value.error();
    }
    co_return Loaded{std::move(*value), stored->version};
}

Awaitable<Result<Step>> Desk::take(std::string program, std::string id, Event event,
                                   std::vector<redis::Write> besides, Deadline deadline) {
    Result<Loaded> loaded = co_await load(program, id, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    co_return co_await take_from(std::move(*loaded), std::move(program), std::move(id), std::move(event),
                                 std::move(besides), deadline);
}

/// `loaded`: as it stood a moment ago. `besides`: written with the step.
Awaitable<Result<Step>> Desk::take_from(Loaded loaded, std::string program, std::string id, Event event,
                                        std::vector<redis::Write> besides, Deadline deadline) {
    for (int i = 0; i < tries; ++i) {
        const Sound before = loaded.value.sound;
        const Step taken = step_of(program, std::move(loaded.value), event);
        if (!taken.changed && besides.empty() && event.told != Event::Told::looks) {
            co_return taken;
        }
        const Result<redis::Committed> kept =
            co_await keep(program, id, loaded.version, taken, besides, deadline);
        if (!kept) {
            co_return kept.error();
        }
        if (kept->outcome == redis::Committed::Outcome::committed) {
            if (before.hash != taken.after.sound.hash) {
                remove_sound(before);
            }
            co_return taken;
        }
        Result<Loaded> again = co_await load(program, id, deadline);
        if (!again) {
            co_return again.error();
        }
        loaded = std::move(*again);
    }
    co_return errc::contended;
}

Step Desk::step_of(const std::string& program, Session session, const Event& event) const {
    const flows::PackPtr pack = services_.packs.active(program);
    const std::string language = session.language;
    Step taken = step(std::move(session), event, services_.clock.now());
    taken = pass_over(std::move(taken), [&](const std::string& line) {
        return !pack || find_line(*pack, language, line).has_value();
    });
    note_words(taken, pack);
    return taken;
}

Awaitable<Result<redis::Committed>> Desk::keep(const std::string& program, const std::string& id,
                                               std::uint64_t version, const Step& step,
                                               std::vector<redis::Write> besides, Deadline deadline) {
    const stores::PromptKeys own(program);
    redis::Commit commit;
    commit.document_key = own.prompt_call(id);
    commit.expected_version = version;
    commit.now_ms = ms(services_.clock.now());
    commit.writes = std::move(besides);
    commit.writes.push_back(
        {redis::Op::zadd, own.prompt_calls(), {std::to_string(ms(next_look(step.after))), id}});
    if (step.finished) {
        add_end(commit.writes, program, step.after);
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, to_bytes(step.after)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    co_return co_await redis::commit(services_.redis, commit, deadline);
}

}  // namespace rightsline::prompt_calls

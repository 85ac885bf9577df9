// A code for somebody who is to read lines; and the call to them, where they are to be rung.
#include <array>
#include <iterator>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace timing;

constexpr std::int64_t ms_a_day = 86'400'000;
constexpr std::uint32_t codes = 100'000'000;  // eight digits

std::string fresh_name() {
    std::array<std::uint8_t, 16> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

/// Every code as likely as any other.
std::string fresh_code() {
    constexpr std::uint32_t fair = UINT32_MAX - UINT32_MAX % codes;
    std::uint32_t drawn = fair;
    while (drawn >= fair) {
        std::array<std::uint8_t, 4> bytes{};
        ops::draw_fresh_bytes(bytes);
        drawn = 0;
        for (const std::uint8_t byte : bytes) {
            drawn = drawn << 8U | byte;
        }
    }
    std::string digits = std::to_string(drawn % codes);
    return std::string(8 - digits.size(), '0') + digits;
}

void count(std::vector<redis::Write>& writes, const std::string& program, std::string_view what,
           std::int64_t most, std::int64_t now) {
    const std::string key = stores::PromptKeys(program).counted(what, now / ms_a_day);
    writes.push_back({redis::Op::must_be_below, key, {std::to_string(most)}});
    writes.push_back({redis::Op::incrby, key, {"1"}});
    writes.push_back({redis::Op::zadd, stores::Keyspace(program).guards(), {std::to_string(now), key}});
}

bool has(const flows::Pack& pack, const std::string& language) {
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(language);
    return tag && pack.find_language(*tag).has_value();
}

}  // namespace

/// The session as it begins, without its code.
Awaitable<Result<Session>> Desk::prepare(const Invitation& wish) {
    const flows::PackPtr pack = services_.packs.active(wish.program);
    const auto lines = services_.lines.find(wish.program);
    if (!pack || lines == services_.lines.end()) {
        co_return errc::no_program;
    }
    if (!has(*pack, wish.language) || (!wish.spoken.empty() && !has(*pack, wish.spoken))) {
        co_return errc::no_language;
    }
    Session fresh;
    fresh.line = wish.ring ? lines->second.calls : lines->second.takes_calls;
    if (fresh.line.empty()) {
        co_return errc::no_line;
    }
    const std::optional<std::string> by = prompts::read_name(wish.by);
    if (!by) {
        co_return errc::no_name;
    }
    const Result<std::vector<prompts::ScriptedLine>> script =
        co_await services_.prompts.lines(wish.program, wish.language, wish.deadline);
    if (!script) {
        co_return script.error();
    }
    Result<std::vector<std::string>> names = wanted(*script, wish.only, wish.names);
    if (!names) {
        co_return names.error();
    }
    fresh.since = services_.clock.now();
    fresh.until = fresh.since + code_lives;
    fresh.language = wish.language;
    fresh.spoken = wish.spoken.empty() ? std::string(pack->languages.front().str()) : wish.spoken;
    fresh.by = *by;
    fresh.lines = std::move(*names);
    co_return fresh;
}

/// Their phone rings once, minutes from now at the latest. Errors: outbox::errc, the vault's.
Awaitable<Result<std::vector<redis::Write>>> Desk::ring(const Invitation& wish, const std::string& id,
                                                        const Session& session) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, wish.ring->reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    const Result<alerts::CallPage> page = co_await page_of(wish.program, of_door + id);
    if (!page) {
        co_return page.error();
    }
    const ops::UtcMs now = services_.clock.now();
    outbox::Call what{prompts_path_of(*page, 0), timing::ring};
    what.hears_machines = true;
    outbox::Message call{outbox::Lane::reply, *wish.ring, ids->front().hex(),
                         std::move(what),     0,          now + worth_calling};
    co_return co_await services_.outbox.post(session.line, message_id(id), std::move(call), now);
}

Awaitable<Result<redis::Committed>> Desk::keep_fresh(const Invitation& wish, const std::string& id,
                                                     const Session& session,
                                                     std::vector<redis::Write> writes) {
    const stores::Keyspace keys(wish.program);
    const stores::PromptKeys own(wish.program);
    const std::int64_t now = ms(services_.clock.now());
    count(writes, wish.program, "made", most_invited_a_day, now);
    if (wish.ring) {
        count(writes, wish.program, "rung", most_rung_a_day, now);
    }
    writes.push_back({redis::Op::must_be, own.prompt_code(session.code), {""}});
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(code_lives).count();
    writes.push_back({redis::Op::set_for, own.prompt_code(session.code), {id, std::to_string(seconds)}});
    audit::Act act{audit::What::prompt_invited};
    act.who = wish.asker;
    act.how = wish.ring ? "call" : "code";
    act.why = std::to_string(session.lines.size());
    act.to = session.language;
    act.whom = session.by;
    audit::add_entry(writes, keys, std::move(act));
    Step first;
    first.after = session;
    co_return co_await keep(wish.program, id, 0, first, std::move(writes), wish.deadline);
}

Awaitable<Result<Invited>> Desk::invite(Invitation wish) {
    Result<Session> fresh = co_await prepare(wish);
    if (!fresh) {
        co_return fresh.error();
    }
    const std::string id = fresh_name();
    std::string code = fresh_code();
    const Result<std::string> hash = co_await hash_of(wish.program, code);
    if (!hash) {
        co_return hash.error();
    }
    fresh->code = *hash;
    std::vector<redis::Write> writes;
    if (wish.ring) {
        Result<std::vector<redis::Write>> rung = co_await ring(wish, id, *fresh);
        if (!rung) {
            co_return rung.error();
        }
        writes = std::move(*rung);
    }
    const Result<redis::Committed> kept = co_await keep_fresh(wish, id, *fresh, std::move(writes));
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome != redis::Committed::Outcome::committed) {
        co_return errc::enough_today;  // or, once in a hundred million, somebody else's code
    }
    counters_->invited.add();
    if (wish.ring) {
        services_.posted();
    }
    co_return Invited{locales::PrivateText(std::move(code)), wish.ring ? "" : fresh->line,
                      fresh->lines.size(), fresh->until};
}

}  // namespace rightsline::prompt_calls

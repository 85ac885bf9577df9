#include "gateway/cases/case_desk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "flows/words.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {
namespace {

constexpr int tries = 3;

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

flows::LanguageIndex language_of(const flows::Pack& pack, const std::string& word) {
    const auto tag = locales::LanguageTag::parse(word);
    return tag ? pack.find_language(*tag).value_or(flows::LanguageIndex{0}) : flows::LanguageIndex{0};
}

std::int64_t hour_of(ops::UtcMs at) { return seconds(std::chrono::floor<std::chrono::hours>(at)); }

/// What the decision makes of the clear facts. A greater urgency is one beside which nobody raised it meanwhile, and does what
/// a worker's own word of danger does: its place in the list, its clocks and its alert are in the same commit.
void add_facts(std::vector<redis::Write>& writes, const stores::Keyspace& keys, const CaseFacts& before,
               const Decision& decision, std::string_view who, std::int64_t hour) {
    const std::string key = keys.case_facts(before.id);
    if (decision.urgency != before.urgency) {
        writes.push_back({redis::Op::must_be_field, key, {"urgency", std::string(to_word(before.urgency))}});
    }
    writes.push_back({redis::Op::hset, key, {"status", decision.status, "family", decision.family}});
    if (decision.urgency != before.urgency) {
        std::ranges::move(raising_writes(keys, before.id, decision.urgency, hour, who),
                          std::back_inserter(writes));
    }
}

CaseFacts facts_after(CaseFacts facts, const Decision& decision, std::int64_t hour) {
    facts.raised_hour = decision.urgency == facts.urgency ? facts.raised_hour : hour;
    facts.urgency = decision.urgency;
    facts.status = decision.status;
    facts.family = decision.family;
    return facts;
}

}  // namespace

CaseDesk::CaseDesk(CaseDeskServices services) : services_(std::move(services)) {}

Awaitable<Result<redis::Committed>> CaseDesk::keep(std::string program, CaseFacts facts, const Loaded& before,
                                                   const Decision& decision, std::string who,
                                                   redis::Deadline deadline, const Beside& beside) {
    const stores::Keyspace keys(program);
    const ops::UtcMs now = services_.clock.now();
    redis::Commit commit;
    commit.document_key = keys.casework(facts.id);
    commit.expected_version = before.version;
    commit.now_ms = now.time_since_epoch().count();
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, commit.document_key, to_bytes(decision.after)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    commit.writes.push_back({redis::Op::must_exist, keys.case_facts(facts.id), {}});
    commit.writes.push_back(redis::must_be_version(keys.sites(), before.sites));  // who was listed meanwhile
    std::ranges::copy(beside.conditions, std::back_inserter(commit.writes));
    add_facts(commit.writes, keys, facts, decision, who, hour_of(now));
    std::ranges::copy(beside.writes, std::back_inserter(commit.writes));
    // They stand still, go on, or begin anew.
    commit.writes.push_back({redis::Op::zadd, keys.clocks(), {std::to_string(commit.now_ms), facts.id}});
    const bool kept_out = decision.lost || decision.what == audit::What::recused ||
                          decision.what == audit::What::excluded || decision.what == audit::What::site_set;
    if (decision.left) {  // its worker must not hear that somebody has it, and the clock of a danger goes on
        commit.writes.push_back({redis::Op::hdel, keys.case_facts(facts.id), {"taken"}});
    }
    // Of what nobody had whoever took its alert may have been the one who is kept out.
    if (decision.left || (kept_out && decision.after.assignee.empty())) {
        commit.writes.push_back({redis::Op::zadd, keys.alerts(), {"0", released_member(facts.id)}});
    }
    audit::Act act{decision.what, std::move(facts.id), std::move(who)};
    act.to = decision.to;
    act.why = decision.why;
    audit::add_entry(commit.writes, keys, std::move(act));
    co_return co_await redis::commit(services_.redis, commit, deadline);
}

Awaitable<Result<Outcome>> CaseDesk::change(std::string program, std::string id, Actor actor, Wish wish,
                                            redis::Deadline deadline) {
    return change_with(std::move(program), std::move(id), std::move(actor), std::move(wish), Beside(),
                       deadline);
}

Awaitable<Result<Outcome>> CaseDesk::change_with(std::string program, std::string id, Actor actor, Wish wish,
                                                 Beside beside, redis::Deadline deadline) {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack) {
        co_return errc::no_script;
    }
    for (int i = 0; i < tries; ++i) {
        const Result<Tried> tried = co_await try_once(pack, id, actor, wish, deadline, beside);
        if (!tried) {
            co_return tried.error();
        }
        if (tried->done) {
            co_return tried->outcome;
        }
    }
    co_return errc::contended;
}

/// The document is read before the facts: who changes the status changes both, so what is decided upon a status of before
/// does not fit the version any more.
Awaitable<Result<CaseDesk::Tried>> CaseDesk::try_once(flows::PackPtr pack, std::string id, Actor actor,
                                                      Wish wish, redis::Deadline deadline,
                                                      const Beside& beside) {
    const Result<Loaded> before = co_await load(pack->program, id, deadline);
    if (!before) {
        co_return before.error();
    }
    CaseStore store(services_.redis);
    const Result<CaseFacts> facts = co_await store.facts(pack->program, id, deadline);
    if (!facts) {
        co_return facts.error();
    }
    const Result<Decision> decision = decide(*pack, people(pack->program, actor.users), before->work, *facts,
                                             actor.name, wish, seconds(services_.clock.now()));
    if (!decision) {
        co_return decision.error();
    }
    const CaseFacts after = facts_after(*facts, *decision, hour_of(services_.clock.now()));
    Tried tried{!decision->changed,
                {after, decision->changed ? decision->after : before->work, decision->changed,
                 words_of(pack->program, after)}};
    if (tried.done) {
        co_return tried;
    }
    const Result<redis::Committed> kept =
        co_await keep(pack->program, *facts, *before, *decision, actor.who, deadline, beside);
    if (!kept) {
        co_return kept.error();
    }
    if (kept->outcome ==
        redis::Committed::Outcome::unmet) {  // its worker deleted it meanwhile, or a list changed
        const Result<CaseFacts> still = co_await store.facts(pack->program, id, deadline);
        if (!still) {
            co_return still.error();
        }
    }
    tried.done = kept->outcome == redis::Committed::Outcome::committed;
    co_return tried;
}

std::vector<DueClock> CaseDesk::clocks(const std::string& program, const CaseFacts& facts,
                                       const Standing& standing) const {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack) {
        return {};
    }
    const Calendar calendar(pack->time_zone, pack->holidays);
    const Timing timing{facts, standing.work, pack->statuses, pack->clocks, standing.told, calendar};
    return clocks_of(timing, seconds(services_.clock.now()));
}

std::string CaseDesk::words_of(const std::string& program, const CaseFacts& facts) const {
    const flows::PackPtr pack = services_.packs.active(program);
    const std::string key = status_for_worker(facts);
    const flows::CaseStatus* status = pack ? find_status(pack->statuses, key) : nullptr;
    if (pack && status == nullptr) {
        status = find_status(pack->statuses, facts.status);  // as the worker's own turn does
    }
    if (status == nullptr || status->say == flows::no_text) {
        return "";
    }
    const flows::Values none;
    return flows::Words(*pack, flows::Mode::sms, none).text(status->say, language_of(*pack, facts.language));
}

const People& CaseDesk::people(const std::string& program) const {
    static const People nobody;
    const auto found = services_.people.find(program);
    return found == services_.people.end() ? nobody : found->second;
}

People CaseDesk::people(const std::string& program, const std::vector<std::string>& users) const {
    People known = people(program);
    for (const std::string& one : users) {
        if (std::ranges::find(known.all, one) == known.all.end()) {
            known.all.push_back(one);
        }
    }
    return known;
}

std::vector<flows::CaseStatus> CaseDesk::statuses(const std::string& program) const {
    const flows::PackPtr pack = services_.packs.active(program);
    return pack ? pack->statuses : std::vector<flows::CaseStatus>();
}

std::vector<flows::Category> CaseDesk::categories(const std::string& program) const {
    const flows::PackPtr pack = services_.packs.active(program);
    return pack ? pack->categories : std::vector<flows::Category>();
}

flows::Retention CaseDesk::retention(const std::string& program) const {
    const flows::PackPtr pack = services_.packs.active(program);
    return pack ? pack->retention : flows::Retention{};
}

std::vector<std::string> CaseDesk::circles(const std::string& program) const {
    const flows::PackPtr pack = services_.packs.active(program);
    return pack ? pack->circles.names : std::vector<std::string>();
}

std::vector<flows::Organisation> CaseDesk::organisations(const std::string& program) const {
    const flows::PackPtr pack = services_.packs.active(program);
    return pack ? pack->organisations : std::vector<flows::Organisation>();
}

}  // namespace rightsline::cases

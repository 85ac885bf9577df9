// The ways through the store: all keys of a program, and the members of its indexes.
#include "gateway/keep/walk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/ops/pause.hpp"
#include "redis/error.hpp"

namespace rightsline::keep {
namespace {

using namespace std::chrono_literals;

constexpr const char* page_size = "500";
constexpr auto page_budget = 30s;
constexpr auto second_look = 300ms;  // a turn, or a recording's way, is over by then
constexpr std::size_t most_findings = 10'000;

struct ScanPage {
    std::string next;
    std::vector<std::string> entries;
};

std::optional<ScanPage> page_of(const redis::Reply& reply) {
    const std::vector<redis::Reply>* both = reply.array();
    if (both == nullptr || both->size() != 2 || (*both)[0].string() == nullptr ||
        (*both)[1].array() == nullptr) {
        return std::nullopt;
    }
    ScanPage page{*(*both)[0].string(), {}};
    for (const redis::Reply& entry : *(*both)[1].array()) {
        page.entries.push_back(entry.string() == nullptr ? "" : *entry.string());
    }
    return page;
}

}  // namespace

std::string circle_key_of(std::string_view sealed, vault::SealedForm form) {
    const auto id = vault::sealed_to(sealed, form);
    return id ? std::string(id->begin(), id->end()) : std::string();
}

bool is_id(std::string_view hex) {
    return hex.size() == 32 && hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Walk::Walk(CheckedStore store, std::function<void(const Checked&)> progress)
    : store_(std::move(store)), progress_(std::move(progress)) {
    for (const vault::CirclePublicKey& circle : store_.keys.circles()) {
        const auto id = circle.id();
        circle_keys_.emplace(id.begin(), id.end());
    }
}

Awaitable<Result<Checked>> Walk::run() {
    list_blobs();
    for (const std::string& program : store_.programs) {
        const Result<void> walked = co_await walk_program(program);
        if (!walked) {
            co_return walked.error();
        }
    }
    const std::string of_no_program(stores::server_wide);  // users, logins, the ends of months
    const Result<void> audited = co_await walk_audit(Keys(of_no_program), of_no_program);
    if (!audited) {
        co_return audited.error();
    }
    const Result<void> outbox = co_await walk_outbox();
    if (!outbox) {
        co_return outbox.error();
    }
    close_blobs();
    checked_.findings.assign(findings_.begin(), findings_.end());
    co_return std::move(checked_);
}

Awaitable<Result<void>> Walk::walk_program(const std::string& program) {
    const Keys keys(program);
    program_ = program;
    ledger_ = CaseLedger();
    audited_ = {};
    Result<void> done = co_await scan(keys, program, false);
    const std::pair<Kind, std::string> sets[] = {{Kind::list, keys.cases()},
                                                 {Kind::timers, keys.timers()},
                                                 {Kind::to_tell, keys.alerts()},
                                                 {Kind::to_look_at, keys.clocks()},
                                                 {Kind::to_fetch, keys.recordings()},
                                                 {Kind::to_take, keys.untaken_recordings()},
                                                 {Kind::to_put_through, keys.hand_offs()},
                                                 {Kind::to_call_back, keys.call_backs()}};
    for (std::size_t i = 0; done && i < std::size(sets); ++i) {
        done = co_await scan_set(sets[i].first, keys, sets[i].second);
    }
    if (done) {
        done = co_await check_pack(keys, program);
    }
    if (done) {
        done = co_await check_sites(keys, program);
    }
    if (done) {
        done = co_await walk_audit(keys, program);
    }
    if (done) {
        done = co_await close_acts(keys);
    }
    if (done) {
        done = co_await close_ledger(keys, program);
    }
    co_return done;
}

Awaitable<Result<Replies>> Walk::ask(std::vector<redis::Command> questions) {
    const redis::Deadline deadline = std::chrono::steady_clock::now() + page_budget;
    co_return co_await ask_all(store_.client, std::move(questions), deadline);
}

/// Of `names`, whose first `prefix` bytes are the program's: the ids of each kind that is looked at by itself.
std::map<Walk::Kind, Walk::Ids> Walk::sorted_by_kind(const Ids& names, std::size_t prefix) {
    static const std::map<std::string, Kind, std::less<>> kinds{
        {"k", Kind::cases},         {"kp", Kind::parts},       {"kr", Kind::recordings},
        {"c", Kind::conversations}, {"e", Kind::guards},       {"rj", Kind::jobs},
        {"rn", Kind::news},         {"al", Kind::alerts},      {"kh", Kind::contacts},
        {"kl", Kind::consents},     {"kw", Kind::casework},    {"kn", Kind::notes},
        {"kt", Kind::told},         {"km", Kind::mailboxes},   {"ky", Kind::replies},
        {"ku", Kind::replies_read}, {"kg", Kind::outreach},    {"kk", Kind::links},
        {"kq", Kind::tasks},        {"kqw", Kind::task_words}, {"kv", Kind::check_ins},
        {"kf", Kind::handed_on},    {"ko", Kind::copies},      {"kj", Kind::unanswered},
        {"ho", Kind::hand_offs},    {"hr", Kind::may_ring},    {"cb", Kind::call_backs}};
    std::map<Kind, Ids> by_kind;
    for (const std::string& key : names) {
        const std::string_view name = std::string_view(key).substr(prefix);
        const std::size_t colon = name.find(':');
        const auto kind = kinds.find(name.substr(0, colon));
        if (kind != kinds.end() && colon != std::string_view::npos) {
            by_kind[kind->second].emplace_back(name.substr(colon + 1));
        }
    }
    return by_kind;
}

Awaitable<Result<void>> Walk::scan(const Keys& keys, const std::string& program, bool conversations_only) {
    const std::string prefix = "{" + program + "}:";
    std::string cursor = "0";
    do {
        std::vector<redis::Command> question{{"SCAN", cursor, "MATCH", prefix + "*", "COUNT", page_size}};
        const Result<Replies> reply = co_await ask(std::move(question));
        const std::optional<ScanPage> page = reply ? page_of(reply->front()) : std::nullopt;
        if (!page) {
            co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
        }
        cursor = page->next;
        checked_.keys += conversations_only ? 0 : static_cast<std::int64_t>(page->entries.size());
        std::map<Kind, Ids> by_kind = sorted_by_kind(page->entries, prefix.size());
        for (auto& [kind, ids] : by_kind) {
            Result<void> looked;
            if (!conversations_only || kind == Kind::conversations) {
                looked = co_await look(kind, keys, std::move(ids));
            }
            if (!looked) {
                co_return looked;
            }
        }
        progress_(checked_);
    } while (cursor != "0");
    co_return Result<void>();
}

Awaitable<Result<void>> Walk::scan_set(Kind kind, const Keys& keys, std::string set) {
    std::string cursor = "0";
    do {
        std::vector<redis::Command> question{{"ZSCAN", set, cursor, "COUNT", page_size}};
        const Result<Replies> reply = co_await ask(std::move(question));
        if (reply && reply->front().error() != nullptr) {
            findings_.insert({Damage::wrong_kind, "an index of the program", ""});
            co_return Result<void>();
        }
        const std::optional<ScanPage> page = reply ? page_of(reply->front()) : std::nullopt;
        if (!page) {
            co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
        }
        cursor = page->next;
        Ids members;
        for (std::size_t i = 0; i + 1 < page->entries.size(); i += 2) {
            members.push_back(page->entries[i]);
        }
        const Result<void> looked = co_await look(kind, keys, std::move(members));
        if (!looked) {
            co_return looked;
        }
        progress_(checked_);
    } while (cursor != "0");
    co_return Result<void>();
}

Walk::Found Walk::check(Kind kind, const Keys& keys, Ids ids) {
    switch (kind) {
        case Kind::cases:
            return check_cases(keys, std::move(ids));
        case Kind::parts:
            return check_drafts(keys, std::move(ids));
        case Kind::recordings:
            return check_recordings(keys, std::move(ids));
        case Kind::contacts:
            return check_contacts(keys, std::move(ids));
        case Kind::consents:
            return check_consents(keys, std::move(ids));
        case Kind::conversations:
            return check_conversations(keys, std::move(ids));
        case Kind::hand_offs:
        case Kind::call_backs:
            return check_calls(kind, keys, std::move(ids));
        case Kind::may_ring:
        case Kind::to_put_through:
        case Kind::to_call_back:
            return check_of_calls(kind, keys, std::move(ids));
        case Kind::guards:
            return check_guards(keys, std::move(ids));
        case Kind::jobs:
        case Kind::news:
            return check_jobs(kind, keys, std::move(ids));
        case Kind::alerts:
            return check_alerts(keys, std::move(ids));
        case Kind::casework:
            return check_casework(keys, std::move(ids));
        case Kind::notes:
            return check_notes(keys, std::move(ids));
        case Kind::copies:
            return check_copies(keys, std::move(ids));
        case Kind::told:
        case Kind::unanswered:
        case Kind::outreach:
        case Kind::links:
        case Kind::tasks:
        case Kind::task_words:
        case Kind::check_ins:
        case Kind::handed_on:
            return check_told(kind, keys, std::move(ids));
        case Kind::mailboxes:
        case Kind::replies:
        case Kind::replies_read:
            return check_relay(kind, keys, std::move(ids));
        default:
            return check_members(kind, keys, std::move(ids));
    }
}

/// What a second look does not see was on its way somewhere.
Awaitable<Result<void>> Walk::look(Kind kind, const Keys& keys, Ids ids) {
    if (ids.empty()) {
        co_return Result<void>();
    }
    Ids once_more = ids;
    const Checked before = checked_;
    Result<Wrong> first = co_await check(kind, keys, std::move(ids));
    if (!first || first->empty()) {
        co_return first ? Result<void>() : Result<void>(first.error());
    }
    const bool going = co_await ops::pause(second_look);
    if (!going) {
        co_return redis::errc::not_sent;
    }
    checked_ = before;
    Result<Wrong> second = co_await check(kind, keys, std::move(once_more));
    if (!second) {
        co_return second.error();
    }
    std::ranges::sort(*first);
    std::ranges::sort(*second);
    Wrong both;
    std::ranges::set_intersection(*first, *second, std::back_inserter(both));
    tell(std::move(both));
    co_return Result<void>();
}

void Walk::tell(Wrong wrong) {
    for (Finding& one : wrong) {
        if (findings_.size() < most_findings) {
            findings_.insert(std::move(one));
        } else {
            checked_.more = true;
        }
    }
}

Awaitable<Result<Checked>> check_store(CheckedStore store, std::function<void(const Checked&)> progress) {
    Walk walk(std::move(store), std::move(progress));
    co_return co_await walk.run();
}

}  // namespace rightsline::keep

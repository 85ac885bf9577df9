// Which cases keep something that an older version of a circle opens: looked at piece by piece, for no list of it is kept.
#include <algorithm>
#include <fstream>
#include <utility>

#include "gateway/cases/error.hpp"
#include "gateway/cases/referral_writes.hpp"
#include "gateway/cases/reseal_desk.hpp"
#include "gateway/vault/epoch.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

using namespace std::chrono_literals;

constexpr auto op_budget = 5s;

}  // namespace

bool is_older(std::string_view sealed, vault::SealedForm form, const std::array<std::uint8_t, 8>& newest) {
    const auto id = vault::sealed_to(sealed, form);
    return id && *id != newest;
}

std::string opening_of(const std::string& path) {
    std::string head(vault::recording_opening_bytes + vault::lock_overhead, '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    return head;
}

Awaitable<Result<void>> ResealDesk::count_list(std::string key, bool replies, KeyId newest, Older& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<PartPage> page =
            co_await read_page(services_.redis, key, static_cast<int>(from), services_.clock.in(op_budget));
        if (!page) {
            co_return page.error();
        }
        for (const std::string& stored : page->parts) {
            const Result<Reply> reply = replies ? parse_reply(stored) : Result<Reply>(Reply{"", stored, ""});
            into.pieces += reply && is_older(reply->for_circle, vault::SealedForm::part, newest) ? 1 : 0;
        }
        from += static_cast<std::int64_t>(page->parts.size());
        total = page->parts.empty() ? from : page->total;
    }
    co_return Result<void>();
}

/// Of the fields whose names begin so.
Awaitable<Result<void>> ResealDesk::count_hash(std::string key, std::string prefix, KeyId newest,
                                               Older& into) {
    redis::Command question{"HGETALL", std::move(key)};
    const Result<redis::Reply> stored =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!stored || stored->array() == nullptr) {
        co_return stored ? make_error_code(redis::errc::unexpected_reply) : stored.error();
    }
    const std::vector<redis::Reply>& flat = *stored->array();
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
        const std::string* field = flat[i].string();
        const std::string* sealed = flat[i + 1].string();
        const bool meant = field != nullptr && sealed != nullptr && field->starts_with(prefix);
        into.pieces += meant && is_older(*sealed, vault::SealedForm::part, newest) ? 1 : 0;
    }
    co_return Result<void>();
}

void ResealDesk::look_at_file(const std::string& recording, KeyId newest, Older& into) const {
    const std::string opening = opening_of(services_.blob_path(recording));
    into.elsewhere += opening.empty() ? 1 : 0;
    if (is_older(opening, vault::SealedForm::recording, newest)) {
        into.recordings.push_back(recording);
    }
}

Awaitable<Result<void>> ResealDesk::look_at_files(std::string program, KeyId newest, const Casework& work,
                                                  Older& into) {
    redis::Command question{"SMEMBERS", stores::Keyspace(program).case_recordings(into.id)};
    const Result<redis::Reply> listed =
        co_await services_.redis.execute(std::move(question), services_.clock.in(op_budget));
    if (!listed || listed->array() == nullptr) {
        co_return listed ? make_error_code(redis::errc::unexpected_reply) : listed.error();
    }
    for (const redis::Reply& one : *listed->array()) {
        const std::string recording = one.string() == nullptr ? "" : *one.string();
        if (!work.is_for_others(recording)) {
            look_at_file(recording, newest, into);
        }
    }
    co_return Result<void>();
}

Awaitable<Result<void>> ResealDesk::count_all(const Whose& whose, KeyId newest, Older& into) {
    const stores::Keyspace keys(whose.program);
    if (!whose.organisation.empty()) {
        co_return co_await count_hash(keys.case_copies(into.id), whose.organisation + "/", newest, into);
    }
    Result<void> looked = co_await count_list(keys.case_parts(into.id), false, newest, into);
    if (looked) {
        looked = co_await count_list(keys.case_notes(into.id), false, newest, into);
    }
    if (looked) {
        looked = co_await count_list(keys.replies(into.id), true, newest, into);
    }
    if (looked) {
        looked = co_await count_hash(keys.task_words(into.id), "", newest, into);
    }
    co_return looked;
}

/// What of one case is not sealed to the newest key of its own circle.
Awaitable<Result<Older>> ResealDesk::look_at(const Whose& whose, const CaseFacts& facts,
                                             const Casework& work) {
    const Result<vault::CirclePublicKey> circle = circle_of(whose, facts);
    if (!circle) {
        co_return circle.error();
    }
    const KeyId newest = circle->id();
    Older one{facts.id, facts.alias, *circle};
    const Referral* theirs = work.referral(whose.organisation);
    const bool with_them = theirs != nullptr && theirs->state == ReferralState::accepted;
    if (!whose.organisation.empty() && !with_them) {
        co_return one;
    }
    Result<void> looked = co_await count_all(whose, newest, one);
    if (looked && whose.organisation.empty()) {
        looked = co_await look_at_files(whose.program, newest, work, one);
    }
    for (const std::string& recording : with_them ? theirs->recordings : std::vector<std::string>()) {
        look_at_file(recording, newest, one);
    }
    co_return looked ? Result<Older>(std::move(one)) : looked.error();
}

Awaitable<Result<OlderPage>> ResealDesk::older(Whose whose, int skip, int most) {
    const bool of_others = !whose.organisation.empty();
    const Result<vault::CirclePublicKey> theirs =
        of_others ? circle_of_organisation(whose) : Result<vault::CirclePublicKey>(vault::CirclePublicKey{});
    if (!theirs) {
        co_return theirs.error();
    }
    CaseStore store(services_.redis);
    const Result<CasePage> page =
        co_await store.list(whose.program, skip, most, services_.clock.in(op_budget));
    if (!page) {
        co_return page.error();
    }
    const Result<std::vector<Standing>> standing =
        co_await services_.desk.standing(whose.program, page->cases, services_.clock.in(op_budget));
    if (!standing) {
        co_return standing.error();
    }
    OlderPage out{{}, page->total};
    for (std::size_t i = 0; i < page->cases.size(); ++i) {
        Result<Older> one = co_await look_at(whose, page->cases[i], (*standing)[i].work);
        if (!one && one.error() != make_error_code(errc::no_circle)) {  // of which fsck tells
            co_return one.error();
        }
        if (one && one->any()) {
            out.cases.push_back(std::move(*one));
        }
    }
    co_return out;
}

}  // namespace rightsline::cases

// Conversations, and everything that only has to be there because something else says so.
#include <utility>

#include "flows/engine.hpp"
#include "gateway/alerts/alert.hpp"
#include "gateway/conversations/envelope.hpp"
#include "gateway/keep/walk.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t version_bytes = 8;  // before a document

std::int64_t count_of(const redis::Reply& reply) { return reply.integer() == nullptr ? 0 : *reply.integer(); }

/// Whether the `which`-th member that ZMSCORE was asked for is there.
bool has_score(const redis::Reply& scores, std::size_t which) {
    const std::vector<redis::Reply>* all = scores.array();
    return all != nullptr && which < all->size() && !(*all)[which].nil();
}

std::string hex_of(const std::array<std::uint8_t, 16>& id) { return vault::KeyedId{id}.hex(); }

}  // namespace

Walk::Found Walk::check_conversations(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    redis::Command timers{"ZMSCORE", keys.timers()};
    for (const std::string& id : ids) {
        questions.push_back({"GET", keys.conversation(id)});
        timers.push_back(keys.conversation(id));
    }
    questions.push_back(std::move(timers));
    const Result<Replies> replies = co_await ask(std::move(questions));
    if (!replies) {
        co_return replies.error();
    }
    Wrong wrong;
    std::vector<redis::Command> packs;
    Ids pinned;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::string* document = (*replies)[i].string();
        if (document == nullptr && (*replies)[i].error() == nullptr) {
            continue;  // ended meanwhile
        }
        ++checked_.conversations;
        const std::string sealed = document == nullptr ? "" : *document;
        const std::optional<flows::Conversation> live =
            co_await open_conversation(keys.conversation(ids[i]), sealed);
        if (!live) {
            wrong.push_back({Damage::conversation_unreadable, ids[i], ""});
            continue;
        }
        if (!flows::has_stopped(*live) && !has_score(replies->back(), i)) {
            wrong.push_back({Damage::conversation_without_timer, ids[i], ""});
        }
        if (CaseNote* note =
                live->draft == decltype(live->draft){} ? nullptr : ledger_.note(hex_of(live->draft))) {
            note->claimed = true;
        }
        packs.push_back({"EXISTS", keys.pack(flows::to_hex(live->pack))});
        pinned.push_back(ids[i]);
    }
    const Result<Replies> there = co_await ask(std::move(packs));
    for (std::size_t i = 0; there && i < pinned.size(); ++i) {
        if (count_of((*there)[i]) == 0) {
            wrong.push_back({Damage::conversation_without_pack, pinned[i], ""});
        }
    }
    co_return there ? Result<Wrong>(std::move(wrong)) : there.error();
}

Awaitable<std::optional<flows::Conversation>> Walk::open_conversation(std::string key, std::string document) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, std::move(key),
                        document.size() > version_bytes ? document.substr(version_bytes) : std::string()});
    const Result<std::vector<std::string>> plain = co_await store_.vault.open(std::move(requests));
    if (!plain) {
        co_return std::nullopt;
    }
    Result<conversations::Envelope> envelope = conversations::parse_envelope(plain->front());
    if (!envelope) {
        co_return std::nullopt;
    }
    co_return std::move(envelope->conversation);
}

Awaitable<Result<void>> Walk::check_pack(const Keys& keys, const std::string& program) {
    std::vector<redis::Command> which{{"GET", keys.active_pack()}};
    const Result<Replies> active = co_await ask(std::move(which));
    if (!active) {
        co_return active.error();
    }
    const std::string* hash = active->front().string();
    std::vector<redis::Command> there{{"EXISTS", keys.pack(hash == nullptr ? "" : *hash)}};
    const Result<Replies> exists = co_await ask(std::move(there));
    if (!exists) {
        co_return exists.error();
    }
    const std::int64_t* is = exists->front().integer();
    if (is == nullptr || *is == 0) {
        findings_.insert({Damage::active_pack_missing, program, ""});
    }
    co_return Result<void>();
}

Walk::Found Walk::check_guards(const Keys& keys, Ids ids) {
    redis::Command indexed{"ZMSCORE", keys.guards()};
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        indexed.push_back(keys.guard(id));
        questions.push_back({"EXISTS", keys.guard(id)});  // or it was swept between the two
    }
    questions.insert(questions.begin(), std::move(indexed));
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        if (!has_score(replies->front(), i) && count_of((*replies)[i + 1]) != 0) {
            wrong.push_back({Damage::guard_not_indexed, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// Of recordings to fetch, and of those that the provider told of.
Walk::Found Walk::check_jobs(Kind kind, const Keys& keys, Ids ids) {
    const bool news = kind == Kind::news;
    redis::Command queue{"ZMSCORE", news ? keys.untaken_recordings() : keys.recordings()};
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        mark(id);  // its file may be there already
        queue.push_back(id);
        questions.push_back({"EXISTS", news ? keys.recording_news(id) : keys.recording_job(id)});
    }
    questions.insert(questions.begin(), std::move(queue));
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        if (!has_score(replies->front(), i) && count_of((*replies)[i + 1]) != 0) {
            wrong.push_back({Damage::recording_not_queued, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

Walk::Found Walk::check_alerts(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"EXISTS", keys.case_facts(id)});
        questions.push_back({"GET", keys.alert(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::string* document = (*replies)[2 * i + 1].string();
        if (document == nullptr && (*replies)[2 * i + 1].error() == nullptr) {
            continue;  // deleted meanwhile
        }
        if (count_of((*replies)[2 * i]) == 0) {
            wrong.push_back({Damage::alert_without_case, ids[i], ""});
        }
        std::vector<vault::SealRequest> requests;
        requests.push_back({vault::Purpose::alert, keys.alert(ids[i]),
                            document == nullptr || document->size() < version_bytes
                                ? std::string()
                                : document->substr(version_bytes)});
        const Result<std::vector<std::string>> plain = co_await store_.vault.open(std::move(requests));
        if (!plain) {
            wrong.push_back({Damage::alert_unreadable, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// Members of an index: what each names must be there.
Walk::Found Walk::check_members(Kind kind, const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        const std::string key = kind == Kind::list       ? keys.case_facts(id)
                                : kind == Kind::timers   ? id
                                : kind == Kind::to_fetch ? keys.recording_job(id)
                                : kind == Kind::to_take  ? keys.recording_news(id)
                                                         : keys.case_facts(alerts::case_of_member(id));
        questions.push_back({"EXISTS", key});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    const bool recording = kind == Kind::to_fetch || kind == Kind::to_take;
    const Damage damage = kind == Kind::list || kind == Kind::to_look_at ? Damage::listed_without_case
                          : kind == Kind::timers                         ? Damage::timer_without_conversation
                          : recording                                    ? Damage::recording_job_missing
                                                                         : Damage::alert_without_case;
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        if (count_of((*replies)[i]) == 0) {
            const std::string id = kind == Kind::timers ? ids[i].substr(ids[i].rfind(':') + 1) : ids[i];
            wrong.push_back({damage, id.substr(0, id.find(':')), ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

}  // namespace rightsline::keep

// Mailboxes of cases, and the replies that wait in them.
#include <charconv>
#include <utility>

#include "gateway/cases/reply.hpp"
#include "gateway/keep/walk.hpp"
#include "gateway/vault/mailbox.hpp"

namespace rightsline::keep {
namespace {

std::int64_t number_of(const redis::Reply& reply) {
    std::int64_t number = 0;
    if (const std::string* text = reply.string()) {
        std::from_chars(text->data(), text->data() + text->size(), number);
    }
    return number;
}

bool is_there(const redis::Reply& reply) { return reply.integer() != nullptr && *reply.integer() != 0; }

}  // namespace

void Walk::judge_replies(const std::string& id, const redis::Reply& stored, const redis::Reply& counted,
                         Wrong& wrong) const {
    if (stored.array() == nullptr) {
        wrong.push_back({Damage::wrong_kind, id, ""});
        return;
    }
    for (const redis::Reply& one : *stored.array()) {
        const Result<cases::Reply> reply = cases::parse_reply(one.string() == nullptr ? "" : *one.string());
        if (!reply || !circle_keys_.contains(circle_key_of(reply->for_circle, vault::SealedForm::part)) ||
            !vault::sealed_to(reply->for_mailbox, vault::SealedForm::part)) {
            wrong.push_back({Damage::reply_unreadable, id, ""});
            continue;
        }
        const std::string thread = cases::thread_context(program_, id);
        const std::optional<Damage> damage = lock_damage(thread, reply->for_circle);
        const std::optional<Damage> other = lock_damage(thread, reply->for_mailbox);
        if (damage || other) {
            wrong.push_back({damage ? *damage : *other, id, ""});
        }
    }
    if (std::cmp_not_equal(stored.array()->size(), number_of(counted))) {
        wrong.push_back({Damage::replies_miscounted, id, ""});
    }
}

void Walk::judge_mailbox(const std::string& id, const std::string& stored, Wrong& wrong) const {
    const bool locked = vault::lock_of(stored).has_value();
    const bool whole = locked ? stored.size() == vault::mailbox_bytes + vault::lock_overhead
                              : vault::mailbox_key(stored).has_value();
    if (whole) {
        judge_lock(cases::mailbox_context(program_, id), stored, id, wrong);
    } else {
        wrong.push_back({Damage::mailbox_unreadable, id, ""});
    }
}

/// Of each id: whether its case is there, what stands under its key, and how many replies the case counts.
Walk::Found Walk::check_relay(Kind kind, const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"EXISTS", keys.case_facts(id)});
        if (kind == Kind::replies) {
            questions.push_back({"LRANGE", keys.replies(id), "0", std::to_string(cases::most_replies)});
        } else {
            questions.push_back({kind == Kind::mailboxes ? "GET" : "EXISTS",
                                 kind == Kind::mailboxes ? keys.mailbox(id) : keys.replies_read(id)});
        }
        questions.push_back({"HGET", keys.case_facts(id), "replies"});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const redis::Reply& stored = (*replies)[3 * i + 1];
        if (!is_there((*replies)[3 * i])) {
            wrong.push_back({Damage::mailbox_of_nothing, ids[i], ""});
        } else if (kind == Kind::replies) {
            judge_replies(ids[i], stored, (*replies)[3 * i + 2], wrong);
        } else if (kind == Kind::mailboxes && stored.string() != nullptr) {
            judge_mailbox(ids[i], *stored.string(), wrong);
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

}  // namespace rightsline::keep

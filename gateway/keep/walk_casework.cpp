// What the team made of the cases: who has them, notes, when workers told more.
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/casework.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/keep/walk.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t version_bytes = 8;
constexpr std::string_view brought = "brought/";

bool is_there(const redis::Reply& field) { return field.string() != nullptr; }

}  // namespace

Awaitable<void> Walk::judge_casework(const Keys& keys, const std::string& id, const redis::Reply& status,
                                     const redis::Reply& stored, Wrong& wrong) {
    std::vector<vault::SealRequest> requests;
    const std::string* document = stored.string();
    requests.push_back({vault::Purpose::casework, keys.casework(id),
                        document == nullptr || document->size() < version_bytes
                            ? std::string()
                            : document->substr(version_bytes)});
    const Result<std::vector<std::string>> plain = co_await store_.vault.open(std::move(requests));
    Result<cases::Casework> work;
    if (plain) {
        work = cases::parse_casework(plain->front(), nullptr);
    }
    if (!plain || !work) {
        wrong.push_back({Damage::casework_unreadable, id, ""});
    } else if (*status.string() !=
               (work->changes.empty() ? flows::status_received : work->changes.back().status)) {
        wrong.push_back({Damage::status_differs, id, ""});
    }
}

Awaitable<Result<void>> Walk::check_sites(const Keys& keys, const std::string& program) {
    std::vector<redis::Command> question{{"GET", keys.sites()}};
    const Result<Replies> reply = co_await ask(std::move(question));
    if (!reply) {
        co_return reply.error();
    }
    const redis::Reply& stored = reply->front();
    if (!is_there(stored) && stored.error() == nullptr) {
        co_return Result<void>();
    }
    Result<redis::Document> document =
        redis::read_document(is_there(stored) ? std::optional(*stored.string()) : std::nullopt);
    if (document) {
        const Result<cases::SitesPtr> sites =
            co_await cases::open_sites(store_.vault, keys.sites(), std::move(*document));
        if (sites && *sites) {
            co_return Result<void>();
        }
    }
    findings_.insert({Damage::sites_unreadable, program, ""});
    co_return Result<void>();
}

Walk::Found Walk::check_casework(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "status"});
        questions.push_back({"GET", keys.casework(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    if (!replies) {
        co_return replies.error();
    }
    Wrong wrong;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const redis::Reply& status = (*replies)[2 * i];
        const redis::Reply& stored = (*replies)[2 * i + 1];
        if (!is_there(stored) && stored.error() == nullptr) {
            continue;  // deleted meanwhile
        }
        if (!is_there(status)) {
            wrong.push_back({Damage::casework_of_nothing, ids[i], ""});
            continue;
        }
        co_await judge_casework(keys, ids[i], status, stored, wrong);
    }
    co_return wrong;
}

/// Adds the cases that have another status than the first, and of which no casework tells who gave it, to what is `wrong`.
Walk::Found Walk::check_untouched(const Keys& keys, Ids ids, Wrong wrong) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "status"});
        questions.push_back({"EXISTS", keys.casework(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const redis::Reply& status = (*replies)[2 * i];
        const std::int64_t* casework = (*replies)[2 * i + 1].integer();
        const bool untouched = casework != nullptr && *casework == 0;
        if (untouched && is_there(status) && *status.string() != flows::status_received) {
            wrong.push_back({Damage::status_differs, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// The last ones of a case: whoever writes into the store writes at the end.
Walk::Found Walk::check_notes(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "status"});
        questions.push_back({"LRANGE", keys.case_notes(id), "-64", "-1"});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const redis::Reply& notes = (*replies)[2 * i + 1];
        if (notes.array() == nullptr) {
            wrong.push_back({Damage::wrong_kind, ids[i], ""});
            continue;
        }
        if (!notes.array()->empty() && !is_there((*replies)[2 * i])) {
            wrong.push_back({Damage::casework_of_nothing, ids[i], ""});
        }
        for (const redis::Reply& note : *notes.array()) {
            if (!knows(note)) {
                wrong.push_back({Damage::note_unreadable, ids[i], ""});
            } else {
                judge_lock(cases::note_context(program_, ids[i]), *note.string(), ids[i], wrong);
            }
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// What was sealed for another organisation.
Walk::Found Walk::check_copies(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "status"});
        questions.push_back({"HGETALL", keys.case_copies(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const redis::Reply& copies = (*replies)[2 * i + 1];
        if (copies.array() == nullptr) {
            wrong.push_back({Damage::wrong_kind, ids[i], ""});
            continue;
        }
        if (!copies.array()->empty() && !is_there((*replies)[2 * i])) {
            wrong.push_back({Damage::casework_of_nothing, ids[i], ""});
        }
        for (std::size_t at = 1; at < copies.array()->size(); at += 2) {  // field, copy, field …
            const std::string* field = (*copies.array())[at - 1].string();
            const redis::Reply& copy = (*copies.array())[at];
            const bool is_note = field != nullptr && field->starts_with(brought);  // of a recording
            if (is_note) {
                mark(field->substr(brought.size()));
                continue;
            }
            if (!knows(copy)) {
                wrong.push_back({Damage::part_unreadable, ids[i], ""});
            } else {
                judge_lock(cases::part_context(program_, ids[i]), *copy.string(), ids[i], wrong);
            }
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// When its worker told more, what they were texted, what it is linked with, what is to be done, how they said that they
/// are, where they left its questions: none without a case.
std::string Walk::key_of(Kind kind, const Keys& keys, const std::string& id) {
    return kind == Kind::outreach     ? keys.outreach(id)
           : kind == Kind::links      ? keys.case_links(id)
           : kind == Kind::tasks      ? keys.case_tasks(id)
           : kind == Kind::task_words ? keys.task_words(id)
           : kind == Kind::check_ins  ? keys.case_check_ins(id)
           : kind == Kind::handed_on  ? keys.handed_on(id)
           : kind == Kind::unanswered ? keys.unanswered(id)
                                      : keys.case_told(id);
}

Walk::Found Walk::check_told(Kind kind, const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "status"});
        questions.push_back({"EXISTS", key_of(kind, keys, id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::int64_t* there = (*replies)[2 * i + 1].integer();
        if (there != nullptr && *there != 0 && !is_there((*replies)[2 * i])) {
            wrong.push_back({Damage::casework_of_nothing, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

}  // namespace rightsline::keep

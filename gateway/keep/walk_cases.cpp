// Cases, drafts, and their recordings.
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/keep/walk.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::keep {
namespace {

constexpr std::int64_t parts_a_page = 64;

std::string last_of_page(std::int64_t from) { return std::to_string(from + parts_a_page - 1); }

bool is_kind(const redis::Reply& reply) { return reply.error() == nullptr; }

std::size_t size_of(const redis::Reply& reply) {
    return reply.array() == nullptr ? 0 : reply.array()->size();
}

std::int64_t count_of(const redis::Reply& reply) { return reply.integer() == nullptr ? 0 : *reply.integer(); }

std::optional<cases::CaseFacts> facts_of(const std::string& id, const redis::Reply& reply) {
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i + 1 < size_of(reply); i += 2) {
        const std::vector<redis::Reply>& flat = *reply.array();
        fields[flat[i].string() == nullptr ? "" : *flat[i].string()] =
            flat[i + 1].string() == nullptr ? "" : *flat[i + 1].string();
    }
    Result<cases::CaseFacts> facts = cases::read_facts(id, fields);
    return facts && !facts->alias.empty() ? std::optional(std::move(*facts)) : std::nullopt;
}

std::int64_t acts_of(const redis::Reply& reply) {
    for (std::size_t i = 0; i + 1 < size_of(reply); i += 2) {
        const std::string* field = (*reply.array())[i].string();
        if (field != nullptr && *field == audit::counted_field) {
            return acts_in((*reply.array())[i + 1]);
        }
    }
    return -1;
}

/// The urgency among whose cases it stands; 0: among none.
int listed_as(const redis::Reply& score) {
    double value = 0;
    const std::string* text = score.string();
    if (text == nullptr ||
        std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc()) {
        return 0;
    }
    const auto step = static_cast<double>(cases::list_score(flows::Urgency::p2, 0));
    return 3 - static_cast<int>(std::floor(value / step));
}

}  // namespace

std::int64_t acts_in(const redis::Reply& count) {
    std::int64_t acts = -1;
    if (const std::string* text = count.string()) {
        std::from_chars(text->data(), text->data() + text->size(), acts);
    }
    return acts;
}

bool Walk::knows(const redis::Reply& part) const {
    return part.string() != nullptr &&
           circle_keys_.contains(circle_key_of(*part.string(), vault::SealedForm::part));
}

std::optional<Damage> Walk::lock_damage(const std::string& context, std::string_view stored) const {
    const Result<std::string> sealed = store_.keys.epochs()->unlock(context, stored);
    if (sealed) {
        return std::nullopt;
    }
    const bool no_key = sealed.error() == vault::make_error_code(vault::errc::unknown_key);
    return no_key ? Damage::month_gone : Damage::locked_otherwise;
}

void Walk::judge_lock(const std::string& context, std::string_view stored, const std::string& object,
                      Wrong& wrong) const {
    if (const std::optional<Damage> damage = lock_damage(context, stored)) {
        wrong.push_back({*damage, object, ""});
    }
}

/// What is wrong with one case, as far as its own page tells; its alias, or nothing when there is no case to look at.
std::optional<std::string> Walk::judge_case(const std::string& id, const redis::Reply& stored,
                                            const redis::Reply& parts, const redis::Reply* score,
                                            Wrong& wrong) {
    if (is_kind(stored) && size_of(stored) == 0) {
        return std::nullopt;  // deleted meanwhile
    }
    ++checked_.cases;
    if (CaseNote* note = ledger_.note(id)) {
        note->filed_now = true;
        note->acts = acts_of(stored);
    }
    const std::optional<cases::CaseFacts> facts = facts_of(id, stored);
    if (!facts) {
        wrong.push_back({Damage::case_damaged, id, ""});
        return std::nullopt;
    }
    const int listed = score == nullptr ? 0 : listed_as(*score);
    if (listed != static_cast<int>(facts->urgency)) {
        const Damage damage = listed == 0 ? Damage::case_not_listed : Damage::case_listed_wrongly;
        wrong.push_back({damage, facts->alias, ""});
    }
    std::size_t known = 0;
    for (std::size_t at = 0; at < size_of(parts); ++at) {
        const redis::Reply& part = (*parts.array())[at];
        known += knows(part) ? 1 : 0;
        if (knows(part)) {
            judge_lock(cases::part_context(program_, id), *part.string(), facts->alias, wrong);
        }
    }
    if (size_of(parts) == 0) {
        wrong.push_back({is_kind(parts) ? Damage::case_without_parts : Damage::wrong_kind, facts->alias, ""});
    } else if (known != size_of(parts)) {
        wrong.push_back(
            {known == 0 ? Damage::case_sealed_to_nobody : Damage::part_unreadable, facts->alias, ""});
    }
    return facts->alias;
}

Walk::Found Walk::check_cases(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    redis::Command scores{"ZMSCORE", keys.cases()};
    for (const std::string& id : ids) {
        questions.push_back({"HGETALL", keys.case_facts(id)});
        questions.push_back({"LRANGE", keys.case_parts(id), "0", last_of_page(0)});
        scores.push_back(id);
    }
    questions.push_back(std::move(scores));
    const Result<Replies> replies = co_await ask(std::move(questions));
    if (!replies) {
        co_return replies.error();
    }
    Wrong wrong;
    Ids aliases;
    const std::vector<redis::Reply>* listed = replies->back().array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const redis::Reply& parts = (*replies)[2 * i + 1];
        const redis::Reply* score = size_of(replies->back()) == ids.size() ? &(*listed)[i] : nullptr;
        const std::optional<std::string> alias = judge_case(ids[i], (*replies)[2 * i], parts, score, wrong);
        Result<void> rest;
        if (alias && std::cmp_equal(size_of(parts), parts_a_page)) {
            rest = co_await check_rest_of_parts(keys, ids[i], *alias, wrong);
        }
        if (!rest) {
            co_return rest.error();
        }
        aliases.insert(aliases.end(), alias.has_value() ? 1 : 0, alias.value_or(""));
    }
    Result<Wrong> so_far = co_await check_aliases(keys, std::move(aliases), std::move(wrong));
    if (!so_far) {
        co_return so_far.error();
    }
    Ids once_more = ids;
    so_far = co_await check_untouched(keys, std::move(once_more), std::move(*so_far));
    if (!so_far) {
        co_return so_far.error();
    }
    co_return co_await check_reachable(keys, std::move(ids), std::move(*so_far));
}

/// Adds those that nobody holds a guard of to what is `wrong`.
Walk::Found Walk::check_aliases(const Keys& keys, Ids aliases, Wrong wrong) {
    std::vector<redis::Command> questions;
    for (const std::string& alias : aliases) {
        questions.push_back({"EXISTS", keys.alias(alias)});
    }
    const Result<Replies> taken = co_await ask(std::move(questions));
    for (std::size_t i = 0; taken && i < aliases.size(); ++i) {
        if (count_of((*taken)[i]) == 0) {
            wrong.push_back({Damage::alias_not_taken, aliases[i], ""});
        }
    }
    co_return taken ? Result<Wrong>(std::move(wrong)) : taken.error();
}

Awaitable<Result<void>> Walk::check_rest_of_parts(const Keys& keys, const std::string& id,
                                                  const std::string& object, Wrong& wrong) {
    for (std::int64_t from = parts_a_page;; from += parts_a_page) {
        std::vector<redis::Command> question{
            {"LRANGE", keys.case_parts(id), std::to_string(from), last_of_page(from)}};
        const Result<Replies> page = co_await ask(std::move(question));
        if (!page) {
            co_return page.error();
        }
        for (std::size_t at = 0; at < size_of(page->front()); ++at) {
            const redis::Reply& part = (*page->front().array())[at];
            if (knows(part)) {
                judge_lock(cases::part_context(program_, id), *part.string(), object, wrong);
            } else {
                wrong.push_back({Damage::part_unreadable, object, ""});
            }
        }
        if (std::cmp_less(size_of(page->front()), parts_a_page)) {
            co_return Result<void>();
        }
    }
}

/// Parts without facts are a draft; those of cases are looked at with their case.
Walk::Found Walk::check_drafts(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"EXISTS", keys.case_facts(id)});
    }
    const Result<Replies> filed = co_await ask(std::move(questions));
    if (!filed) {
        co_return filed.error();
    }
    Ids drafts;
    std::vector<redis::Command> heads;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (count_of((*filed)[i]) == 0) {
            drafts.push_back(ids[i]);
            heads.push_back({"LRANGE", keys.case_parts(ids[i]), "0", last_of_page(0)});
        }
    }
    const Result<Replies> parts = co_await ask(std::move(heads));
    Wrong wrong;
    for (std::size_t i = 0; parts && i < drafts.size(); ++i) {
        judge_draft(drafts[i], (*parts)[i], wrong);
    }
    co_return parts ? Result<Wrong>(std::move(wrong)) : parts.error();
}

void Walk::judge_draft(const std::string& id, const redis::Reply& parts, Wrong& wrong) {
    if (!is_kind(parts)) {
        wrong.push_back({Damage::wrong_kind, id, ""});
    }
    bool all_known = true;
    for (std::size_t at = 0; at < size_of(parts); ++at) {
        const redis::Reply& part = (*parts.array())[at];
        all_known = all_known && knows(part);
        if (knows(part)) {
            judge_lock(cases::part_context(program_, id), *part.string(), id, wrong);
        }
    }
    if (!all_known) {
        wrong.push_back({Damage::part_unreadable, id, ""});
    }
    CaseNote* note = size_of(parts) == 0 ? nullptr : ledger_.note(id);
    if (note != nullptr) {
        note->draft = true;
    }
}

Walk::Found Walk::check_recordings(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"SMEMBERS", keys.case_recordings(id)});
        questions.push_back({"EXISTS", keys.case_facts(id), keys.case_parts(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    if (!replies) {
        co_return replies.error();
    }
    Wrong wrong;
    Ids recordings;
    std::vector<redis::Command> jobs;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const redis::Reply& members = (*replies)[2 * i];
        if (!is_kind(members)) {
            wrong.push_back({Damage::wrong_kind, ids[i], ""});
        }
        if (size_of(members) != 0 && count_of((*replies)[2 * i + 1]) == 0) {
            wrong.push_back({Damage::recordings_of_nothing, ids[i], ""});
        }
        for (std::size_t at = 0; at < size_of(members); ++at) {
            const std::string* recording = (*members.array())[at].string();
            recordings.push_back(recording == nullptr ? "" : *recording);
            jobs.push_back({"EXISTS", keys.recording_job(recordings.back())});
        }
    }
    const Result<Replies> pending = co_await ask(std::move(jobs));
    for (std::size_t i = 0; pending && i < recordings.size(); ++i) {
        ++checked_.recordings;
        mark(recordings[i]);
        if (count_of((*pending)[i]) == 0 &&
            !has_blob(recordings[i])) {  // in this order: it is held, then settled
            wrong.push_back({Damage::recording_missing, recordings[i], ""});
        }
    }
    co_return pending ? Result<Wrong>(std::move(wrong)) : pending.error();
}

}  // namespace rightsline::keep

// Whether a number is kept exactly where its worker said so, and answers only where something was told. No number is opened.
#include <utility>

#include "gateway/cases/contact.hpp"
#include "gateway/keep/walk.hpp"

namespace rightsline::keep {
namespace {

std::string text_of(const redis::Reply& reply) {
    return reply.string() == nullptr ? std::string() : *reply.string();
}

bool wants_to_be_reached(const std::string& word) {
    const auto mode = cases::contact_mode(word);
    return mode && *mode != cases::ContactMode::none;
}

}  // namespace

/// Those that are kept: each needs a case that says so.
Walk::Found Walk::check_contacts(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "contact"});
        questions.push_back({"EXISTS", keys.case_contact(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::int64_t* there = (*replies)[2 * i + 1].integer();
        if (there != nullptr && *there != 0 && !wants_to_be_reached(text_of((*replies)[2 * i]))) {
            wrong.push_back({Damage::number_unwanted, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// A draft has answers as well: that what is said is recorded.
Walk::Found Walk::check_consents(const Keys& keys, Ids ids) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"EXISTS", keys.case_facts(id), keys.case_parts(id)});
        questions.push_back({"EXISTS", keys.case_consents(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::int64_t* told = (*replies)[2 * i].integer();
        const std::int64_t* there = (*replies)[2 * i + 1].integer();
        if (there != nullptr && *there != 0 && told != nullptr && *told == 0) {
            wrong.push_back({Damage::consents_of_nothing, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// Adds the cases whose worker wants to be reached, and whose number is not there, to what is `wrong`.
Walk::Found Walk::check_reachable(const Keys& keys, Ids ids, Wrong wrong) {
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"HGET", keys.case_facts(id), "contact"});
        questions.push_back({"HGET", keys.case_contact(id), "mode"});
        questions.push_back({"HGET", keys.case_contact(id), "number"});  // sealed, and stays so
        questions.push_back({"HGET", keys.case_contact(id), "phone"});   // the same
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::string word = text_of((*replies)[4 * i]);
        const std::string number = text_of((*replies)[4 * i + 2]);
        const bool kept = !number.empty() && word == text_of((*replies)[4 * i + 1]);
        if (wants_to_be_reached(word) && !kept) {
            wrong.push_back({Damage::number_missing, ids[i], ""});
            continue;
        }
        judge_lock(cases::number_context(program_, ids[i]), number, ids[i], wrong);
        judge_lock(cases::phone_context(program_, ids[i]), text_of((*replies)[4 * i + 3]), ids[i], wrong);
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

}  // namespace rightsline::keep

// Callers who are put through to a person, and workers who are called: what is kept of each can be opened, and comes to its end.
#include <utility>

#include "gateway/callbacks/call_back.hpp"
#include "gateway/handoff/hand_off.hpp"
#include "gateway/keep/walk.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t version_bytes = 8;  // before a document

bool reads_hand_off(std::string_view plain) { return handoff::parse_hand_off(plain).has_value(); }
bool reads_call_back(std::string_view plain) { return callbacks::parse_call_back(plain).has_value(); }

/// What is told of a kind of calls.
struct OfCalls {
    bool (*reads)(std::string_view plain);
    Damage not_looked_at;
    Damage unreadable;
};
constexpr OfCalls of_hand_offs{reads_hand_off, Damage::hand_off_not_looked_at, Damage::hand_off_unreadable};
constexpr OfCalls of_call_backs{reads_call_back, Damage::call_back_not_looked_at,
                                Damage::call_back_unreadable};

}  // namespace

Walk::Found Walk::check_calls(Kind kind, const Keys& keys, Ids ids) {
    const bool back = kind == Kind::call_backs;
    const OfCalls& told = back ? of_call_backs : of_hand_offs;
    std::vector<redis::Command> questions;
    redis::Command looked_at{"ZMSCORE", back ? keys.call_backs() : keys.hand_offs()};
    for (const std::string& id : ids) {
        questions.push_back({"GET", back ? keys.call_back(id) : keys.hand_off(id)});
        looked_at.push_back(id);
    }
    questions.push_back(std::move(looked_at));
    const Result<Replies> replies = co_await ask(std::move(questions));
    const std::vector<redis::Reply>* scores = replies ? replies->back().array() : nullptr;
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::string* document = (*replies)[i].string();
        if (document == nullptr && (*replies)[i].error() == nullptr) {
            continue;  // forgotten meanwhile
        }
        if (scores == nullptr || i >= scores->size() || (*scores)[i].nil()) {
            wrong.push_back({told.not_looked_at, ids[i], ""});
        }
        std::vector<vault::SealRequest> requests;
        requests.push_back(
            {vault::Purpose::conversation, back ? keys.call_back(ids[i]) : keys.hand_off(ids[i]),
             document == nullptr || document->size() < version_bytes ? std::string()
                                                                     : document->substr(version_bytes)});
        const Result<std::vector<std::string>> plain = co_await store_.vault.open(std::move(requests));
        if (!plain || !told.reads(plain->front())) {
            wrong.push_back({told.unreadable, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

/// What stands beside it: that it is looked at, and which of its phones may still begin to ring.
Walk::Found Walk::check_of_calls(Kind kind, const Keys& keys, Ids ids) {
    const bool back = kind == Kind::to_call_back;
    std::vector<redis::Command> questions;
    for (const std::string& id : ids) {
        questions.push_back({"EXISTS", back ? keys.call_back(id) : keys.hand_off(id)});
    }
    const Result<Replies> replies = co_await ask(std::move(questions));
    Wrong wrong;
    for (std::size_t i = 0; replies && i < ids.size(); ++i) {
        const std::int64_t* there = (*replies)[i].integer();
        if (there == nullptr || *there == 0) {
            wrong.push_back({back ? Damage::call_back_of_nothing : Damage::hand_off_of_nothing, ids[i], ""});
        }
    }
    co_return replies ? Result<Wrong>(std::move(wrong)) : replies.error();
}

}  // namespace rightsline::keep

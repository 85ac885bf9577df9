#include "flows/scripted/shell.hpp"

#include <algorithm>

#include "flows/words.hpp"

namespace rightsline::flows {
namespace {

const std::string scripted_mailbox(32, 'm');
constexpr int most_requests = 16;  // of one turn; more is a script that never stops asking the shell

template <class T>
void collect(std::vector<Utterance>& all, const T& action) {
    if constexpr (requires { action.prompts; }) {
        all.insert(all.end(), action.prompts.begin(), action.prompts.end());
    } else if constexpr (requires { action.parts; }) {
        all.insert(all.end(), action.parts.begin(), action.parts.end());
    }
}

/// Every word and clip of a turn's actions, in order.
std::string fingerprint(const std::vector<Action>& actions) {
    std::vector<Utterance> all;
    std::string bytes;
    for (const Action& action : actions) {
        bytes += std::to_string(action.index()) + '\n';
        std::visit([&](const auto& one) { collect(all, one); }, action);
    }
    for (const Utterance& said : all) {
        bytes += said.key + '\t' + said.language.str() + '\t' + said.text + (said.secret ? "\tsecret" : "");
        for (const Clip& clip : said.clips) {
            bytes += '\t' + clip.audio_hash + clip.text;
        }
        bytes += '\n';
    }
    return bytes;
}

}  // namespace

Context ScriptedShell::first_context() {
    Context context;
    context.now = Instant{std::chrono::hours{500000} + std::chrono::hours{12}};
    context.fresh_id.fill(0x5a);
    return context;
}

void ScriptedShell::keep(Step taken) {
    const auto back = unpack(pack(taken.conversation));
    if (!back || *back != taken.conversation) {
        broken_ = "the conversation did not survive being stored";
        return;
    }
    conversation_ = *back;
    turn_facts_.insert(turn_facts_.end(), taken.facts.begin(), taken.facts.end());
    facts_.insert(facts_.end(), taken.facts.begin(), taken.facts.end());
    for (const Part& part : taken.parts) {
        parts_.push_back(part.name);
    }
    if (taken.filing) {
        filings_.push_back(*taken.filing);
        urgency_ = taken.filing->urgency;
    }
    if (taken.raise) {
        urgency_ = taken.raise->urgency;
    }
    if (taken.unanswered) {
        question_ = taken.unanswered->question;
    }
    code_said_ = code_said_ || taken.conversation.code_said;
    deleted_ = deleted_ || taken.discard_draft;
    last_ = std::move(taken);
}

DoResult ScriptedShell::perform(const DoRequest& request) {
    DoResult result;
    const auto wanted = results_.find(request.action);
    if (wanted != results_.end()) {
        result.exit = wanted->second;
        results_.erase(wanted);
    } else if (request.action == "handoff" || request.action == "handoff.check") {
        result.exit = "else";
    } else if (request.action == "report.open" && request.secret.reveal() != scripted_code) {
        result.exit = "wrong";
    }
    const bool done = result.exit == "ok" || result.exit == "pending";
    if (done && request.action == "consent") {
        consents_.push_back(request.with.at("purpose") + ": " + request.with.at("answer"));
    }
    if (done && request.action == "contact") {
        const auto hours = request.with.find("hours");
        contact_ = request.with.at("mode") + (hours == request.with.end() ? "" : " " + hours->second);
    }
    if (done && request.action == "contact.texts") {
        contact_ += " and texts";
    }
    if (request.action == "checkin.answer") {
        context_.check_in.reset();
        answered_ = request.with.at("answer");
    }
    if (done && request.action == "report.number") {
        result.values["code"] = scripted_code;
        result.values["number"] = scripted_mailbox;
    } else if (done && request.action == "report.file") {
        if (!request.with.contains("number")) {
            result.values["code"] = scripted_code;
        }
        result.values["mailbox"] = scripted_mailbox;
    } else if (done && request.action == "report.open") {
        result.values["draft"] = std::string(32, 'a');
        const std::string first = pack_.statuses.empty() ? "" : pack_.statuses.front().key;
        result.values["status"] = status_.empty() ? first : status_;
        result.values["messages"] = messages_;
        result.values["check_in"] = check_in_;
        result.values["messages_read"] = messages_read_;
        if (!question_.empty()) {
            result.values["mailbox"] = scripted_mailbox;
            result.values["question"] = question_;
        }
    } else if (request.action == "relay.read" && (result.exit == "ok" || result.exit == "more")) {
        read_reply(result);
    }
    return result;
}

/// A ready answer in the language of this conversation; on a call by its recordings.
void ScriptedShell::read_reply(DoResult& result) const {
    const TextIndex text = pack_.find_answer(reply_);
    const LanguageIndex language = conversation_.language;
    const bool ready = text != no_text;
    result.values["message"] = ready ? pack_.text(language, text).text({}) : std::string(scripted_message);
    result.values["answer"] = ready && mode_ == Mode::voice ? reply_ : "";
    result.values["spoken"] = ready ? pack_.languages[language].str() : "";
    result.values["at"] = "0.0";
}

void ScriptedShell::give(const Event& event) {
    events_.push_back(event);
    give(event, events_.size() - 1);
}

/// What the turn does: a known id gets the stored answer and changes nothing.
void ScriptedShell::give(const Event& event, std::size_t id) {
    turn_facts_.clear();
    if (const auto known = answers_.find(id); known != answers_.end()) {
        heard_ = known->second.heard;
        return;
    }
    if (!store_up_) {
        say_store_is_gone();
        return;
    }
    before_.reset();
    before_ = std::make_shared<const ScriptedShell>(*this);
    take(event);
    answers_[id] = {heard_, fingerprint(last_.actions)};
}

void ScriptedShell::take(const Event& event) {
    const bool goes_on = begun_ && conversation_.block != no_block;
    keep(goes_on ? step(pack_, conversation_, event, context_) : start(pack_, mode_, event, context_));
    begun_ = true;
    for (int i = 0; last_.pending && !last_.pending->after_redirect && broken_.empty(); ++i) {
        if (i == most_requests) {
            broken_ = "the script asks the shell without end";
            return;
        }
        keep(step(pack_, conversation_, perform(*last_.pending), context_));
    }
    heard_.clear();
    for (const Action& action : last_.actions) {
        std::visit([&](const auto& one) { collect(heard_, one); }, action);
    }
}

/// Nothing is read and nothing is kept: the truth is said in every language, for which one is the worker's is not
/// known without the store.
void ScriptedShell::say_store_is_gone() {
    heard_.clear();
    const TextIndex text = pack_.find_text(mode_ == Mode::voice ? "common.not_now" : "common.not_kept");
    const Values none;
    for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
        heard_.push_back(Words(pack_, mode_, none).say(text, static_cast<LanguageIndex>(i)));
    }
}

bool ScriptedShell::give_again(std::size_t back) {
    if (before_ == nullptr || back >= events_.size() || !answers_.contains(events_.size() - 1 - back)) {
        return false;
    }
    const std::size_t id = events_.size() - 1 - back;
    const Answer stored = answers_.at(id);
    const std::string state = pack(conversation_);
    const std::size_t parts = parts_.size();
    const std::size_t filings = filings_.size();
    give(events_[id], id);
    const auto same = [](const Utterance& a, const Utterance& b) {
        return a.key == b.key && a.text == b.text;
    };
    const bool deduplicated =
        pack(conversation_) == state && parts_.size() == parts && filings_.size() == filings &&
        std::equal(heard_.begin(), heard_.end(), stored.heard.begin(), stored.heard.end(), same);
    return deduplicated && (back > 0 || same_when_run_again(events_[id], stored));
}

bool ScriptedShell::same_when_run_again(const Event& event, const Answer& stored) const {
    ScriptedShell again(*before_);
    again.take(event);
    return pack(again.conversation_) == pack(conversation_) && again.parts_ == parts_ &&
           fingerprint(again.last_.actions) == stored.body;
}

void ScriptedShell::wait(std::chrono::minutes time) {
    const Instant until = context_.now + time;
    if (store_up_ && last_.timer.op == TimerOp::set && last_.timer.due <= until &&
        conversation_.block != no_block) {
        context_.now = last_.timer.due;
        give(Elapsed{});
    }
    context_.now = until;
}

}  // namespace rightsline::flows

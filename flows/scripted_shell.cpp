#include "flows/scripted_shell.hpp"

#include <algorithm>

namespace rightsline::flows {
namespace {

constexpr int most_requests = 16;  // of one turn; more is a script that never stops asking the shell

template <class T>
void collect(std::vector<Utterance>& all, const T& action) {
    if constexpr (requires { action.prompts; }) {
        all.insert(all.end(), action.prompts.begin(), action.prompts.end());
    } else if constexpr (requires { action.parts; }) {
        all.insert(all.end(), action.parts.begin(), action.parts.end());
    }
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
    }
    code_said_ = code_said_ || taken.conversation.code_said;
    deleted_ = deleted_ || taken.discard_draft;
    last_ = std::move(taken);
}

DoResult ScriptedShell::perform(const DoRequest& request) {
    DoResult result;
    const auto wanted = results_.find(request.action);
    if (!store_up_) {
        result.exit = "else";
    } else if (wanted != results_.end()) {
        result.exit = wanted->second;
        results_.erase(wanted);
    } else if (request.action == "handoff") {
        result.exit = "else";
    } else if (request.action == "report.open" && request.secret.reveal() != scripted_code) {
        result.exit = "wrong";
    }
    const bool done = result.exit == "ok" || result.exit == "pending";
    if (done && request.action == "report.file") {
        result.values["code"] = scripted_code;
    } else if (done && request.action == "report.open") {
        result.values["draft"] = std::string(32, 'a');
        const std::string first = pack_.statuses.empty() ? "" : pack_.statuses.front().key;
        result.values["status"] = status_.empty() ? first : status_;
    }
    return result;
}

void ScriptedShell::give(const Event& event) {
    before_.reset();
    before_ = std::make_shared<const ScriptedShell>(*this);
    event_ = event;
    turn_facts_.clear();
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

bool ScriptedShell::give_again() const {
    if (before_ == nullptr) {
        return false;
    }
    ScriptedShell again(*before_);
    again.give(event_);
    const auto same = [](const Utterance& a, const Utterance& b) {
        return a.key == b.key && a.text == b.text;
    };
    return pack(again.conversation_) == pack(conversation_) && again.parts_ == parts_ &&
           std::equal(again.heard_.begin(), again.heard_.end(), heard_.begin(), heard_.end(), same);
}

void ScriptedShell::wait(std::chrono::minutes time) {
    const Instant until = context_.now + time;
    if (last_.timer.op == TimerOp::set && last_.timer.due <= until && conversation_.block != no_block) {
        context_.now = last_.timer.due;
        give(Elapsed{});
    }
    context_.now = until;
}

}  // namespace rightsline::flows

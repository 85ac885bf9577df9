#include "gateway/handoff/account.hpp"

#include <algorithm>
#include <chrono>

namespace rightsline::handoff {
namespace {

using audit::What;

constexpr const char* danger = "P1";
constexpr std::size_t name_length = 8;  // of the hand-off, as much as tells it from others of that day

std::string seconds_between(ops::UtcMs from, ops::UtcMs to) {
    const auto time = std::chrono::floor<std::chrono::seconds>(to - from).count();
    return std::to_string(std::max<std::int64_t>(0, time));
}

/// Why nobody took it.
const char* reason_of(Event::Told told, const HandOff& after, ops::UtcMs now) {
    switch (told) {
        case Event::Told::wants_message:
            return "asked";
        case Event::Told::leaves:
            return "left";
        default:
            return now >= after.until ? "late" : "nobody";
    }
}

class Account {
 public:
    Account(const std::string& id, const HandOff* before, const HandOff& after, ops::UtcMs now)
        : name_(id.substr(0, name_length)), before_(before), after_(after), now_(now) {}

    std::vector<audit::Act> told_by(Event::Told told) {
        rings();
        ends(told);
        if (was() != State::joining && after_.state == State::joining) {
            add(What::call_taken, after_.taker, seconds_between(after_.begun, now_));
        }
        return std::move(acts_);
    }

 private:
    State was() const { return before_ == nullptr ? State::ringing : before_->state; }

    void rings() {
        for (std::size_t i = 0; i < after_.rings.size(); ++i) {
            const bool known = before_ != nullptr && i < before_->rings.size();
            if (!known) {
                add(What::call_rung, i + 1, "");
            }
            if (after_.rings[i].lost && !(known && before_->rings[i].lost)) {
                add(What::call_not_rung, i + 1, "");
            }
        }
    }

    /// A talk that is over, or never came about: whoever took it and was gone before the caller was there has talked 0 s.
    void ends(Event::Told told) {
        const bool taken = was() == State::joining || was() == State::talking;
        const bool over = after_.state == State::message || after_.state == State::over;
        if (taken && after_.state != State::joining && after_.state != State::talking) {
            const bool talked = was() == State::talking;
            add(What::call_ended, before_->taker, talked ? seconds_between(before_->since, now_) : "0");
        }
        if (over && (was() == State::ringing || was() == State::joining)) {
            add(What::call_untaken, 0, reason_of(told, after_, now_));
        }
    }

    void add(What what, std::size_t ring, std::string why) {
        audit::Act act{what};
        act.who = ring == 0 || ring > after_.rings.size() ? "" : after_.rings[ring - 1].person;
        act.how = name_;
        act.why = std::move(why);
        if (what == What::call_untaken && after_.in_danger) {
            act.to = danger;
        }
        acts_.push_back(std::move(act));
    }

    std::string name_;
    const HandOff* before_;
    const HandOff& after_;
    ops::UtcMs now_;
    std::vector<audit::Act> acts_;
};

}  // namespace

std::vector<audit::Act> account_of(const std::string& id, const HandOff* before, const HandOff& after,
                                   Event::Told told, ops::UtcMs now) {
    return Account(id, before, after, now).told_by(told);
}

}  // namespace rightsline::handoff

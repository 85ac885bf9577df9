#include "gateway/handoff/account.hpp"

#include <algorithm>
#include <chrono>

#include "gateway/handoff/room.hpp"

namespace rightsline::handoff {
namespace {

using audit::What;

constexpr const char* danger = "P1";
constexpr const char* conflict = "conflict";
constexpr std::size_t name_length = 8;

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
            return now >= after.until                                  ? "late"
                   : after.rings.empty() && !after.passed_over.empty() ? conflict
                                                                       : "nobody";
    }
}

class Account {
 public:
    Account(const std::string& id, const HandOff* before, const HandOff& after, ops::UtcMs now,
            const std::string& by)
        : name_(name_of_call(id)), before_(before), after_(after), now_(now), by_(by) {}

    std::vector<audit::Act> told_by(Event::Told told) {
        if (before_ == nullptr) {
            passed_over();
        }
        rings();
        ends(told);
        if (was() != State::joining && after_.state == State::joining) {
            add(What::call_taken, after_.taker, seconds_between(wait_began(), now_));
        }
        if (was() == State::talking && after_.beside != 0 && after_.beside == before_->taker) {
            add(What::call_taken_over, after_.taker, "");
        }
        return std::move(acts_);
    }

 private:
    /// They wait anew when they were left.
    ops::UtcMs wait_began() const { return after_.until - std::chrono::seconds(after_.wait_seconds); }
    State was() const { return before_ == nullptr ? State::ringing : before_->state; }

    /// Who would have been rung, were it not for what keeps them away.
    void passed_over() {
        for (const std::string& name : after_.passed_over) {
            audit::Act act{What::call_passed_over};
            act.who = name;
            act.how = name_;
            act.why = conflict;
            acts_.push_back(std::move(act));
        }
    }

    void rings() {
        for (std::size_t i = 0; i < after_.rings.size(); ++i) {
            const bool known = before_ != nullptr && i < before_->rings.size();
            if (!known && was() == State::talking) {
                handed_on(i + 1);
            } else if (!known) {
                add(What::call_rung, i + 1, "");
            }
            if (after_.rings[i].lost && !(known && before_->rings[i].lost)) {
                add(What::call_not_rung, i + 1, "");
            }
        }
    }

    void handed_on(std::size_t ring) {
        audit::Act act{What::call_handed_on};
        act.who = by_;
        act.how = name_;
        act.to = after_.rings[ring - 1].person;
        acts_.push_back(std::move(act));
    }

    /// Who is in the room no more, or never came into it: whoever took it and was gone before the caller was there has
    /// talked 0 s.
    void ends(Event::Told told) {
        const bool over = after_.state == State::message || after_.state == State::over;
        for (const std::size_t ring : before_ == nullptr ? std::vector<std::size_t>() : in_room(*before_)) {
            if (!is_in_room(after_, ring)) {
                const ops::UtcMs came = std::max(before_->since, before_->rings[ring - 1].at);
                const bool talked = was() == State::talking;
                add(What::call_ended, ring, talked ? seconds_between(came, now_) : "0");
                if (after_.state == State::talking) {  // with whom it goes on
                    acts_.back().to = after_.rings[after_.taker - 1].person;
                }
            }
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
    std::string by_;
    std::vector<audit::Act> acts_;
};

}  // namespace

std::vector<audit::Act> account_of(const std::string& id, const HandOff* before, const HandOff& after,
                                   Event::Told told, ops::UtcMs now, const std::string& by) {
    return Account(id, before, after, now, by).told_by(told);
}

std::string name_of_call(const std::string& id) { return id.substr(0, name_length); }

}  // namespace rightsline::handoff

#include "gateway/reach/check_in_plan.hpp"

#include <algorithm>

#include "gateway/reach/outreach.hpp"

namespace rightsline::reach {
namespace {

ops::UtcMs at_second(std::int64_t seconds) { return ops::UtcMs(std::chrono::seconds(seconds)); }

ops::UtcMs due(const CheckInState& state, int day) {
    return at_second(state.filed_hour) + std::chrono::hours(24 * day);
}

/// The day that is to be asked on now; 0 = none yet. Those before it are passed over.
int day_now(const std::vector<int>& days, const CheckInState& state, ops::UtcMs now) {
    const int last = state.so_far.empty() ? 0 : state.so_far.back().day;
    int found = 0;
    for (const int day : days) {
        found = day > last && due(state, day) <= now ? day : found;
    }
    return found;
}

/// When something is to be done next that time alone brings about.
std::optional<ops::UtcMs> next_time(const std::vector<int>& days, const CheckInState& state, ops::UtcMs now) {
    std::optional<ops::UtcMs> next;
    const auto sooner = [&next](ops::UtcMs at) { next = next ? std::min(*next, at) : at; };
    for (const int day : days) {
        if (due(state, day) > now) {
            sooner(due(state, day));
        }
    }
    for (const cases::CheckIn& one : state.so_far) {
        if (one.answer.empty()) {
            sooner(at_second(one.asked) + cases::check_in_window);
        }
    }
    return next;
}

}  // namespace

CheckInPlan plan_check_in(const std::vector<int>& days, const CheckInState& state, const SafeHours& hours,
                          const UtcOffset& offset, ops::UtcMs now) {
    for (const cases::CheckIn& one : state.so_far) {
        if (one.answer.empty() && at_second(one.asked) + cases::check_in_window <= now) {
            return NobodyKnows{one.day};
        }
    }
    if (state.ended) {
        return NoMore{};
    }
    const int day = day_now(days, state, now);
    if (day == 0) {
        const std::optional<ops::UtcMs> next = next_time(days, state, now);
        return next ? CheckInPlan(LookAgain{*next}) : CheckInPlan(NoMore{});
    }
    if (!state.texts) {
        return AskInMailbox{day};
    }
    const std::optional<Window> window = hours.next(std::max(now, state.last_text + between_pings), offset);
    if (!window) {
        return AskInMailbox{day};
    }
    return window->opens > now ? CheckInPlan(LookAgain{window->opens}) : CheckInPlan(AskByText{day, *window});
}

int silent_texts(const CheckInState& state, int day) {
    int silent = 1;
    bool by_text = false;
    for (auto one = state.so_far.rbegin(); one != state.so_far.rend(); ++one) {
        if (one->day == day) {
            by_text = one->by_text;
        } else if (one->day < day) {
            if (!one->by_text || one->answer != cases::answer_unknown) {
                break;
            }
            ++silent;
        }
    }
    return by_text ? silent : 1;
}

}  // namespace rightsline::reach

// Who is told of the same again waits while the line has not said to others what is new.
//
// A night of reports that nobody takes, or a provider that was away for hours, else piles up rounds of the same words: on a
// line of one text a second each of them keeps the next cry's second try waiting, and whoever is on call gets twelve texts
// of one report when the provider is back. The steps stand in the index of alerts meanwhile, and are made when there is room.
#include <algorithm>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/hurry.hpp"
#include "gateway/alerts/loaded.hpp"
#include "redis/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr std::int64_t enough = 8;  // messages of alerts that could leave now, if the line let them

}  // namespace

Awaitable<Result<AlertDesk::Onward>> AlertDesk::hold_back(const AlertProgram& context, const Loaded& loaded) {
    const Alert& alert = *loaded.alert;
    const auto may = may_be_told(context.roster, loaded.work, alert.urgency);
    const Moves moves = next_moves(context.roster, alert.urgency, alert.rung, local_time(context), may);
    const bool again = std::ranges::all_of(moves.tell, [&](const Telling& telling) {
        return is_told_again(alert, context.roster.people[telling.person].name);
    });
    const outbox::LineOut* line = services_.outbox.find(context.line);
    // One after the other is never held back: it may be a report that was given back, and then it is new to everybody.
    if (!moves.everybody || moves.tell.empty() || !again || line == nullptr) {
        co_return Onward::next_person;
    }
    const std::string now = std::to_string(services_.clock.now().time_since_epoch().count());
    const std::size_t lane = static_cast<std::size_t>(outbox::Lane::alert);
    redis::Command count{"ZCOUNT", line->queue.lanes[lane], "-inf", now};
    const Result<redis::Reply> waiting =
        co_await services_.redis.execute(std::move(count), services_.clock.in(store_budget));
    if (!waiting) {
        co_return waiting.error();
    }
    if (waiting->integer() == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    co_return *waiting->integer() >= enough ? Onward::rest : Onward::next_person;
}

}  // namespace rightsline::alerts

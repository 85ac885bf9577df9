// What became of the text that told a P3 report to one person; when it reached nobody, the next one is told.
#include <algorithm>
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/hearing.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr std::int64_t never_ms = std::int64_t{1} << 51U;  // it stands in the index until somebody takes it
constexpr auto round_in_vain = 1h;                         // until all are tried once more

/// Who was texted or called last.
std::string who(const Alert& alert) {
    const auto last = std::find_if(alert.told.rbegin(), alert.told.rend(), [](const Told& one) {
        return one.medium == "sms" || one.medium == "call";
    });
    return last == alert.told.rend() ? "" : last->person;
}

}  // namespace

/// The messages of the last step. Its ids say so: they are numbered through.
Awaitable<Result<std::vector<outbox::Fate>>> AlertDesk::last_step(const std::string& program,
                                                                  const AlertProgram& context,
                                                                  const Alert& alert) {
    std::vector<std::string> ids;
    for (std::uint32_t number = alert.before + 1; number <= alert.messages; ++number) {
        ids.push_back(message_id(alert, 'a', number));
    }
    const stores::Keyspace keys(program);
    const Deadline in_time = services_.clock.in(store_budget);
    co_return co_await outbox::fates(services_.redis, keys, context.line, std::move(ids), in_time);
}

Awaitable<Result<AlertDesk::Onward>> AlertDesk::look_back(const std::string& program,
                                                          const AlertProgram& context, Alert& alert,
                                                          redis::Commit& commit) {
    const Result<std::vector<outbox::Fate>> fates = co_await last_step(program, context, alert);
    if (!fates) {
        co_return fates.error();
    }
    const ops::UtcMs now = services_.clock.now();
    const std::chrono::milliseconds age = now - alert.stepped;
    const Hearing heard = hearing_of(*fates, age);
    const stores::Keyspace keys(program);
    const bool all_in_vain = heard == Hearing::lost && alert.rung == 0;
    std::int64_t due = never_ms;
    if (heard == Hearing::lost) {
        lost_.add();
        ops::log(ops::Level::error, "alert_reached_nobody", {{"everybody", all_in_vain}});
        audit::add_entry(commit.writes, keys, {audit::What::alert_reached_nobody, alert.case_id, who(alert)});
        if (all_in_vain && services_.unheard) {
            services_.unheard();
        }
        alert.stepped = {};
        due = (now + round_in_vain).time_since_epoch().count();
    } else if (heard == Hearing::open) {
        due = (now + next_look(age)).time_since_epoch().count();
    }
    const bool goes_on = heard == Hearing::lost && !all_in_vain;
    if (!goes_on) {
        commit.writes.push_back({redis::Op::zadd, keys.alerts(), {std::to_string(due), alert.case_id}});
    }
    co_return goes_on ? Onward::next_person : Onward::rest;
}

}  // namespace rightsline::alerts

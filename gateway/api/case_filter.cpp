#include "gateway/api/case_filter.hpp"

#include <algorithm>
#include <iterator>

#include "gateway/api/answers.hpp"
#include "gateway/api/colleagues.hpp"

namespace rightsline::api {

CaseFilter filter_of(const http::Request& request) {
    return {value_of(request, "status"), value_of(request, "assignee"), value_of(request, "site"),
            value_of(request, "unassigned") == "1", value_of(request, "overdue") == "1"};
}

bool is_meant(const CaseFilter& filter, const cases::CaseFacts& facts, const cases::Standing& standing,
              const std::vector<flows::CaseStatus>& statuses, std::int64_t now) {
    const flows::CaseStatus* status = cases::find_status(statuses, facts.status);
    const bool closed = status != nullptr && status->closes;
    const auto late = [](const cases::DueClock& one) { return one.state == cases::ClockState::overdue; };
    return (filter.status.empty() || filter.status == facts.status) &&
           (filter.assignee.empty() || filter.assignee == standing.work.assignee) &&
           (filter.site.empty() || filter.site == standing.work.site) &&
           (!filter.unassigned || (standing.work.assignee.empty() && !closed)) &&
           (!filter.overdue || std::ranges::any_of(standing.clocks, late) ||
            std::ranges::any_of(standing.tasks, [now](const cases::Task& one) { return one.is_late(now); }));
}

Awaitable<std::optional<http::Response>> wrong_word(KnownWords known, std::string program, CaseFilter filter,
                                                    Deadline deadline) {
    const std::vector<flows::CaseStatus> statuses = known.desk.statuses(program);
    if (!filter.status.empty() && cases::find_status(statuses, filter.status) == nullptr) {
        std::vector<std::string> keys;
        std::ranges::transform(statuses, std::back_inserter(keys), &flows::CaseStatus::key);
        co_return problem(422, program + " has no such status; it has " + joined(keys));
    }
    std::vector<std::string> names = known.desk.people(program).all;
    names.push_back(known.actor);
    if (filter.assignee.empty() || std::ranges::find(names, filter.assignee) != names.end()) {
        co_return std::nullopt;
    }
    const Result<std::vector<std::string>> users = co_await colleagues(known.users, program, deadline);
    if (!users) {
        co_return store_is_silent();
    }
    names = known.desk.people(program, *users).all;
    if (std::ranges::find(names, filter.assignee) != names.end()) {
        co_return std::nullopt;
    }
    co_return problem(422,
                      "nobody on the roster or among its users has this name, and none of these cases; "
                      "there are " +
                          joined(names));
}

}  // namespace rightsline::api

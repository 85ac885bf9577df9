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

namespace {

/// A site that the program lacks, with those that it has.
Awaitable<std::optional<http::Response>> wrong_site(cases::CaseDesk& desk, std::string program,
                                                    std::string site, Deadline deadline) {
    const Result<cases::SitesPtr> known = co_await desk.sites(program, deadline);
    if (!known) {
        co_return store_is_silent();
    }
    std::vector<std::string> names;
    for (const auto& [name, employer] : *known ? (*known)->employer : decltype((*known)->employer)()) {
        names.push_back(name);
    }
    if (std::ranges::find(names, site) != names.end()) {
        co_return std::nullopt;
    }
    co_return problem(422, names.empty() ? program + " has no sites"
                                         : program + " has no such site; it has " + joined(names));
}

}  // namespace

Awaitable<std::optional<http::Response>> wrong_word(KnownWords known, std::string program, CaseFilter filter,
                                                    Deadline deadline) {
    const std::vector<flows::CaseStatus> statuses = known.desk.statuses(program);
    if (!filter.status.empty() && cases::find_status(statuses, filter.status) == nullptr) {
        std::vector<std::string> keys;
        std::ranges::transform(statuses, std::back_inserter(keys), &flows::CaseStatus::key);
        co_return problem(422, program + " has no such status; it has " + joined(keys));
    }
    if (!filter.site.empty()) {
        std::optional<http::Response> wrong = co_await wrong_site(known.desk, program, filter.site, deadline);
        if (wrong) {
            co_return wrong;
        }
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

#include "gateway/cases/release.hpp"

#include <utility>

#include "gateway/cases/error.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::cases {
namespace {

constexpr int page = 200;

struct Had {
    std::string id;
    std::string person;
};

/// Which of them this person has and are not closed; of nobody named: which somebody has who may not, closed ones as well.
/// Errors: errc::damaged, one cannot be read.
Awaitable<Result<std::vector<Had>>> theirs(CaseDesk& desk, std::string program, std::string person,
                                           std::vector<CaseFacts> cases, redis::Deadline deadline) {
    const Result<std::vector<Standing>> standing = co_await desk.standing(program, cases, deadline);
    if (!standing) {
        co_return standing.error();
    }
    const std::vector<flows::CaseStatus> statuses = desk.statuses(program);
    std::vector<Had> had;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!(*standing)[i].readable) {
            co_return errc::damaged;
        }
        const flows::CaseStatus* status = find_status(statuses, cases[i].status);
        const bool closed = status != nullptr && status->closes;
        const Casework& work = (*standing)[i].work;
        if (person.empty() ? work.keeps_out(work.assignee) : !closed && work.assignee == person) {
            had.push_back({cases[i].id, work.assignee});
        }
    }
    co_return had;
}

/// Whether a change failed because there is nothing left to do.
bool is_nothing(boost::system::error_code error) {
    return error == errc::not_theirs || error == stores::make_error_code(stores::errc::no_such_case);
}

}  // namespace

Awaitable<Result<int>> release_cases(CaseStore& store, CaseDesk& desk, std::string program,
                                     std::string person, Actor by, redis::Deadline deadline) {
    int released = 0;
    for (int skip = 0;; skip += page) {
        const Result<CasePage> found = co_await store.list(program, skip, page, deadline);
        if (!found) {
            co_return found.error();
        }
        const auto had = co_await theirs(desk, program, person, found->cases, deadline);
        if (!had) {
            co_return had.error();
        }
        for (const Had& one : *had) {
            const Wish to_the_pool = Assign{"", one.person};
            const Result<Outcome> done = co_await desk.change(program, one.id, by, to_the_pool, deadline);
            if (!done && !is_nothing(done.error())) {
                co_return done.error();
            }
            released += done && done->changed ? 1 : 0;
        }
        if (skip + page >= found->total) {
            co_return released;
        }
    }
}

}  // namespace rightsline::cases

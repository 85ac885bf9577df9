#include "gateway/api/colleagues.hpp"

#include <algorithm>

#include "gateway/access/roles.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {

Awaitable<Result<std::vector<std::string>>> colleagues(access::UserStore& users, std::string program,
                                                       Deadline deadline) {
    const Result<std::vector<access::User>> all = co_await users.list(deadline);
    if (!all) {
        co_return all.error();
    }
    std::vector<std::string> names;
    for (const access::User& one : *all) {
        if (!one.disabled && one.grants.may(program, access::Right::work_case)) {
            names.push_back(one.name);
        }
    }
    co_return names;
}

Awaitable<Result<void>> meet_colleagues(access::UserStore& users, const cases::CaseDesk& desk,
                                        CaseworkAsked& asked, Deadline deadline) {
    const std::vector<std::string> known = desk.people(asked.program, asked.actor.users).all;
    const auto is_known = [&known](const std::string& name) {
        return name.empty() || std::ranges::find(known, name) != known.end();
    };
    if (is_known(asked.actor.name) && is_known(ops::text_of(asked.body, "person"))) {
        co_return Result<void>();
    }
    const Result<std::vector<std::string>> others = co_await colleagues(users, asked.program, deadline);
    if (!others) {
        co_return others.error();
    }
    asked.actor.users.insert(asked.actor.users.end(), others->begin(), others->end());
    co_return Result<void>();
}

}  // namespace rightsline::api

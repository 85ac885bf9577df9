#include "gateway/api/colleagues.hpp"

#include "gateway/access/roles.hpp"

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

}  // namespace rightsline::api

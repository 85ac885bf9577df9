// CaseJson: how a case stands in JSON.
//
// Private to the room. Names of people, never numbers; nothing that was told. Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "gateway/cases/case_desk.hpp"
#include "gateway/http/message.hpp"

namespace rightsline::api {

boost::json::object to_json(const cases::CaseFacts& facts);
/// Adds who has it and its clocks; "readable": false when who has it cannot be told.
/// `now`: seconds since 1970, for which of its tasks are late.
void add_standing(boost::json::object& to, const cases::Standing& standing, std::int64_t now);
boost::json::object to_json(const cases::Task& task);
/// … and who may not have it: for those who look at this one.
void add_kept_out(boost::json::object& to, const cases::Casework& work);

/// Who looks: a user of the console; "" = whoever is on this machine, and has the store as well.
struct Reader {
    std::string name{};
    bool all = true;  // what others have is there for them, too
    bool has(const cases::Standing& standing) const {
        return name.empty() || standing.is_there_for(name, all);
    }
    /// It may have stood in their list a moment ago, and who was quicker has it.
    bool may_come_late(const cases::Standing& standing) const { return standing.may_be_free_for(name); }
};
Reader reader_of(const http::Request& request);

}  // namespace rightsline::api

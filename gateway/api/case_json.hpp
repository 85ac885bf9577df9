// CaseJson: how a case stands in JSON, and which cases a list asks for.
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

/// Of the query: ?status=waiting&assignee=maria&unassigned=1&overdue=1; what is not named is not asked.
struct CaseFilter {
    std::string status;
    std::string assignee;
    bool unassigned = false;  // and not closed
    bool overdue = false;
};
CaseFilter filter_of(const http::Request& request);
/// Overdue: a clock of it, or a task.
bool is_meant(const CaseFilter& filter, const cases::CaseFacts& facts, const cases::Standing& standing,
              const std::vector<flows::CaseStatus>& statuses, std::int64_t now);

}  // namespace rightsline::api

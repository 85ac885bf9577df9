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

}  // namespace rightsline::api

// CaseCircle: which circle a case is sealed to, and whether somebody's keys are among its.
//
// A program may have circles beside its own, of which not everybody has a key. Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// "program", and the public key file of the case's circle: what notes and tasks are sealed to. `program`: "" when the server has only one.
Result<boost::json::object> ask_circle(LocalApi& api, const std::string& program, const std::string& case_id);

/// Where its plain private key lies, in a folder that has them (the demo's). `answer`: of ask_circle().
std::string key_beside(const std::string& folder, const boost::json::object& answer);

/// The name of the circle of a case, as the server shows the case: its program's own has the program's.
std::string circle_of(const boost::json::object& shown);

/// Whether any of them is a version of that circle's key; if not, says on stderr whose report it is.
bool has_key_of(const PrivateKeys& keys, const std::string& circle);

}  // namespace rightsline::cli

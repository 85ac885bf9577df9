// case consents: what the worker of a case has agreed to, purpose by purpose.
//
// Asks the running server over its local socket. Data on stdout, talk on stderr. Exit codes: 0; 65 no such case; 69 the
// server is not there. Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cli/casework/case_command.hpp"

namespace rightsline::cli {

int case_consents(const CaseOptions& options);

/// One purpose as a line: "employer      yes        2026-11-22 18:00  sms".
std::string consent_line(const boost::json::object& one);
/// "went out to investigator at 2026-11-22 09:00, by maria".
std::string handed_on_line(const boost::json::object& one);

}  // namespace rightsline::cli

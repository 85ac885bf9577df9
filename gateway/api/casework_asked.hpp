// CaseworkAsked: what somebody of the team asks for of a case: who they are, which case, what they sent; and why not.
//
// On the local socket "as" of the body names who acts; on the console's listener it is whoever is logged in, and the body is
// not asked. Private to the room. Pure. Threading: plain values.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/case_desk.hpp"
#include "gateway/http/message.hpp"

namespace rightsline::api {

struct CaseworkAsked {
    std::string program;
    std::string id;
    cases::Actor actor;
    boost::json::object body;
    std::string organisation{};  // that they are of; "" = that whose line it is
};

/// Nothing, and `refusal` says why. `id`: "" where it is about no case.
std::optional<CaseworkAsked> read_casework(const http::Request& request,
                                           const std::vector<std::string>& programs, std::string id,
                                           http::Response& refusal);

/// The same where another organisation may ask, too: "program=lesotho-gbvh/investigators".
std::optional<CaseworkAsked> read_side(const http::Request& request, const std::vector<std::string>& programs,
                                       std::string id, http::Response& refusal);

/// Why it was not done, in a sentence. `wish`: what was wanted, where it was a change.
http::Response casework_problem(const boost::system::error_code& error, const cases::CaseDesk& desk,
                                const CaseworkAsked& asked, const cases::Wish& wish = {});

}  // namespace rightsline::api

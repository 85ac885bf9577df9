// What is answered about users: one of them as JSON, and what went wrong in words.
//
// Must never: show a password's hash, a second factor or a token. Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <boost/system/error_code.hpp>
#include <string>

#include "gateway/access/user.hpp"
#include "gateway/http/message.hpp"

namespace rightsline::api {

/// `program`: only the roles there; "" = all.
boost::json::object user_json(const access::User& user, const std::string& program);

/// With the second factor, this once.
http::Response user_made(const access::User& user);

/// 404, 409, 500 or 503, with what to do.
http::Response problem_of_users(const boost::system::error_code& error);

}  // namespace rightsline::api

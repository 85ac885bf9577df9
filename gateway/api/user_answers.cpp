#include "gateway/api/user_answers.hpp"

#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/ops/error.hpp"

namespace rightsline::api {
namespace json = boost::json;
namespace {

json::value time_or_null(std::int64_t seconds) {
    return seconds == 0 ? json::value(nullptr) : json::value(seconds);
}

}  // namespace

json::object user_json(const access::User& user, const std::string& program) {
    json::object roles;
    for (const auto& [where, all] : user.grants.by_program()) {
        if (!program.empty() && where != program) {
            continue;
        }
        json::array names;
        for (const access::Role role : all) {
            names.emplace_back(std::string(access::name_of(role)));
        }
        roles[where] = std::move(names);
    }
    return {{"name", user.name},
            {"roles", std::move(roles)},
            {"disabled", user.disabled},
            {"made", user.made},
            {"last_login", time_or_null(user.last_login)},
            {"key", user.key_fingerprint}};
}

http::Response user_made(const access::User& user) {
    constexpr const char* issuer = "rightsline";
    json::object out = user_json(user, "");
    out["totp_secret"] = access::to_base32(user.totp_secret.reveal());
    out["totp_uri"] = access::otpauth_uri(issuer, user.name, user.totp_secret.reveal());
    return as_json(out);
}

http::Response problem_of_users(const boost::system::error_code& error) {
    using access::errc;
    if (error == access::make_error_code(errc::no_such_user)) {
        return problem(404, "there is no user of this name");
    }
    if (error == access::make_error_code(errc::name_taken)) {
        return problem(409,
                       "a user has this name already; `rightsline user reset` gives them a new password");
    }
    if (error == access::make_error_code(errc::contended)) {
        return problem(
            409,
            "somebody changed this user, or you, at the same moment; nothing was changed by you. try again");
    }
    if (error == access::make_error_code(errc::too_many_users)) {
        return problem(409, "there are as many users as a server keeps");
    }
    if (error == access::make_error_code(errc::on_a_list)) {
        return problem(409,
                       "who stands on an employer's list lets nobody in; another administrator does, or the "
                       "operator");
    }
    if (error == access::make_error_code(errc::damaged)) {
        return problem(500, "a stored user does not open: were the server's keys changed?");
    }
    if (error.category() == ops::make_error_code(ops::errc::busy).category()) {
        return problem(503, "passwords are being looked at; try again in a moment");
    }
    return store_is_silent();
}

}  // namespace rightsline::api

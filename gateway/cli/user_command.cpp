#include "gateway/cli/user_command.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <optional>

#include "gateway/access/password.hpp"
#include "gateway/access/roles.hpp"
#include "gateway/access/user.hpp"
#include "gateway/cli/asking.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int tries = 3;

/// Three tries: long enough, and twice the same.
Got<vault::TypedSecret> ask_password(Terminal& terminal, const std::string& name) {
    for (int i = 0; i < tries; ++i) {
        Result<vault::TypedSecret> first = terminal.ask("New password of " + name + " (it is not shown): ");
        if (!first) {
            return {std::nullopt, tell_unasked(first.error())};
        }
        if (const auto weak = access::weakness_of(first->view())) {
            std::cerr << *weak << "\n";
            continue;
        }
        const Result<vault::TypedSecret> again = terminal.ask("The same again: ");
        if (!again) {
            return {std::nullopt, tell_unasked(again.error())};
        }
        if (first->same_as(*again)) {
            return {std::move(*first), 0};
        }
        std::cerr << "These were not the same.\n";
    }
    std::cerr << "Nothing was made or changed.\n";
    return {std::nullopt, bad_data};
}

/// The secret in groups of four, as it is typed into an app.
std::string grouped(const std::string& secret) {
    std::string text;
    for (std::size_t i = 0; i < secret.size(); ++i) {
        text += i != 0 && i % 4 == 0 ? " " : "";
        text += secret[i];
    }
    return text;
}

std::string day_of(const json::object& user, const char* field) {
    const json::value* value = user.if_contains(field);
    if (value == nullptr || !value->is_int64()) {
        return "never";
    }
    const std::time_t at = value->get_int64();
    std::tm utc{};
    gmtime_r(&at, &utc);
    char text[16];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
    return {text, length};
}

std::string roles_of(const json::object& user) {
    std::string text;
    for (const auto& [program, names] : user.at("roles").as_object()) {
        for (const json::value& name : names.as_array()) {
            text += (text.empty() ? "" : " ") + std::string(program) + ":" + std::string(name.as_string());
        }
    }
    return text;
}

/// The body of a request about a user: password, roles, key. Asks for the password last.
Got<json::object> body_of(const UserOptions& options, Terminal& terminal) {
    json::object body{{"name", options.name}};
    if (!options.roles.empty()) {
        json::array roles;
        for (const std::string& role : options.roles) {
            if (!access::parse_grant(role)) {
                std::cerr << role
                          << ": a role is PROGRAM:ROLE, as fair-food:monitor. Nothing was made or changed.\n";
                return {std::nullopt, bad_data};
            }
            roles.emplace_back(role);
        }
        body["roles"] = std::move(roles);
    }
    if (!options.key.empty()) {
        Got<vault::Member> member = read_member_public(options.key);
        if (!member) {
            return {std::nullopt, member.code};
        }
        body["key"] = member->fingerprint();
    }
    Got<vault::TypedSecret> password = ask_password(terminal, options.name);
    if (!password) {
        return {std::nullopt, password.code};
    }
    body["password"] = std::string(password->view());
    return {std::move(body), 0};
}

int show_second_factor(const UserOptions& options, json::object told, Terminal& terminal) {
    const std::string secret = text_of(told, "totp_secret");
    const std::string uri = text_of(told, "totp_uri");
    told.erase("totp_secret");
    told.erase("totp_uri");
    const Result<void> shown = terminal.show(
        "Second factor of " + options.name +
        ", shown once. In their authenticator app: a key by hand, time-based, six digits:\n\n    " +
        grouped(secret) + "\n\nor a QR code of this line, made where nobody keeps it:\n\n    " + uri +
        "\n\n");
    if (!shown) {
        std::cerr
            << "The second factor could not be shown, and nobody can see it again: rightsline user reset "
            << options.name << "\n";
        return unavailable;
    }
    std::cout << (options.json ? json::serialize(told) : text_of(told, "name") + "  " + roles_of(told))
              << "\n";
    return 0;
}

int ask_server(const UserOptions& options, const std::string& target, Terminal& terminal) {
    Got<json::object> body = body_of(options, terminal);
    if (!body) {
        return body.code;
    }
    LocalApi api(options.socket);
    Result<json::object> told = api.post(target, *body);
    if (!told) {
        return report(api);
    }
    return show_second_factor(options, std::move(*told), terminal);
}

bool is_name(const std::string& name) {
    if (!access::is_user_name(name)) {
        std::cerr << "A name is 2 to 32 of a-z, 0-9, '-' and '.', and begins with a letter.\n";
        return false;
    }
    return true;
}

}  // namespace

int user_add(const UserOptions& options, Terminal& terminal) {
    return is_name(options.name) ? ask_server(options, "/api/v1/users", terminal) : bad_data;
}

int user_reset(const UserOptions& options, Terminal& terminal) {
    return is_name(options.name) ? ask_server(options, "/api/v1/users/" + options.name + "/reset", terminal)
                                 : bad_data;
}

int user_disable(const UserOptions& options) {
    if (!is_name(options.name)) {
        return bad_data;
    }
    LocalApi api(options.socket);
    const Result<json::object> told = api.post("/api/v1/users/" + options.name + "/disable", {});
    if (!told) {
        return report(api);
    }
    std::cout << (options.json ? json::serialize(*told) : options.name) << "\n" << std::flush;
    const json::value* freed = told->if_contains("cases_released");
    if (freed != nullptr && freed->is_int64() && freed->get_int64() != 0) {
        std::cerr << "Back in the pool: " << freed->get_int64()
                  << " of their cases. rightsline case list --unassigned\n";
    }
    std::cerr << "They are logged out everywhere and cannot log in again. What they hold a key for they can "
                 "still open: "
                 "rightsline key rotate --help\n";
    return 0;
}

int user_roles(const UserOptions& options) {
    if (!is_name(options.name)) {
        return bad_data;
    }
    json::array roles;
    for (const std::string& role : options.roles) {
        roles.emplace_back(role);
    }
    LocalApi api(options.socket);
    const json::object wish{{"roles", std::move(roles)}};
    const Result<json::object> told = api.post("/api/v1/users/" + options.name + "/roles", wish);
    if (!told) {
        return report(api);
    }
    std::cout << (options.json ? json::serialize(*told) : text_of(*told, "name") + "  " + roles_of(*told))
              << "\n";
    return 0;
}

int user_list(const UserOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> told = api.get("/api/v1/users");
    if (!told) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*told) << "\n";
        return 0;
    }
    const json::array& users = told->at("users").as_array();
    for (const json::value& one : users) {
        const json::object& user = one.as_object();
        std::printf("%-20s %-10s last login %-10s  %s\n", text_of(user, "name").c_str(),
                    user.at("disabled").as_bool() ? "disabled" : "", day_of(user, "last_login").c_str(),
                    roles_of(user).c_str());
    }
    std::fflush(stdout);
    std::cerr << users.size() << (users.size() == 1 ? " user" : " users")
              << (users.empty() ? ": rightsline user add --help" : "") << "\n";
    return 0;
}

}  // namespace rightsline::cli

// The authorization matrix through the router: what the table says is what happens, for every role and every route.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "gateway/api/openapi.hpp"
#include "tests/gateway/api/console_house.hpp"
#include "tests/gateway/api/shapes.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using Door = ConsoleRoute::Door;

/// The route's path with the ids of what is there.
std::string path_to(const ConsoleRoute& route) {
    std::string path = route.path;
    const auto put = [&path](const std::string& name, const std::string& value) {
        const auto at = path.find(name);
        path = at == std::string::npos ? path : path.replace(at, name.size(), value);
    };
    // Who steps back from a case finds it no more.
    put("{id}", path.ends_with("/recuse") ? spare_case : case_id);
    put("{which}", recording);
    put("{call}", "3fa9c2d1");
    put("{language}", "en");
    put("{name}", "newcomer");
    return path;
}

class Matrix : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        file(spare_case);
        file(linked_case);
        // Of the id that stands for {which}.
        apply(cases::task_writes(keys, case_id, {recording, "", "maria", "", now(), now() + 60}, "sealed"));
    }
    std::int64_t now() const {
        return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    }
    std::string new_report() const {
        const flows::Part part{"story", locales::PrivateText("It is dark there."), "", flows::Seconds{0}};
        const std::string sealed = cases::seal_part(public_key, "fair-food", nobodys, part, 5);
        return json::serialize(json::object{{"id", nobodys},
                                            {"language", "en"},
                                            {"family", "force"},
                                            {"parts", json::array{json::value(ops::to_base64(sealed))}}});
    }
    std::string new_task() const {
        const std::string sealed = cases::seal_task(public_key, "fair-food", case_id, "Ask the clinic.");
        return json::serialize(json::object{{"sealed", ops::to_base64(sealed)}, {"due", now() + 3600}});
    }
    inline static const std::string linked_case = std::string(31, '0') + "7";

    /// What makes sense to send there.
    std::string body_for(const ConsoleRoute& route, const std::string& mailbox) {
        const std::string_view body = route.body;
        return body == "StatusWish"    ? R"({"status": "received"})"
               : body == "PersonWish"  ? R"({"person": "jean"})"
               : body == "ConsentWish" ? R"({"purpose": "employer"})"
               : body == "LinkWish"    ? R"({"with": ")" + linked_case + R"("})"
               : body == "SealedNote"  ? sealed_note("maria")
               : body == "NewTask"     ? new_task()
               : body == "NewReport"   ? new_report()
               : body == "SealedReply" ? sealed_reply(mailbox, "maria")
               : body == "NewUser"
                   ? R"({"name": "newcomer", "roles": ["fair-food:intake"], "password": "correct horse battery"})"
               : body == "RolesWish"    ? R"({"roles": ["fair-food:intake"]})"
               : body == "SiteWish"     ? R"({"site": ""})"
               : body == "CategoryWish" ? R"({"category": ""})"
               : body == "SiteName"     ? R"({"site": "sol-farm"})"
               : body == "EmployerWish"
                   ? R"({"site": "sol-farm", "person": "jean", "undo": true})"  // a site goes only with its list empty
               : body == "HandOnWish" ? R"({"to": "ben"})"
               : body == "NearWish"   ? R"({"person": "jean", "sites": ["sol-farm"]})"
               : body == "ResetUser"  ? R"({"password": "correct horse battery"})"
                                      : "";
    }
};

TEST_F(Matrix, EveryRoleGetsExactlyWhatTheTableSays) {
    std::size_t cells = 0;
    for (const access::Role role : access::all_roles) {
        std::string name;
        http::Headers tool;
        int asked = 0;
        for (const ConsoleRoute& route : console_routes()) {
            if (route.door != Door::program || route.of == ConsoleRoute::Of::others) {
                continue;  // of the others console_referral_test tells
            }
            if (asked++ % 20 == 0) {  // who tries too many doors in a minute is slowed down
                name = std::string(access::name_of(role)) + "-" + std::to_string(asked);
                add_user(name, {{"fair-food", role}});
                tool = tool_of(name);
            }
            const std::size_t before = entries().size();
            // What somebody took goes back to the pool, where the next one finds it.
            const bool to_somebody = std::string_view(route.body) == "PersonWish";
            const http::Response got =
                ask_console(route.method, path_to(route), tool, to_somebody ? R"({"person": ""})" : "");
            const bool may = access::may(role, route.right);
            if (may && std::string_view(route.path).find("{name}") != std::string_view::npos) {
                continue;  // nobody of this name is there; of whom is, console_users_test tells
            }
            EXPECT_EQ(got.status == 200 || got.status == 409 || got.status == 422, may)
                << name << " " << route.path << got.body;
            ++cells;
            if (may) {
                continue;
            }
            EXPECT_EQ(got.status, 404) << name << " " << route.path;
            const std::vector<audit::Entry> all = entries();
            ASSERT_EQ(all.size(), before + 1) << name << " " << route.path;
            EXPECT_EQ(all.back().field("what"), "access_refused");
            EXPECT_EQ(all.back().field("who"), name);
            EXPECT_EQ(all.back().field("why"), access::name_of(route.right));
        }
        for (const char* own : {"/api/v1/session", "/api/v1/sessions", "/api/v1/openapi.json"}) {
            EXPECT_EQ(ask_console("GET", own, tool).status, 200) << name << own;
        }
    }
    EXPECT_GE(cells, access::all_roles.size() * 25);
}

TEST_F(Matrix, EveryRightIsTakenByARouteAndEveryRouteTakesOne) {
    std::set<access::Right> taken;
    for (const ConsoleRoute& route : console_routes()) {
        EXPECT_FALSE(access::name_of(route.right).empty()) << route.path;
        EXPECT_TRUE(route.door != Door::open || std::string_view(route.path) == "/api/v1/login")
            << route.path << " is open to everybody";
        taken.insert(route.right);
    }
    EXPECT_EQ(taken.size(), access::all_rights.size());
}

TEST_F(Matrix, AUserWithoutARoleIsLetInNowhere) {
    http::Headers tool;
    int asked = 0;
    for (const ConsoleRoute& route : console_routes()) {
        if (asked++ % 20 == 0) {  // who tries too many doors in a minute is slowed down
            const std::string name = "former-" + std::to_string(asked);
            add_user(name, {});
            tool = tool_of(name);
        }
        if (route.door != Door::open) {
            EXPECT_EQ(ask_console(route.method, path_to(route), tool).status, 404) << route.path;
        }
    }
    EXPECT_EQ(entries(stores::server_wide).back().field("what"), "access_refused");
}

TEST_F(Matrix, WhatIsServedIsDescribedAndWhatIsDescribedIsServed) {
    add_user("maria", {{"fair-food", access::Role::monitor}});
    const http::Headers tool = tool_of("maria");
    const json::object told = json_of(ask_console("GET", "/api/v1/openapi.json", tool));
    EXPECT_EQ(told.at("openapi").as_string(), "3.1.0");
    std::set<std::string> described;
    std::set<std::string> ids;
    for (const auto& [path, methods] : told.at("paths").as_object()) {
        for (const auto& [method, operation] : methods.as_object()) {
            described.insert(std::string(method) + " " + std::string(path));
            ids.insert(std::string(operation.as_object().at("operationId").as_string()));
            EXPECT_EQ(operation.as_object().contains("x-right"), std::string_view(path) != "/api/v1/login");
        }
    }
    std::set<std::string> served;
    for (const ConsoleRoute& route : console_routes()) {
        std::string method = route.method;
        std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c | 0x20); });
        served.insert(method + " " + route.path);
        EXPECT_TRUE(console.has(route.method, route.path)) << route.path;
    }
    EXPECT_EQ(described, served);
    EXPECT_EQ(ids.size(), served.size());
}

/// Every "$ref" below `value`.
void collect_refs(const json::value& value, std::set<std::string>& refs) {
    if (const json::array* array = value.if_array()) {
        for (const json::value& one : *array) {
            collect_refs(one, refs);
        }
    } else if (const json::object* object = value.if_object()) {
        for (const auto& [name, one] : *object) {
            if (name == "$ref") {
                refs.insert(std::string(one.as_string()));
            }
            collect_refs(one, refs);
        }
    }
}

/// Every name of a field below `value`, those of the shapes that it refers to included.
void collect_fields(const json::object& schemas, const json::value& value, std::set<std::string>& fields) {
    if (const json::array* array = value.if_array()) {
        for (const json::value& one : *array) {
            collect_fields(schemas, one, fields);
        }
    } else if (const json::object* object = value.if_object()) {
        for (const auto& [name, one] : *object) {
            if (name == "properties") {
                for (const auto& [field, shape] : one.as_object()) {
                    fields.insert(std::string(field));
                }
            } else if (name == "$ref") {
                const std::string ref(one.as_string());
                collect_fields(schemas, schemas.at(ref.substr(ref.rfind('/') + 1)), fields);
            }
            collect_fields(schemas, one, fields);
        }
    }
}

/// What pauses, moves or ends a clock is what was done with the case: there is nothing by which one could be set.
TEST_F(Matrix, NoRouteAndNoFieldOfARequestNamesAClock) {
    const json::object told = openapi();
    const json::object& schemas = told.at("components").as_object().at("schemas").as_object();
    const auto names_one = [](std::string_view name) {
        return std::ranges::any_of(std::array<std::string_view, 4>{"clock", "pause", "warn", "overdue"},
                                   [name](std::string_view word) { return name.find(word) != name.npos; });
    };
    std::set<std::string> answered;
    collect_fields(schemas, schemas.at("Case"), answered);
    EXPECT_TRUE(std::ranges::any_of(answered, names_one)) << "the case shows its clocks";
    std::size_t held = 0;
    for (const ConsoleRoute& route : console_routes()) {
        EXPECT_FALSE(names_one(route.path)) << route.path;
        if (std::string_view(route.body).empty()) {
            continue;
        }
        std::set<std::string> fields;
        collect_fields(schemas, schemas.at(route.body), fields);
        for (const std::string& field : fields) {
            EXPECT_FALSE(names_one(field)) << route.path << " takes " << field;
        }
        ++held;
    }
    EXPECT_GE(held, 15U);
}

TEST_F(Matrix, EveryShapeThatIsNamedIsThereAndEveryOneThereIsNamed) {
    const json::object told = openapi();
    std::set<std::string> refs;
    collect_refs(told, refs);
    std::set<std::string> there;
    for (const auto& [name, schema] : told.at("components").as_object().at("schemas").as_object()) {
        there.insert("#/components/schemas/" + std::string(name));
    }
    EXPECT_EQ(refs, there);
}

TEST_F(Matrix, RealAnswersHaveTheShapesThatAreDescribed) {
    add_user("maria", {{"fair-food", access::Role::supervisor},
                       {"fair-food", access::Role::operator_},
                       {"fair-food", access::Role::auditor},
                       {"fair-food", access::Role::admin}});
    const http::Headers tool = tool_of("maria");
    const std::string mailbox = add_mailbox();
    agree(cases::Consent::employer);
    const json::object told = openapi();
    const json::object& schemas = told.at("components").as_object().at("schemas").as_object();
    std::size_t held = 0;
    for (const ConsoleRoute& route : console_routes()) {
        const std::string_view answer = route.answer;
        const bool elsewhere =  // console_referral_test and prompt_routes_test tell of these
            answer == "Referred" || answer == "ReferredCase" || answer == "TakeKept" ||
            answer == "TakeJudged" ||
            std::string_view(route.path).find("/referrals/") != std::string_view::npos;
        const bool of_bytes = answer == "bytes" || answer == "events" || answer == "wav";
        if (answer.empty() || of_bytes || route.door == Door::open || elsewhere) {
            continue;
        }
        const http::Response got = ask_console(route.method, path_to(route), tool, body_for(route, mailbox));
        ASSERT_EQ(got.status, 200) << route.path << got.body;
        expect_shape(schemas, answer, json_of(got), route.path);
        ++held;
    }
    EXPECT_GE(held, 10U);
}

}  // namespace
}  // namespace rightsline::api

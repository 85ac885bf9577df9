// Two organisations of one program on the console's listener: each role of the other one, door by door.
#include <gtest/gtest.h>

#include "gateway/api/openapi.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/api/console_house.hpp"
#include "tests/gateway/api/shapes.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using Of = ConsoleRoute::Of;
using access::Role;

constexpr const char* side = "fair-food/investigators";
const std::string of_case = "/api/v1/cases/" + case_id;

class ConsoleReferral : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        flows::Bundle bundle = flows::tests::excerpt();
        bundle.files.at("flows/fair-food/program.yaml") +=
            "\norganisations: {investigators: {circle: inspectors, consent: investigator}}\n";
        flows::Compiled compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        file(spare_case);
        apply(cases::consent_writes(keys, case_id, cases::Consent::investigator,
                                    {cases::Said::Answer::yes, 3600, "sms"}));
        add_user("maria", {{"fair-food", Role::supervisor}});
        maria = tool_of("maria");
    }
    static void expect(const http::Response& got, const char* shape) {
        ASSERT_EQ(got.status, 200) << shape << got.body;
        const json::object told = openapi();
        expect_shape(told.at("components").at("schemas").as_object(), shape, json_of(got), shape);
    }
    http::Response offer() {
        vault::CirclePublicKey theirs = public_key;
        theirs.name = "inspectors";
        const flows::Part part{"story", locales::PrivateText("It is dark there."), "", flows::Seconds{0}};
        const std::string copy = cases::seal_part(theirs, "fair-food", case_id, part, 5);
        const json::object body{{"to", "investigators"},
                                {"reason", "advice"},
                                {"parts", json::array{json::value(ops::to_base64(copy))}},
                                {"seen", 1}};
        http::Response done = ask_console("POST", of_case + "/referrals", maria, json::serialize(body));
        EXPECT_EQ(done.status, 200) << done.body;
        return done;
    }
    static std::string path_to(const ConsoleRoute& route) {
        std::string path = route.path;
        for (const auto& [name, value] : {std::pair<std::string, std::string>("{id}", case_id),
                                          std::pair<std::string, std::string>("{which}", recording),
                                          std::pair<std::string, std::string>("{name}", "newcomer")}) {
            const auto at = path.find(name);
            path = at == std::string::npos ? path : path.replace(at, name.size(), value);
        }
        return path;
    }
    http::Headers thabo() {
        add_user("thabo", {{side, Role::monitor}});
        return tool_of("thabo");
    }
    http::Headers maria;
};

TEST_F(ConsoleReferral, EveryRoleOfTheOthersGetsWhatTheTableSaysAndNoDoorOfThoseWhoseLineItIs) {
    offer();
    for (const Role role : access::all_roles) {
        std::string name;
        http::Headers tool;
        int asked = 0;
        for (const ConsoleRoute& route : console_routes()) {
            if (route.door != ConsoleRoute::Door::program) {
                continue;
            }
            if (asked++ % 20 == 0) {  // who tries too many doors in a minute is slowed down
                name = "their-" + std::string(access::name_of(role)) + "-" + std::to_string(asked);
                add_user(name, {{side, role}});
                tool = tool_of(name);
            }
            // What they were offered they would decline here: a reason is missing, so it stays as it is.
            const bool answers = std::string_view(route.path).ends_with("/accept");
            const bool may = access::may(role, route.right) && route.of != Of::line;
            if (may && std::string_view(route.path).ends_with("/recuse")) {
                continue;  // whoever steps back finds it no more
            }
            const http::Response got = ask_console(route.method, path_to(route), tool);
            const bool waits = std::string_view(route.path).find("/referred") != std::string_view::npos;
            EXPECT_EQ(got.status != 404, may && !waits) << name << " " << route.path << got.body;
            if (answers && may) {
                EXPECT_EQ(got.status, 200) << got.body;
                const json::object back{{"to", "investigators"}};
                EXPECT_EQ(ask_console("POST", of_case + "/referrals/take-back", maria, json::serialize(back))
                              .status,
                          200);
                offer();
            }
        }
    }
}

TEST_F(ConsoleReferral, ACaseThatIsNotWithThemIsNotThere) {
    const http::Headers tool = thabo();
    EXPECT_EQ(ask_console("POST", of_case + "/referrals/accept", tool).status, 404);
    EXPECT_EQ(entries().back().field("what"), "access_refused");
    offer();
    EXPECT_EQ(ask_console("POST", "/api/v1/cases/" + spare_case + "/referrals/accept", tool).status, 404);
    EXPECT_EQ(ask_console("GET", of_case + "/referred", tool).status, 404);
    EXPECT_EQ(ask_console("POST", of_case + "/referrals/accept", tool).status, 200);
    EXPECT_EQ(entries().back().field("who"), "thabo");
    const http::Response read = ask_console("GET", of_case + "/referred", tool);
    EXPECT_EQ(read.status, 200) << read.body;
    EXPECT_EQ(json_of(read).at("parts").as_array().size(), 1U);
    EXPECT_EQ(ask_console("GET", of_case, tool).status, 404);
    EXPECT_EQ(ask_console("GET", of_case + "/referred", maria).status, 404) << "they have the case itself";
}

TEST_F(ConsoleReferral, WhatIsAnsweredHasTheShapeThatIsDescribed) {
    const http::Headers tool = thabo();
    expect(offer(), "Referred");
    expect(ask_console("GET", "/api/v1/referrals", tool), "Referrals");
    const json::object list = json_of(ask_console("GET", "/api/v1/referrals", tool));
    const json::object schemas = openapi().at("components").at("schemas").as_object();
    expect_shape(schemas, "Offered", list.at("referrals").as_array().at(0).as_object(), "an offer");
    expect(ask_console("POST", of_case + "/referrals/accept", tool), "Referred");
    expect(ask_console("GET", of_case + "/referred", tool), "ReferredCase");
    expect(ask_console("GET", of_case + "/referrals", maria), "CaseReferrals");
    const json::object home = json_of(ask_console("GET", "/api/v1/referrals", maria));
    expect_shape(schemas, "Offered", home.at("referrals").as_array().at(0).as_object(),
                 "for those who offer it");
    expect(ask_console("POST", of_case + "/recuse", tool), "Changed");
}

TEST_F(ConsoleReferral, WhomTheCaseKeepsOutFindsItOnNeitherSide) {
    const http::Headers tool = thabo();
    offer();
    apply({{redis::Op::zadd, keys.clocks(), {"0", case_id}}});
    const cases::Actor him{"thabo", "thabo", {"thabo"}};
    ASSERT_TRUE(tests::run(io, case_desk->change("fair-food", case_id, him, cases::Recuse{}, far())));
    EXPECT_EQ(json_of(ask_console("GET", "/api/v1/referrals", tool)).at("referrals").as_array().size(), 0U);
    EXPECT_EQ(ask_console("POST", of_case + "/referrals/accept", tool).status, 404);
}

TEST_F(ConsoleReferral, SomebodyOfTheOthersCanStandOnAnEmployersListAndIsShownNothingOfItsCases) {
    const http::Headers tool = thabo();
    offer();
    add_user("rosa", {{"fair-food", Role::admin}});
    const http::Headers rosa = tool_of("rosa");
    const auto change = [&](const std::string& what, const json::object& body) {
        return ask_console("POST", "/api/v1/sites" + what, rosa, json::serialize(body));
    };
    ASSERT_EQ(change("", {{"site", "sol-farm"}}).status, 200);
    const http::Response listed = change("/employer", {{"site", "sol-farm"}, {"person", "thabo"}});
    ASSERT_EQ(listed.status, 200) << listed.body;
    EXPECT_EQ(json_of(ask_console("GET", "/api/v1/referrals", tool)).at("referrals").as_array().size(), 0U);
    EXPECT_EQ(ask_console("POST", of_case + "/referrals/accept", tool).status, 404);
    EXPECT_EQ(change("/near", {{"person", "thabo"}, {"sites", {"sol-farm"}}}).status, 422)
        << "they look after no site of ours";
    EXPECT_EQ(change("/employer", {{"site", "sol-farm"}, {"person", "eve"}}).status, 422);
}

TEST_F(ConsoleReferral, AMonitorIsListedNoOfferOfACaseThatAnotherHas) {
    offer();
    add_user("jean", {{"fair-food", Role::monitor}});
    const http::Headers jean = tool_of("jean");
    const auto listed = [&](const http::Headers& who) {
        return json_of(ask_console("GET", "/api/v1/referrals", who)).at("referrals").as_array().size();
    };
    EXPECT_EQ(listed(jean), 1U) << "it is free";
    const http::Response given = ask_console("POST", of_case + "/assign", maria, R"({"person": "maria"})");
    ASSERT_EQ(given.status, 200) << given.body;
    EXPECT_EQ(listed(jean), 0U);
    EXPECT_EQ(listed(maria), 1U);
}

TEST_F(ConsoleReferral, WhoDeclinesIsNotToldWhereTheCaseStands) {
    offer();
    const http::Response done =
        ask_console("POST", of_case + "/referrals/decline", thabo(), R"({"reason": "capacity"})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(json_of(done).at("status").as_string(), "");
    EXPECT_EQ(json_of(done).at("words").as_string(), "");
}

TEST_F(ConsoleReferral, AnOrganisationThatTheProgramDoesNotNameReachesNothing) {
    offer();
    add_user("eve", {{"fair-food/police", Role::supervisor}});
    const http::Headers eve = tool_of("eve");
    EXPECT_EQ(ask_console("GET", "/api/v1/referrals", eve).status, 404);
    EXPECT_EQ(ask_console("GET", "/api/v1/referrals?program=fair-food", eve).status, 404);
    EXPECT_EQ(ask_console("GET", std::string("/api/v1/referrals?program=") + side, eve).status, 404);
}

}  // namespace
}  // namespace rightsline::api

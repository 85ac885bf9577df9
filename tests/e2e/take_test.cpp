// An alert is taken through the server's own socket: by `rightsline alert take`, as its user does at 3 a.m.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"

namespace rightsline::tests {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* roster = R"(people:
  maria: {phone: "+15005550101"}
  jean: {phone: "+15005550102", media: [sms]}
order: [maria]
supervisors: [jean]
)";

/// Starts the hotline again with a roster.
void add_roster(Hotline& hotline) {
    hotline.server().stop();
    const std::string file = hotline.path("roster.yaml");
    std::ofstream(file) << roster;
    std::filesystem::permissions(file,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::ofstream(hotline.path("rightsline.yaml"), std::ios::app) << "rosters: {fair-food: " << file << "}\n";
    hotline.server().start();
}

Ran say(const Hotline& hotline, std::vector<std::string> words) {
    words.insert(words.begin(), hotline.program());
    words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
    return run_command(words);
}

json::array open_alerts(const Hotline& hotline) {
    const Ran ran = say(hotline, {"alert", "list", "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return json::parse(ran.out).as_object().at("alerts").as_array();
}

TEST(Taking, AnAlertThroughTheSocketEndsItForTheOthers) {
    Hotline hotline;
    add_roster(hotline);
    hotline.phone("+13055550190").texts({"help me they have my passport"});
    ASSERT_TRUE(eventually([&] { return !open_alerts(hotline).empty(); }));
    const json::object alert = open_alerts(hotline).at(0).as_object();
    const std::string alias(alert.at("alias").as_string());
    EXPECT_EQ(alert.at("told").as_array().at(0).as_object().at("person").as_string(), "maria");

    const Ran list = say(hotline, {"alert", "list"});
    EXPECT_THAT(list.out, HasSubstr(alias + "   P1  raised "));
    EXPECT_THAT(list.out, HasSubstr("NOBODY HAS IT"));
    EXPECT_THAT(list.out + list.err, Not(HasSubstr("50055501")));
    EXPECT_THAT(list.err, HasSubstr("1 report waits to be taken"));

    EXPECT_EQ(say(hotline, {"alert", "take", alias, "--as", "pedro"}).code, 65);
    const Ran taken = say(hotline, {"alert", "take", alias, "--as", "jean"});
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_EQ(taken.out, "jean has " + alias + "\n");
    EXPECT_THAT(say(hotline, {"case", "list", "--mine", "jean"}).out, HasSubstr(alias));
    const Ran late = say(hotline, {"alert", "take", alias, "--as", "maria"});
    EXPECT_EQ(late.code, 1) << late.err;
    EXPECT_THAT(late.err, HasSubstr("jean has " + alias + " already"));
    EXPECT_TRUE(open_alerts(hotline).empty());
    const Ran shown = say(hotline, {"alert", "show", alias});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("jean has it, since "));
    EXPECT_THAT(hotline.server().log(), Not(HasSubstr("50055501")));
}

TEST(Taking, AnOperatorSeesWhoWouldBeToldAndWhatWaits) {
    Hotline hotline;
    add_roster(hotline);
    const Ran now = say(hotline, {"roster", "now", "--urgency", "P2", "--at", "2026-11-22 03:00"});
    EXPECT_EQ(now.code, 0) << now.err;
    EXPECT_THAT(now.out, testing::StartsWith("at once       maria (text)\n"));
    EXPECT_THAT(now.err, HasSubstr("sun 03:00"));
    EXPECT_EQ(say(hotline, {"roster", "now", "--at", "tonight"}).code, 65);
    const Ran outbox = say(hotline, {"outbox"});
    EXPECT_EQ(outbox.code, 0) << outbox.err;
    EXPECT_THAT(outbox.out, HasSubstr("+15005550006"));
    hotline.server().stop();
    EXPECT_EQ(say(hotline, {"outbox"}).code, 69);
}

TEST(Taking, ARosterThatCannotBeUsedIsFoundByCheckAndRefusedByServe) {
    Hotline hotline;
    add_roster(hotline);
    const std::string config = hotline.path("rightsline.yaml");
    EXPECT_THAT(run_command({hotline.program(), "check", "--config", config}).err, HasSubstr(": 0 errors"));
    hotline.server().stop();
    std::ofstream(hotline.path("roster.yaml"), std::ios::app) << "line: \"+15005550009\"\n";
    const Ran checked = run_command({hotline.program(), "check", "--config", config});
    EXPECT_EQ(checked.code, 1);
    const std::string said = hotline.path("roster.yaml") + ":6: unknown-line";
    EXPECT_THAT(checked.out, HasSubstr(said));
    EXPECT_THAT(checked.out, Not(HasSubstr("50055501")));
    const Ran served = run_command({hotline.program(), "serve", "--config", config});
    EXPECT_EQ(served.code, 78);
    EXPECT_THAT(served.err, HasSubstr(said));
}

TEST(Taking, AProgramWithoutARosterIsAWarningOfCheck) {
    const Hotline hotline;
    const Ran checked =
        run_command({hotline.program(), "check", "--config", hotline.path("rightsline.yaml")});
    EXPECT_EQ(checked.code, 0) << checked.out;
    EXPECT_THAT(checked.out,
                HasSubstr("rightsline.yaml:1: no-roster: nobody is told when a report comes in"));
    EXPECT_THAT(say(hotline, {"alert", "list"}).err, HasSubstr("has no roster"));
    EXPECT_EQ(say(hotline, {"roster", "now"}).code, 65);
}

TEST(Taking, WhomTheCaseKeepsOutCannotTakeIt) {
    Hotline hotline;
    add_roster(hotline);
    hotline.phone("+13055550191").texts({"help me they have my passport"});
    ASSERT_TRUE(eventually([&] { return !open_alerts(hotline).empty(); }));
    const std::string alias(open_alerts(hotline).at(0).as_object().at("alias").as_string());
    EXPECT_EQ(say(hotline, {"case", "exclude", alias, "maria"}).code, 0);
    const Ran refused = say(hotline, {"alert", "take", alias, "--as", "maria"});
    EXPECT_EQ(refused.code, 1) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("keeps maria out"));
    EXPECT_EQ(say(hotline, {"alert", "take", alias, "--as", "jean"}).code, 0);
    EXPECT_THAT(say(hotline, {"case", "list", "--mine", "jean"}).out, HasSubstr(alias));
}

}  // namespace
}  // namespace rightsline::tests

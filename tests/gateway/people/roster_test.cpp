#include "gateway/people/roster.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rightsline::people {
namespace {

using namespace std::chrono_literals;

constexpr const char* whole = R"(
people:
  maria: {phone: "+15005550101", language: es, hours: ["mon-fri 06:00-22:00"]}
  jean: {phone: "+15005550102", language: ht, media: [sms]}
  ana: {phone: "+15005550103", media: [call]}
order: [maria, jean]
supervisors: [ana]
step_seconds: 90
repeat_minutes: 10
line: "+15005550006"
)";

std::string complaints_of(const std::string& text) {
    locales::Complaints complaints;
    (void)read_roster(text, "roster.yaml", complaints);
    std::string all;
    for (const locales::Complaint& one : complaints) {
        all += to_line(one) + "\n";
    }
    return all;
}

TEST(RosterFile, IsReadAsItWasWritten) {
    locales::Complaints complaints;
    const Roster roster = read_roster(whole, "roster.yaml", complaints);
    ASSERT_TRUE(complaints.empty()) << to_line(complaints.front());
    ASSERT_EQ(roster.people.size(), 3U);
    EXPECT_EQ(roster.people[0].name, "maria");
    EXPECT_EQ(roster.people[0].language.str(), "es");
    EXPECT_FALSE(roster.people[0].hours.cover({6, 700}));
    EXPECT_TRUE(roster.people[1].texts);
    EXPECT_FALSE(roster.people[1].calls);
    EXPECT_FALSE(roster.people[2].texts);
    EXPECT_EQ(roster.order, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(roster.supervisors, std::vector<std::size_t>{2});
    EXPECT_EQ(roster.step, 90s);
    EXPECT_EQ(roster.repeat, 10min);
    EXPECT_EQ(roster.line, "+15005550006");
}

TEST(RosterFile, LiveIsNeitherTrueNorFalse) {
    for (const char* word : {"false", "true", "no"}) {
        const std::string all = complaints_of(
            "people:\n  ana: {phone: \"+15005550101\"}\norder: [ana]\nlive: " + std::string(word) + "\n");
        EXPECT_NE(all.find("roster.yaml:4: not-a-map"), std::string::npos) << word << all;
    }
}

TEST(RosterFile, SaysWhenSomebodyIsAwayOrStandsIn) {
    locales::Complaints complaints;
    const Roster roster = read_roster(
        "people:\n  ana: {phone: \"+15005550101\", hours: [\"mon-fri 06:00-22:00\"], away: [\"2026-12-25\"], "
        "stands_in: [\"2026-12-26 08:00 to 2026-12-26 12:00\"]}\norder: [ana]\n",
        "roster.yaml", complaints);
    ASSERT_TRUE(complaints.empty()) << to_line(complaints.front());
    EXPECT_FALSE(roster.people[0].hours.cover(*parse_wall_time("2026-12-25 12:00")));
    EXPECT_TRUE(roster.people[0].hours.cover(*parse_wall_time("2026-12-26 11:59")));
    const std::string wrong = complaints_of(
        "people:\n  ana: {phone: \"+15005550101\", away: [\"25 December\"], stands_in: tomorrow}\norder: "
        "[ana]\n");
    EXPECT_NE(wrong.find("roster.yaml:2: bad-dates"), std::string::npos) << wrong;
    EXPECT_NE(wrong.find("roster.yaml:2: not-a-list"), std::string::npos) << wrong;
}

TEST(RosterFile, OneMistakeIsSaidOnceAndHidesNoOther) {
    const std::string all = complaints_of(
        "people:\n  ana: {phone: \"12\", hours: [\"mon-fry 9-5\"]}\norder: [ana, mario]\nsupervisors: "
        "[ana]\n");
    EXPECT_NE(all.find("roster.yaml:2: bad-phone"), std::string::npos) << all;
    EXPECT_NE(all.find("roster.yaml:2: bad-hours"), std::string::npos) << all;
    EXPECT_NE(all.find("nobody here is called mario"), std::string::npos) << all;
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 3) << all;
}

TEST(RosterFile, CallersArePutThroughOnlyWhereItSaysSo) {
    locales::Complaints complaints;
    EXPECT_FALSE(read_roster(whole, "roster.yaml", complaints).live);
    const Roster plain = read_roster(std::string(whole) + "live: {}\n", "roster.yaml", complaints);
    ASSERT_TRUE(plain.live);
    EXPECT_FALSE(plain.live->all_at_once);
    EXPECT_EQ(plain.live->ring, 20s);
    EXPECT_EQ(plain.live->patience, 75s);
    const Roster other =
        read_roster(std::string(whole) + "live: {ring: parallel, ring_seconds: 30, wait_seconds: 40}\n",
                    "roster.yaml", complaints);
    ASSERT_TRUE(other.live);
    EXPECT_TRUE(other.live->all_at_once);
    EXPECT_EQ(other.live->ring, 30s);
    EXPECT_EQ(other.live->patience, 40s);
    EXPECT_TRUE(complaints.empty());
}

TEST(RosterFile, NamesWhoOfOtherOrganisationsIsToldOfAnOffer) {
    locales::Complaints complaints;
    const Roster roster = read_roster(
        std::string(whole) + "organisations: {investigators: [desk@example.org, b@example.org]}\n",
        "roster.yaml", complaints);
    ASSERT_TRUE(complaints.empty()) << to_line(complaints.front());
    ASSERT_EQ(roster.organisations.at("investigators").size(), 2U);
    EXPECT_EQ(roster.organisations.at("investigators")[1].reveal(), "b@example.org");
    EXPECT_NE(complaints_of(std::string(whole) + "organisations: {brand: [no address]}\n").find("bad-email"),
              std::string::npos);
    EXPECT_NE(complaints_of(std::string(whole) + "organisations: {brand: []}\n").find("nobody-told"),
              std::string::npos);
}

TEST(RosterFile, HowOftenPeopleMayBeWokenForCallersCanBeSaid) {
    locales::Complaints complaints;
    const Roster plain = read_roster(std::string(whole) + "live: {}\n", "roster.yaml", complaints);
    EXPECT_EQ(plain.live->caps.caller_hour, 4);
    EXPECT_EQ(plain.live->caps.minute, 6);
    const Roster other = read_roster(
        std::string(whole) +
            "live: {caps: {caller_hour: 2, caller_day: 5, block_hour: 7, minute: 3, hour: 20, day: 90}}\n",
        "roster.yaml", complaints);
    ASSERT_TRUE(complaints.empty()) << to_line(complaints.front());
    EXPECT_EQ(other.live->caps.caller_hour, 2);
    EXPECT_EQ(other.live->caps.caller_day, 5);
    EXPECT_EQ(other.live->caps.block_hour, 7);
    EXPECT_EQ(other.live->caps.minute, 3);
    EXPECT_EQ(other.live->caps.hour, 20);
    EXPECT_EQ(other.live->caps.day, 90);
    EXPECT_NE(complaints_of(std::string(whole) + "live: {caps: {minute: 0}}\n"), "");
    EXPECT_NE(complaints_of(std::string(whole) + "live: {caps: {a_week: 3}}\n"), "");
}

TEST(RosterFile, SaysWhoSomebodyIsAndWhetherCallersAreAsked) {
    const std::string woman = "people:\n  ana: {phone: \"+15005550103\", gender: woman}\norder: [ana]\n";
    locales::Complaints complaints;
    const Roster plain = read_roster(woman + "live: {}\n", "roster.yaml", complaints);
    EXPECT_EQ(plain.people[0].gender, "woman");
    EXPECT_FALSE(plain.live->asks_gender) << "off, where it does not say so";
    EXPECT_TRUE(read_roster(woman + "live: {gender: asked}\n", "roster.yaml", complaints).live->asks_gender);
    EXPECT_TRUE(complaints.empty());
    EXPECT_NE(complaints_of(woman + "live: {gender: always}\n").find("bad-gender"), std::string::npos);
    EXPECT_NE(complaints_of("people:\n  ana: {phone: \"+15005550103\", gender: \"A woman\"}\norder: [ana]\n")
                  .find("bad-gender"),
              std::string::npos);
}

TEST(RosterFile, EveryMistakeIsNamedWithItsLineAndNeverWithANumber) {
    const std::pair<const char*, const char*> mistakes[] = {
        {"people:\n  maria: {phone: \"12\"}\norder: [maria]\n", "roster.yaml:2: bad-phone"},
        {"people:\n  Maria: {phone: \"+15005550101\"}\norder: [Maria]\n", "bad-name"},
        {"people:\n  maria: {phone: \"+15005550101\"}\norder: [mario]\n", "roster.yaml:3: unknown-person"},
        {"people:\n  maria: {phone: \"+15005550101\"}\n", "nobody-on-call"},
        {"people:\n  maria: {phone: \"+15005550101\"}\norder: [maria, maria]\n", "named-twice"},
        {"people:\n  maria: {phone: \"+15005550101\", speaks: es}\norder: [maria]\n", "not-a-list"},
        {"people:\n  maria: {phone: \"+15005550101\"}\norder: [maria]\nlive: {ring: loudly}\n", "bad-ring"},
        {"people:\n  maria: {phone: \"+15005550101\"}\norder: [maria]\nlive: {wait_seconds: 1}\n",
         "bad-number"},
        {"people:\n  maria: {phone: \"+15005550101\", media: [fax]}\norder: [maria]\n", "unknown-medium"},
        {"people:\n  maria: {phone: \"+15005550101\", media: []}\norder: [maria]\n", "no-medium"},
        {"people:\n  maria: {phone: \"+15005550101\", hours: [always]}\norder: [maria]\n", "bad-hours"},
        {"people:\n  maria: {phone: \"+15005550101\", hours: \"mon 06:00-07:00\"}\norder: [maria]\n",
         "not-a-list"},
        {"people:\n  maria: {phone: \"+15005550101\", langage: es}\norder: [maria]\n", "unknown-key"},
        {"people:\n  maria: {phone: \"+15005550101\"}\norder: [maria]\nstep_seconds: 5\n", "bad-number"},
        {"people:\n  maria: {phone: \"+15005550101\"}\n  jo: {phone: \"+15005550101\"}\norder: [maria]\n",
         "one-phone-twice"},
        {"people: [", "roster.yaml"}};
    for (const auto& [text, expected] : mistakes) {
        const std::string said = complaints_of(text);
        EXPECT_NE(said.find(expected), std::string::npos) << text << said;
        EXPECT_EQ(said.find("5005550101"), std::string::npos) << said;
    }
}

}  // namespace
}  // namespace rightsline::people

#include "gateway/people/rosters.hpp"

#include <gtest/gtest.h>

namespace rightsline::people {
namespace {

constexpr const char* two_people = R"(
people:
  maria: {phone: "+15005550101"}
  jean: {phone: "+50955550102", media: [sms]}
order: [maria, jean]
)";

class Rosters : public testing::Test {
 protected:
    Rosters() {
        config.file = "rightsline.yaml";
        line("+15005550006", "fair-food", {config::Mode::sms, config::Mode::voice});
        roster("fair-food", two_people);
    }
    void line(const std::string& number, const std::string& program, std::set<config::Mode> modes) {
        config::Line one;
        one.program = program;
        one.modes = std::move(modes);
        config.lines[number] = one;
    }
    void roster(const std::string& program, const std::string& text) {
        config.rosters[program] = {"roster.yaml", locales::PrivateText(text)};
    }
    std::string complaints(const std::set<std::string>& programs = {"fair-food"}) {
        locales::Complaints found;
        read = read_rosters(config, programs, found);
        errors = has_errors(found);
        std::string all;
        for (const locales::Complaint& one : found) {
            all += to_line(one) + "\n";
        }
        EXPECT_EQ(all.find("5550101"), std::string::npos) << all;
        EXPECT_EQ(all.find("5550102"), std::string::npos) << all;
        return all;
    }

    config::Config config;
    std::map<std::string, Roster> read;
    bool errors = false;
};

TEST_F(Rosters, AreReadByProgramAndAGoodOneHasNoComplaint) {
    EXPECT_EQ(complaints(), "");
    EXPECT_EQ(read.at("fair-food").people.size(), 2U);
    EXPECT_EQ(alert_line(config, "fair-food", read.at("fair-food")), "+15005550006");
}

TEST_F(Rosters, AProgramWithoutOneIsAWarning) {
    config.rosters.clear();
    EXPECT_NE(complaints().find("rightsline.yaml:1: no-roster: nobody is told when a report comes in"),
              std::string::npos);
    EXPECT_FALSE(errors);
}

TEST_F(Rosters, OneOfNoProgramIsAnError) {
    roster("fair-fod", two_people);
    EXPECT_NE(complaints().find("unknown-program"), std::string::npos);
    EXPECT_TRUE(errors);
}

TEST_F(Rosters, WhatIsWrongInTheFileIsSaidWithItsLine) {
    roster("fair-food", "people:\n  maria: {phone: \"12\"}\norder: [maria]\n");
    EXPECT_NE(complaints().find("roster.yaml:2: bad-phone"), std::string::npos);
    EXPECT_TRUE(errors);
}

TEST_F(Rosters, TheirLineMustBeOneOfTheProgramThatTexts) {
    line("+15005550007", "other", {config::Mode::sms});
    line("+15005550008", "fair-food", {config::Mode::voice});
    const std::pair<const char*, const char*> lines[] = {
        {"+15005550009", "roster.yaml:6: unknown-line"},
        {"+15005550007", "roster.yaml:6: unknown-line"},
        {"+15005550008", "roster.yaml:6: mute-line"},
    };
    for (const auto& [number, complaint] : lines) {
        roster("fair-food", std::string(two_people) + "line: \"" + number + "\"\n");
        EXPECT_NE(complaints().find(complaint), std::string::npos) << number << ": " << complaints();
        EXPECT_TRUE(errors);
    }
}

TEST_F(Rosters, AProgramNoneOfWhoseLinesTextsCanTellNobody) {
    config.lines.clear();
    line("+15005550008", "fair-food", {config::Mode::voice});
    EXPECT_NE(complaints().find("no-line"), std::string::npos);
    EXPECT_TRUE(errors);
}

TEST_F(Rosters, ToBeCalledByALineWithoutVoiceIsAWarningOfEachWhoWouldBe) {
    line("+15005550006", "fair-food", {config::Mode::sms});
    EXPECT_EQ(complaints().find("roster.yaml:3: no-voice: maria"), 0U) << complaints();
    EXPECT_EQ(complaints().find("jean"), std::string::npos);
    EXPECT_FALSE(errors);
}

TEST_F(Rosters, TheHoursInWhichNobodyIsOnDutyAreAWarningThatNamesThem) {
    roster("fair-food",
           "people:\n  maria: {phone: \"+15005550101\", hours: [\"mon-fri 00:00-12:00\"]}\n  ana: {phone: "
           "\"+15005550103\"}\norder: [maria]\nsupervisors: [ana]\n");
    EXPECT_EQ(complaints().find("roster.yaml:4: nobody-on-duty: mon-fri 12:00-24:00, sat, sun: "), 0U)
        << complaints();
    EXPECT_FALSE(errors);
}

TEST_F(Rosters, HoursThatOverlapAreAccepted) {
    roster(
        "fair-food",
        "people:\n  maria: {phone: \"+15005550101\", hours: [\"daily 06:00-22:00\", \"mon 08:00-10:00\"]}\n"
        "  jean: {phone: \"+50955550102\", hours: [\"daily 20:00-08:00\"]}\norder: [maria, jean]\n");
    EXPECT_EQ(complaints(), "");
}

// One such phone would hold up everybody who is to be told after it.
TEST_F(Rosters, APhoneInACountryThatNothingIsSentToIsAnError) {
    config.sending.prefixes = {"+1"};
    EXPECT_EQ(complaints().find("roster.yaml:4: prefix-refused: the phone of jean"), 0U) << complaints();
    EXPECT_TRUE(errors);
    config.sending.prefixes = {"+1", "+509"};
    EXPECT_EQ(complaints(), "");
}

TEST_F(Rosters, APhoneThatCostsExtraIsAnErrorUnlessItsCodeIsAllowed) {
    roster("fair-food", "people:\n  maria: {phone: \"+19005550101\"}\norder: [maria]\n");
    EXPECT_EQ(complaints().find("roster.yaml:2: range-refused: the phone of maria"), 0U) << complaints();
    EXPECT_TRUE(errors);
    roster("fair-food", "people:\n  maria: {phone: \"+881655550101\"}\norder: [maria]\n");
    EXPECT_EQ(complaints().find("roster.yaml:2: range-refused: the phone of maria"), 0U) << complaints();
    config.sending.prefixes = {"+1", "+881"};
    EXPECT_EQ(complaints(), "");
}

TEST_F(Rosters, ThatNobodyOnCallCanBeRungForACallerIsAWarning) {
    const char* nobody =
        "people:\n  maria: {phone: \"+15005550101\", media: [sms]}\n"
        "  jean: {phone: \"+15995550102\"}\norder: [maria, jean]\n";
    roster("fair-food", std::string(nobody) + "live: {}\n");
    EXPECT_EQ(complaints().find("roster.yaml:1: nobody-answers"), 0U) << complaints();
    EXPECT_FALSE(errors);
    roster("fair-food", nobody);
    EXPECT_EQ(complaints(), "") << "without live nobody is to be rung";
    roster("fair-food", std::string(two_people) + "live: {}\n");
    EXPECT_EQ(complaints(), "");
    config.sending.prefixes = {"+881"};
    roster("fair-food", "people:\n  maria: {phone: \"+881655550101\"}\norder: [maria]\nlive: {}\n");
    EXPECT_EQ(complaints(), "") << "a satellite that sending allows";
}

TEST_F(Rosters, ThatAskForAWomanAndKnowNoneAreWarnedOf) {
    const std::string ana = "people:\n  ana: {phone: \"+15005550103\"";
    roster("fair-food", ana + "}\norder: [ana]\nlive: {gender: asked}\n");
    EXPECT_NE(complaints().find("gender-of-nobody"), std::string::npos);
    EXPECT_FALSE(errors);
    roster("fair-food", ana + ", gender: woman}\norder: [ana]\nlive: {gender: asked}\n");
    EXPECT_EQ(complaints(), "");
}

}  // namespace
}  // namespace rightsline::people

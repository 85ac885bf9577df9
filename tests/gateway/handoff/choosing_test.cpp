#include "gateway/handoff/choosing.hpp"

#include <gtest/gtest.h>

namespace rightsline::handoff {
namespace {

using Names = std::vector<std::string>;

locales::LanguageTag tag(const char* text) { return locales::LanguageTag::parse(text).value(); }

people::Roster roster(const std::string& live = "live: {}\n") {
    locales::Complaints complaints;
    people::Roster read = people::read_roster(
        "people:\n"
        "  ana: {phone: \"+15005550101\", speaks: [es, en]}\n"
        "  ben: {phone: \"+15005550102\"}\n"
        "  eva: {phone: \"+15005550103\", speaks: [es], media: [sms]}\n"
        "  leo: {phone: \"+15005550104\", speaks: [es], hours: [\"mon 22:00-06:00\"]}\n"
        "  zoe: {phone: \"+15005550105\", speaks: [en, es]}\n"
        "order: [leo, eva, ben, ana]\n"
        "supervisors: [zoe]\n" +
            live,
        "roster.yaml", complaints);
    EXPECT_TRUE(complaints.empty());
    return read;
}

constexpr people::WeekTime noon{0, 720};
constexpr people::WeekTime night{1, 60};

TEST(Choosing, InTheOrderOfTheRosterWhoIsOnDutyAndMayBeCalled) {
    EXPECT_EQ(choose(roster(), noon, tag("es"), tag("en")), (Names{"ana"}));
    EXPECT_EQ(choose(roster(), night, tag("es"), tag("en")), (Names{"leo", "ana"}));
}

TEST(Choosing, WhoHasNotSaidWhatTheySpeakCountsForTheProgramsOwnLanguageOnly) {
    EXPECT_EQ(choose(roster(), noon, tag("en"), tag("en")), (Names{"ben", "ana"}));
    EXPECT_EQ(choose(roster(), noon, tag("en"), tag("es")), (Names{"ana"}));
    EXPECT_EQ(choose(roster(), noon, tag("ht"), tag("en")), Names{});
}

TEST(Choosing, WhoAskedForAWomanIsPutThroughToThoseAloneWhoSayThatTheyAre) {
    people::Roster all = roster();
    EXPECT_EQ(choose(all, noon, tag("en"), tag("en"), "woman"), Names{}) << "nobody has said it";
    all.people[0].gender = "woman";  // ana
    EXPECT_EQ(choose(all, noon, tag("en"), tag("en"), "woman"), (Names{"ana"}));
    EXPECT_EQ(choose(all, noon, tag("en"), tag("en"), "man"), Names{});
}

TEST(Choosing, NobodyIsCalledForACallerWhoHasNotBeenAskedToAnswer) {
    EXPECT_EQ(choose(roster(""), noon, tag("en"), tag("en")), Names{});
}

}  // namespace
}  // namespace rightsline::handoff

#include "gateway/cases/sites.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

using testing::ElementsAre;

const Sites::Names people{"maria", "jean", "ana"};

Sites farms() { return {{{"sol-farm", {"jean"}}, {"rio-farm", {}}}, {{"maria", {"rio-farm"}}}}; }

boost::system::error_code refused(const SitesWish& wish, std::string_view actor = "ana") {
    const Result<SitesDecision> decision = decide(farms(), people, actor, wish);
    return decision ? boost::system::error_code() : decision.error();
}

SitesDecision done(const SitesWish& wish, std::string_view actor = "ana") {
    return decide(farms(), people, actor, wish).value();
}

TEST(SitesOfAProgram, ComeBackFromTheirBytes) {
    const Result<Sites> back = parse_sites(to_bytes(farms()));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->employer, farms().employer);
    EXPECT_EQ(back->near, farms().near);
    for (const char* bytes :
         {"", "junk", "{}", R"({"shape":2,"employer":{},"near":{}})",
          R"({"shape":1,"employer":[],"near":{}})", R"({"shape":1,"employer":{"a":"jean"},"near":{}})",
          R"({"shape":1,"employer":{"a":[1]},"near":{}})"}) {
        EXPECT_EQ(parse_sites(bytes).error(), errc::damaged) << bytes;
    }
}

TEST(SitesOfAProgram, WhoWasSentNowhereLooksAfterAll) {
    EXPECT_TRUE(farms().looks_after("ana", "sol-farm"));
    EXPECT_FALSE(farms().looks_after("maria", "sol-farm"));
    EXPECT_TRUE(farms().looks_after("maria", "rio-farm"));
    const SitesDecision freed = done(SendTo{"maria", {}});
    EXPECT_TRUE(freed.after.looks_after("maria", "sol-farm"));
    EXPECT_FALSE(done(SendTo{"jean", {}}).changed);
}

TEST(SitesOfAProgram, WhoseOnlySiteIsTakenAwayLooksAfterNoneUntilTheyAreSentElsewhere) {
    Sites after = done(RemoveSite{"rio-farm"}).after;
    EXPECT_FALSE(after.looks_after("maria", "sol-farm"));
    EXPECT_FALSE(parse_sites(to_bytes(after))->looks_after("maria", "sol-farm"));
}

TEST(SitesOfAProgram, ANameThatNobodyHasIsListedNowhereAndWhoLeftCanBeTakenOff) {
    EXPECT_EQ(refused(ListEmployer{"sol-farm", "mria"}), errc::unknown_person);
    EXPECT_EQ(refused(ListEmployer{"sol-frm", "maria"}), errc::unknown_site);
    EXPECT_EQ(refused(SendTo{"maria", {"sol-frm"}}), errc::unknown_site);
    EXPECT_EQ(refused(SendTo{"mria", {"sol-farm"}}), errc::unknown_person);
    EXPECT_FALSE(refused(ListEmployer{"sol-farm", "who.left", true}));
    EXPECT_THAT(done(ListEmployer{"sol-farm", "maria"}).after.employer.at("sol-farm"),
                ElementsAre("jean", "maria"));
    EXPECT_FALSE(done(ListEmployer{"sol-farm", "jean"}).changed);
}

TEST(SitesOfAProgram, NobodyListsFreesOrSendsThemselves) {
    EXPECT_EQ(refused(ListEmployer{"sol-farm", "jean", true}, "jean"), errc::themselves);
    EXPECT_EQ(refused(RemoveSite{"sol-farm"}, "jean"), errc::themselves) << "their name would be gone";
    EXPECT_EQ(refused(RemoveSite{"sol-farm"}, "maria"), errc::still_listed)
        << "its cases would be there for them";
    EXPECT_EQ(refused(SendTo{"maria", {}}, "maria"), errc::themselves);
    EXPECT_FALSE(refused(ListEmployer{"sol-farm", "jean", true}, "")) << "whoever is on this machine";
}

TEST(SitesOfAProgram, ASiteHasAPlainName) {
    for (const std::string& bad :
         {std::string(), std::string("Sol Farm"), std::string(41, 'a'), std::string("a/b")}) {
        EXPECT_EQ(refused(AddSite{bad}), errc::bad_site) << bad;
    }
    EXPECT_TRUE(done(AddSite{"nien-hsing.2"}).after.has("nien-hsing.2"));
    EXPECT_FALSE(done(AddSite{"sol-farm"}).changed);
}

}  // namespace
}  // namespace rightsline::cases

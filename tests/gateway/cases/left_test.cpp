// A case that is nobody's again: when it is, and how it is kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

Result<Decision> decided(const Wish& wish, const Casework& now, const std::string& actor = "maria",
                         const std::string& status = "received") {
    flows::Pack script;
    for (const char* key : {"received", "closed"}) {
        flows::CaseStatus one;
        one.key = key;
        one.closes = one.key == "closed";
        script.statuses.push_back(one);
    }
    CaseFacts facts;
    facts.id = std::string(32, 'a');
    facts.status = status;
    const People people{{"maria", "jean", "ana"}, {"ana"}};
    return decide(script, people, now, facts, actor, wish, 1000);
}

TEST(Casework, ByWhateverAnOpenCaseComesToNobodyItIsLeft) {
    const Casework marias{"maria", {}, {}, {}};
    const Casework no_supervisor{"maria", {}, {"ana"}, {}};
    for (const Result<Decision>& decision :
         {decided(Assign{""}, marias), decided(Assign{"", "maria"}, marias), decided(Recuse{}, no_supervisor),
          decided(Exclude{"maria"}, no_supervisor, "jean")}) {
        ASSERT_TRUE(decision);
        EXPECT_TRUE(decision->left);
        EXPECT_EQ(decision->after.left, 1000);
    }
    for (const Result<Decision>& decision :
         {decided(Assign{"jean"}, marias), decided(Assign{""}, {}), decided(Recuse{}, marias),
          decided(Exclude{"jean"}, marias), decided(Assign{""}, marias, "maria", "closed")}) {
        ASSERT_TRUE(decision);
        EXPECT_FALSE(decision->left);
        EXPECT_EQ(decision->after.left, 0);
    }
}

TEST(Casework, ThatItIsLeftComesBackAndOnlyABuildThatKnowsOfItReadsIt) {
    Casework work;
    work.left = 1'795'300'000;
    for (const char* category : {"", "injury"}) {
        work.category = category;
        const std::string bytes = to_bytes(work);
        EXPECT_THAT(bytes, testing::HasSubstr("\"shape\":4"));
        const Result<Casework> back = parse_casework(bytes, nullptr);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->left, work.left);
        EXPECT_EQ(back->category, category);
    }
    for (const char* bytes :
         {R"({"shape":1,"assignee":"","recused":[],"excluded":[],"changes":[],"left":5})",
          R"({"shape":4,"assignee":"","recused":[],"excluded":[],"changes":[],"left":"5"})"}) {
        EXPECT_EQ(parse_casework(bytes, nullptr).error(), errc::damaged) << bytes;
    }
}

}  // namespace
}  // namespace rightsline::cases

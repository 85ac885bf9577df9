// A case that is sealed to a circle of which somebody has no key is said to be so; and a circle without a key is told before a start.
#include "gateway/cli/casework/case_circle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cli/check_config.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

PrivateKeys key_of(const char* circle) {
    PrivateKeys keys;
    keys.keys.push_back(vault::CirclePrivateKey::parse(vault::make_circle(circle, 1).private_file).value());
    return keys;
}

TEST(CaseCircle, OfAProgramsOwnHasTheProgramsName) {
    EXPECT_EQ(circle_of({{"program", "fair-food"}, {"circle", ""}}), "fair-food");
    EXPECT_EQ(circle_of({{"program", "fair-food"}}), "fair-food") << "a server from before there were others";
    EXPECT_EQ(circle_of({{"program", "fair-food"}, {"circle", "assault"}}), "assault");
}

TEST(CaseCircle, WhoHasNoKeyOfItIsToldWhoseItIsAndNotThatSomethingIsWrong) {
    testing::internal::CaptureStderr();
    EXPECT_FALSE(has_key_of(key_of("fair-food"), "assault"));
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_THAT(said, HasSubstr("sealed to the circle assault"));
    EXPECT_THAT(said, HasSubstr("Nothing is wrong"));
    EXPECT_THAT(said, HasSubstr("--shares assault.N.shares"));
    testing::internal::CaptureStderr();
    EXPECT_TRUE(has_key_of(key_of("assault"), "assault"));
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(CheckCircles, OneWithoutAKeyIsNamedWithItsMend) {
    flows::Pack pack;
    pack.program = "fair-food";
    pack.circles.names = {"assault", "clinic"};
    CheckedConfig config;
    config.keys_dir = "/etc/rightsline/keys";
    EXPECT_TRUE(check_circles(config, pack).empty()) << "that the keys cannot be read was said";
    config.circles = {"clinic", "fair-food"};
    const locales::Complaints found = check_circles(config, pack);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].rule, "no-circle");
    EXPECT_THAT(found[0].what, HasSubstr("assault"));
    EXPECT_THAT(found[0].what, Not(HasSubstr("clinic")));
}

}  // namespace
}  // namespace rightsline::cli

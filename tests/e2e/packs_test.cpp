// A mistake in a flow file: the server keeps, or finds again, the pack that worked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;

TEST(Packs, ABrokenFlowFileChangesNothingForWorkers) {
    Hotline hotline({.own_program = true});
    const TwilioPhone underway = hotline.phone("+13055550171");
    underway.texts({"hola", "2"});
    std::ofstream(hotline.flows_folder() + "/hotline.flow.yaml", std::ios::app)
        << "\n  nowhere: {say: Hi, next: void}\n";
    hotline.server().hang_up();
    ASSERT_TRUE(eventually(
        [&] { return hotline.server().log().find("reload_refused_keeping_pack") != std::string::npos; }));
    EXPECT_THAT(hotline.server().log(), HasSubstr("hotline.flow.yaml:"));
    EXPECT_THAT(underway.texts({"2"}), HasSubstr(hotline.words("hotline.main.menu", "es")));
    EXPECT_THAT(hotline.phone("+13055550172").texts({"hi", "1"}),
                HasSubstr(hotline.words("hotline.danger_now.menu", "en")));

    EXPECT_EQ(hotline.server().stop(), 0);
    hotline.server().start();
    EXPECT_TRUE(eventually([&] {
        return hotline.server().log().find("program_broken_using_stored_pack") != std::string::npos;
    }));
    EXPECT_THAT(underway.texts({"2"}), HasSubstr(hotline.words("hotline.what_happened.menu", "es")));
    EXPECT_THAT(hotline.phone("+13055550173").texts({"hi", "1"}),
                HasSubstr(hotline.words("hotline.danger_now.menu", "en")));
}

}  // namespace
}  // namespace rightsline::tests

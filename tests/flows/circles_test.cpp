// Which circles a program has, which of its families are sealed to them, and what is sealed before anybody knows.
#include <gtest/gtest.h>

#include "flows/loader.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

/// The excerpt with these circles, and `force` sealed to one of them.
Compiled with(const std::string& circles, const std::string& of_force) {
    Bundle bundle = tests::excerpt();
    std::string& program = bundle.files.at("flows/fair-food/program.yaml");
    const std::string force = "{say: Violence or threats, urgency: P1}";
    program.replace(program.find(force), force.size(),
                    "{say: Violence or threats, urgency: P1" + of_force + "}");
    program.insert(program.find("families:\n"), "circles: " + circles + "\n");
    return compile(bundle);
}

TEST(Circles, AFamilyIsSealedToTheOneThatItNamesAndEveryOtherToTheProgramsOwn) {
    const Compiled compiled = with("[assault, retaliation]", ", circle: retaliation");
    ASSERT_TRUE(compiled.pack) << tests::lines(compiled.complaints);
    const Circles& circles = compiled.pack->circles;
    EXPECT_EQ(circles.of("force"), "retaliation");
    EXPECT_EQ(circles.of("wages"), "");
}

TEST(Circles, WhatNobodyKnowsYetGoesToTheFirst) {
    const Compiled compiled = with("[assault, retaliation]", ", circle: retaliation");
    EXPECT_EQ(compiled.pack->circles.of(""), "assault");
    EXPECT_EQ(compile(tests::excerpt()).pack->circles.of(""), "") << "there is only the program's own";
}

TEST(Circles, TheStricterIsTheOneThatIsNamedFirst) {
    const Circles circles{{"assault", "retaliation"}, {}};
    EXPECT_EQ(circles.stricter("assault", "retaliation"), "assault");
    EXPECT_EQ(circles.stricter("retaliation", "assault"), "assault");
    EXPECT_EQ(circles.stricter("", "retaliation"), "retaliation");
    EXPECT_EQ(circles.stricter("retaliation", ""), "retaliation");
    EXPECT_EQ(circles.stricter("", ""), "");
    EXPECT_EQ(circles.stricter("of-before", ""), "of-before") << "who has its key had a reason";
}

TEST(Circles, OneThatCannotBeIsToldWithItsMend) {
    for (const auto& [circles, of_force, rule] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"[assault]", ", circle: asault", "unknown-circle"},
             {"[]", ", circle: assault", "unknown-circle"},
             {"[fair-food]", "", "bad-circle"},
             {"[assault, assault]", "", "bad-circle"},
             {"[Our_Circle]", "", "bad-circle"},
             {"[a, b, c, d, e, f]", "", "bad-circle"}}) {
        const Compiled compiled = with(circles, of_force);
        EXPECT_FALSE(compiled.pack) << circles;
        EXPECT_NE(tests::lines(compiled.complaints).find(rule), std::string::npos)
            << circles << "\n"
            << tests::lines(compiled.complaints);
    }
}

}  // namespace
}  // namespace rightsline::flows

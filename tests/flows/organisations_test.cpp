// Who else may be asked to work on a program's reports, as its program.yaml names them.
#include <gtest/gtest.h>

#include <algorithm>

#include "flows/loader.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

/// The excerpt with one more status, and these organisations.
Compiled with(const std::string& organisations) {
    Bundle bundle = tests::excerpt();
    std::string& program = bundle.files.at("flows/fair-food/program.yaml");
    const std::string line = "  received: {say: We have your report.}\n";
    program.replace(program.find(line), line.size(),
                    line + "  referred: {say: We passed it on.}\n  done: {say: It is done., closes: true}\n" +
                        "organisations: " + organisations + "\n");
    return compile(bundle);
}

TEST(Organisations, AreKnownByTheirCircleTheirConsentAndTheStatusThatTheyGive) {
    const Compiled compiled = with(
        "{investigators: {name: Inspectors, circle: inspectors, consent: investigator, status: referred, "
        "answer_within: 3d}, union: {circle: garment-union, consent: union}}");
    ASSERT_TRUE(compiled.pack) << tests::lines(compiled.complaints);
    const std::vector<Organisation>& all = compiled.pack->organisations;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].key, "investigators");
    EXPECT_EQ(all[0].name, "Inspectors");
    EXPECT_EQ(all[0].circle, "inspectors");
    EXPECT_EQ(all[0].consent, "investigator");
    EXPECT_EQ(all[0].answer_within, std::chrono::days(3));
    EXPECT_EQ(all[1].name, "union");
    EXPECT_EQ(all[1].answer_within, std::chrono::days(7));
    const auto referred = std::ranges::find(compiled.pack->statuses, "referred", &CaseStatus::key);
    ASSERT_NE(referred, compiled.pack->statuses.end());
    EXPECT_EQ(referred->passed_to, "investigators");
    EXPECT_TRUE(compiled.pack->statuses.front().passed_to.empty());
}

TEST(Organisations, OneThatCannotBeIsToldWithItsMend) {
    for (const auto& [organisations, rule] : std::vector<std::pair<std::string, std::string>>{
             {"{a: {circle: a, consent: check_in}}", "bad-consent"},
             {"{a: {circle: a, consent: everybody}}", "bad-consent"},
             {"{a: {circle: a}}", "bad-consent"},
             {"{a: {consent: union}}", "bad-circle"},
             {"{a: {circle: fair-food, consent: union}}", "bad-circle"},
             {"{a: {circle: Our_Circle, consent: union}}", "bad-circle"},
             {"{a: {circle: x, consent: union}, b: {circle: x, consent: buyer}}", "bad-circle"},
             {"{a: {circle: a, consent: union, status: received}}", "bad-value"},
             {"{a: {circle: a, consent: union, status: done}}", "bad-value"},
             {"{a: {circle: a, consent: union, status: passed}}", "bad-value"},
             {"{a: {circle: a, consent: union, answer_within: 3h}}", "bad-value"},
             {"{a: {circle: a, consent: union, answer_within: 100d}}", "bad-value"},
             {"{A/B: {circle: a, consent: union}}", "bad-name"},
             {"{a: {circle: a, consent: union, people: [jean]}}", "unknown-key"}}) {
        const Compiled compiled = with(organisations);
        EXPECT_FALSE(compiled.pack) << organisations;
        EXPECT_NE(tests::lines(compiled.complaints).find(rule), std::string::npos)
            << organisations << "\n"
            << tests::lines(compiled.complaints);
    }
}

TEST(Organisations, InLesothoTheLineListensAndOthersInvestigateOnceTheWorkerSaysYes) {
    const Compiled compiled = compile(tests::shipped("lesotho-gbvh"));
    ASSERT_TRUE(compiled.pack) << tests::lines(compiled.complaints);
    ASSERT_EQ(compiled.pack->organisations.size(), 1U);
    EXPECT_EQ(compiled.pack->organisations[0].consent, "investigator");
    EXPECT_EQ(compiled.pack->organisations[0].status, "referred");
}

}  // namespace
}  // namespace rightsline::flows

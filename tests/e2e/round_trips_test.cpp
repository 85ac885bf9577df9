// Two round trips to the store for each turn, whatever block it is at. The server's background work shares the
// counter and can only add to it, so each step is walked by several phones and the least is what the turn took.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

constexpr int walks = 4;

struct Step {
    const char* block;
    std::string typed;
};

std::vector<double> least_round_trips(const Hotline& hotline, const std::vector<Step>& steps, int from) {
    std::vector<double> least(steps.size(), 1000);
    for (int walk = 0; walk < walks; ++walk) {
        const TwilioPhone phone = hotline.phone("+1305555" + std::to_string(from + walk));
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const double before = hotline.round_trips();
            phone.text(steps[i].typed);
            least[i] = std::min(least[i], hotline.round_trips() - before);
        }
    }
    return least;
}

/// Puts an `if` before the way to the rights lessons.
void add_if(const Hotline& hotline) {
    const std::string path = hotline.flows_folder() + "/hotline.flow.yaml";
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    std::string all = text.str();
    const std::string goes = "go: rights}";
    all.replace(all.find(goes), goes.size(), "go: by_mode}");
    all += "\n  by_mode:\n    if:\n      - {when: {mode: voice}, go: person}\n      - {else: rights}\n";
    std::ofstream(path) << all;
}

TEST(RoundTrips, AreTwoAtEveryBlockKind) {
    Hotline hotline({.own_program = true});
    add_if(hotline);
    hotline.server().stop();
    hotline.server().start();
    eventually([&] { return hotline.metric("rightsline_receipt_codes_ready") > 8; });
    const std::vector<Step> steps{{"menu: a first text", "hola"},
                                  {"menu", "2"},
                                  {"menu", "2"},
                                  {"if, then call", "1"},
                                  {"keyword", "MENU"},
                                  {"call, then do count", "5"},
                                  {"say, then menu", "3"},
                                  {"menu", "5"},
                                  {"menu", "2"},
                                  {"ask story", "1"},
                                  {"ask story: a part", "algo"},
                                  {"ask story: done", "1"},
                                  {"do report.file", "1"},
                                  {"ask text", "un lugar"},
                                  {"ask text: skipped", "0"},
                                  {"ask text: skipped", "0"},
                                  {"do contact: no", "1"},
                                  {"say the code, then end", "1"}};
    const std::vector<double> least = least_round_trips(hotline, steps, 1000);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        EXPECT_EQ(least[i], 2) << steps[i].block << " (step " << i << ")";
    }
    EXPECT_EQ(hotline.turns("store_gone"), 0);
}

// Before a text is promised it is looked up whether that phone has said STOP.
TEST(RoundTrips, AreThreeWhereAWorkerAsksForATextAndNamesTheHours) {
    Hotline hotline;
    eventually([&] { return hotline.metric("rightsline_receipt_codes_ready") > 8; });
    std::vector<Step> steps;
    for (const char* words : {"hola", "2", "2", "2", "1", "algo", "1", "1", "0", "0", "0", "2"}) {
        steps.push_back({"on the way", words});
    }
    steps.push_back({"do contact: a yes", "1"});
    EXPECT_EQ(least_round_trips(hotline, steps, 2000).back(), 3);
}

}  // namespace
}  // namespace rightsline::tests

// call_bench: very many calls at once against a real server with fsync on every commit, and how long the line took to answer.
// Prints numbers; asserts nothing (tests/e2e/call_load_test.cpp does).
// call_bench [CALLERS [HOLD-SECONDS [THINK-MS]]]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/support/crowd.hpp"

int main(int count, char** arguments) {
    using namespace rightsline::tests;
    const auto number = [&](int at, int otherwise) {
        return count > at ? std::atoi(arguments[at]) : otherwise;
    };
    CrowdWishes wishes;
    wishes.callers = static_cast<unsigned>(number(1, 300));
    wishes.hold = std::chrono::seconds(number(2, 120));
    wishes.think = std::chrono::milliseconds(number(3, 2000));
    const CrowdOutcome seen = let_call(wishes);
    std::printf(
        "%u calls at once; %zu answers, %.0f/s: p50 %.1f  p90 %.1f  p99 %.1f  p999 %.1f  max %.1f ms; %u not "
        "as they must be\n",
        seen.at_once, seen.ms.size(), seen.per_second(), seen.at(0.5), seen.at(0.9), seen.at(0.99),
        seen.at(0.999), seen.at(1), seen.not_200);
    std::printf("%s", seen.steps().c_str());
    for (const auto& [what, calls] : seen.came_to) {
        std::printf("  %-8s %u\n", what.c_str(), calls);
    }
    std::printf("  the disk alone: of a hundred moments the worst %.0f ms, at most %.1f ms\n",
                seen.disk_p99_ms, seen.disk_max_ms);
    if (!seen.first_failure.empty()) {
        std::printf("  first failure: %s\n", seen.first_failure.c_str());
    }
    return 0;
}

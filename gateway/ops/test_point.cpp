#include "gateway/ops/test_point.hpp"

#ifdef RIGHTSLINE_TEST_POINTS

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <list>
#include <string>

#include "gateway/ops/environment.hpp"

namespace rightsline::ops {
namespace {

struct Plan {
    std::string place;
    int passes = 1;
    int store_signal = 0;  // 0: it is this process that is meant
    int own_signal = SIGKILL;
    bool hang = false;  // instead of a signal: for ever
    std::atomic<int> passed{0};
};

std::string_view next(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return one;
}

std::list<Plan> plans_of(const char* text) {
    std::list<Plan> plans;
    for (std::string_view all = text == nullptr ? "" : text; !all.empty();) {
        std::string_view one = next(all, ',');
        Plan& plan = plans.emplace_back();
        plan.place = next(one, ':');
        const std::string_view passes = next(one, ':');
        std::from_chars(passes.data(), passes.data() + passes.size(), plan.passes);
        plan.store_signal = one == "store" ? SIGKILL : one == "pause" ? SIGSTOP : 0;
        plan.own_signal = one == "halt" ? SIGSTOP : SIGKILL;
        plan.hang = one == "hang";
    }
    return plans;
}

// An outside store is named by a file; our own is started by the main thread, so it is listed there.
void signal_store(int signal) {
    const char* const outside = ops::environment("RL_TEST_STORE");
    const std::string self = std::to_string(::getpid());
    std::ifstream pids(outside == nullptr ? "/proc/self/task/" + self + "/children" : outside);
    for (pid_t pid = 0; pids >> pid;) {
        ::kill(pid, signal);
    }
}

}  // namespace

void test_point(std::string_view name) {
    static std::list<Plan> plans = plans_of(ops::environment("RL_TEST_POINT"));
    for (Plan& plan : plans) {
        if (plan.place != name || ++plan.passed != plan.passes) {
            continue;
        }
        while (plan.hang) {
            ::pause();
        }
        if (plan.store_signal != 0) {
            signal_store(plan.store_signal);
        } else {
            ::raise(plan.own_signal);
        }
    }
}

std::string_view seeded_bug() {
    static const char* const name = ops::environment("RL_SEEDED_BUG");
    return name == nullptr ? "" : name;
}

std::string_view test_setting(const char* name) {
    const char* given = ops::environment(name);
    return given == nullptr ? "" : given;
}

}  // namespace rightsline::ops

#endif

// load_bench: signed texts at a steady pace for minutes, with server, Redis (appendfsync always) and load on the same cores;
// then more than the machine can carry. Latency counts from when a text was due, so that a stall cannot hide. Prints
// numbers; asserts nothing.
// load_bench [PER-SECOND [SECONDS [OVERLOAD-SECONDS [TIMES]]]]
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>

#include "tests/bench/load.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/site.hpp"
#include "tests/bench/texts.hpp"
#include "tests/support/redis_server.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::bench;

constexpr unsigned workers = 20'000;
constexpr unsigned steady_connections = 128;
constexpr unsigned crowd = 512;  // connections in an overload: what a provider would hold open
constexpr unsigned slice_seconds = 10;

/// Slices of one pace, each signed while the one before it is sent.
Outcome send_for(std::uint16_t port, Texts& texts, double per_second, unsigned seconds,
                 unsigned connections) {
    Outcome all;
    const auto a_slice = static_cast<unsigned>(per_second * slice_seconds);
    auto next = std::async(std::launch::async, [&] { return texts.next(a_slice); });
    for (unsigned at = 0; at < seconds; at += slice_seconds) {
        const std::vector<std::string> requests = next.get();
        if (at + slice_seconds < seconds) {
            next = std::async(std::launch::async, [&] { return texts.next(a_slice); });
        }
        const Outcome one = send_all(port, requests, connections, per_second);
        all.add(one);
        if ((at / slice_seconds) % 6 == 5) {
            std::printf("  %4u s: last slice %6.0f turns/s  p50 %7.2f  p99 %7.2f  max %7.2f ms\n",
                        at + slice_seconds, one.per_second(), one.at(0.5), one.at(0.99), one.at(1));
        }
    }
    return all;
}

void print(const char* what, const Outcome& outcome) {
    std::printf("%s: %zu turns, %.0f/s, p50 %.2f  p99 %.2f  p999 %.2f  max %.2f ms; %u not answered 200\n",
                what, outcome.ms.size(), outcome.per_second(), outcome.at(0.5), outcome.at(0.99),
                outcome.at(0.999), outcome.at(1), outcome.bad);
}

/// Of the turns, what the server itself counted.
void print_counts(std::uint16_t ops_port) {
    for (const std::string& line : metric_lines(ops_port, "rightsline_turns_total")) {
        std::printf("  %s\n", line.c_str());
    }
}

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int at, int otherwise) {
        return static_cast<unsigned>(count > at ? std::atoi(arguments[at]) : otherwise);
    };
    const double per_second = number(1, 1000);
    const unsigned seconds = number(2, 600);
    const unsigned overload_seconds = number(3, 30);
    const double times = number(4, 4);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const tests::TemporaryDirectory folder;
    const tests::RedisServer redis;
    const Site site{folder.path() + "/ours", free_port(), free_port(), redis.url()};
    std::filesystem::create_directory(site.folder);
    prepare(site);
    const Process server({RIGHTSLINE_SERVER, "serve", "--config", site.config()}, any_core, site.log());
    wait_for_200(site.ops_port, "/readyz");
    server.wait_until_idle();
    Texts texts(workers);
    const Outcome peak = send_all(site.hooks_port, texts.next(40'000), crowd, 0);
    print("peak, closed loop", peak);
    const double before = server.cpu_seconds();
    const Outcome steady = send_for(site.hooks_port, texts, per_second, seconds, steady_connections);
    print("steady", steady);
    std::printf("  CPU of the server %.1f us a turn, resident %.1f MB\n",
                (server.cpu_seconds() - before) * 1e6 / static_cast<double>(steady.ms.size()),
                server.resident_mb());
    if (overload_seconds > 0) {
        const Outcome crowded =
            send_for(site.hooks_port, texts, peak.per_second() * times, overload_seconds, crowd);
        print("overload", crowded);
        std::printf("  goodput against peak %.2f\n", crowded.good / crowded.seconds / peak.per_second());
    }
    print_counts(site.ops_port);
}

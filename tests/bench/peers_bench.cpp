// peers_bench: the same signed texts for our server, for a Node service of the usual parts (peers/server.mjs) and for nginx
// that answers without looking. Server on one core; Redis (appendfsync always) and the load on the other.
// Prints turns a second, latency, CPU a turn and memory, and the ratios of one run. Asserts nothing.
// peers_bench [ROUNDS [TURNS]]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "tests/bench/load.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/site.hpp"
#include "tests/bench/texts.hpp"
#include "tests/support/redis_server.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::bench;

constexpr int server_core = 0;
constexpr int load_core = 1;
constexpr unsigned connections = 64;
constexpr unsigned workers = 4000;
constexpr const char* state_bytes = "120";   // of our conversation, as turn_bench sees it
constexpr const char* answer_bytes = "282";  // of our answer

struct Side {
    const char* name;
    std::unique_ptr<Process> process{};
    std::uint16_t port = 0;
    Texts texts{workers};
    std::vector<double> rates{};
    std::vector<double> cpu_us{};
    Outcome all{};
};

void start_ours(Side& side, const std::string& folder, const tests::RedisServer& redis) {
    std::filesystem::create_directory(folder);
    side.port = free_port();
    const Site site{folder, side.port, free_port(), redis.url()};
    prepare(site);
    side.process = std::make_unique<Process>(
        std::vector<std::string>{RIGHTSLINE_SERVER, "serve", "--config", site.config()}, server_core,
        site.log());
    wait_for_200(site.ops_port, "/readyz");
    side.process->wait_until_idle();
}

void start_node(Side& side, const std::string& folder, const tests::RedisServer& redis) {
    const char* chosen = std::getenv("NODE");
    const std::string script = std::string(RIGHTSLINE_SOURCE_DIR) + "/tests/bench/peers/server.mjs";
    if (!std::filesystem::exists(std::filesystem::path(script).parent_path() / "node_modules")) {
        std::puts("node: left out, its packages are not here (npm ci --prefix tests/bench/peers)");
        return;
    }
    side.port = free_port();
    side.process = std::make_unique<Process>(
        std::vector<std::string>{chosen != nullptr ? chosen : "node", script, std::to_string(side.port),
                                 redis.socket(), public_url, auth_token, state_bytes, answer_bytes},
        server_core, folder + "/node.log");
    wait_for_200(side.port, "/ready");
}

void fill(std::string& text, const std::string& mark, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += with.size()) {
        text.replace(at, mark.size(), with);
    }
}

void start_nginx(Side& side, const std::string& folder) {
    if (!std::filesystem::exists("/usr/sbin/nginx")) {
        std::puts("nginx: left out, it is not installed");
        return;
    }
    side.port = free_port();
    const std::string file = folder + "/nginx.conf";
    std::ifstream told(std::string(RIGHTSLINE_SOURCE_DIR) + "/tests/bench/peers/nginx.conf");
    std::string text{std::istreambuf_iterator<char>(told), {}};
    fill(text, "@folder@", folder);
    fill(text, "@port@", std::to_string(side.port));
    fill(text, "@answer@", std::string(std::stoul(answer_bytes), 'x'));
    std::ofstream(file) << text;
    side.process = std::make_unique<Process>(std::vector<std::string>{"/usr/sbin/nginx", "-c", file},
                                             server_core, folder + "/nginx.out");
    wait_for_200(side.port, "/");
}

void one_round(Side& side, unsigned turns) {
    const std::vector<std::string> requests = side.texts.next(turns);
    const double before = side.process->cpu_seconds();
    const Outcome outcome = send_all(side.port, requests, connections, 0);
    side.rates.push_back(outcome.per_second());
    side.cpu_us.push_back((side.process->cpu_seconds() - before) * 1e6 / turns);
    side.all.add(outcome);
    std::printf("  %-6s %8.0f turns/s  CPU %7.1f us a turn%s\n", side.name, side.rates.back(),
                side.cpu_us.back(), outcome.bad == 0 ? "" : "  NOT ALL 200");
}

void print(const Side& side, const Side& ours) {
    std::vector<double> rates;
    std::vector<double> cpu;
    for (std::size_t i = 0; i < side.rates.size(); ++i) {
        rates.push_back(ours.rates[i] / side.rates[i]);
        cpu.push_back(ours.cpu_us[i] / side.cpu_us[i]);
    }
    std::printf(
        "%-6s %8.0f turns/s  p50 %6.2f  p99 %6.2f ms  CPU %7.1f us a turn  resident %6.1f MB; ours against "
        "it: "
        "turns/s %.2f, CPU %.2f\n",
        side.name, median(side.rates), side.all.at(0.5), side.all.at(0.99), median(side.cpu_us),
        side.process->resident_mb(), median(rates), median(cpu));
}

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int at, int otherwise) {
        return count > at ? std::atoi(arguments[at]) : otherwise;
    };
    const int rounds = number(1, 7);
    const auto turns = static_cast<unsigned>(number(2, 10'000));
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    bind_to(load_core);
    const tests::TemporaryDirectory folder;
    const tests::RedisServer redis;
    Side ours{"ours"};
    Side node{"node"};
    Side nginx{"nginx"};
    start_ours(ours, folder.path() + "/ours", redis);
    start_node(node, folder.path(), redis);
    start_nginx(nginx, folder.path());
    std::vector<Side*> sides;
    for (Side* side : {&ours, &node, &nginx}) {
        if (side->process) {
            send_all(side->port, side->texts.next(workers * 4), connections,
                     0);  // warm: compiled, conversations made
            sides.push_back(side);
        }
    }
    for (int i = 0; i < rounds; ++i) {
        for (Side* side : sides) {
            one_round(*side, turns);
        }
        std::rotate(sides.begin(), sides.begin() + 1, sides.end());
    }
    for (const Side* side : sides) {
        print(*side, ours);
    }
    std::puts("(aim: our CPU a turn at most 0.20 of node's)");
}

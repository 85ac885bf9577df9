// turn_bench: a worker's text through the whole server, against a bare Beast server that does the same work at the
// socket, at the signature and in Redis. Server on one core; Redis (appendfsync always) and the load on the other.
// Prints throughput and CPU as ratios of one run, open-loop latency, and what a conversation costs. Asserts nothing.
// turn_bench [ROUNDS [TURNS [OPEN-LOOP-SECONDS [OTHER-SERVER]]]]
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "redis/client.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/site.hpp"
#include "tests/bench/texts.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::bench;

constexpr int server_core = 0;
constexpr int load_core = 1;
constexpr unsigned connections = 64;
constexpr unsigned workers = 4000;
constexpr unsigned slice_turns = 1000;  // five seconds of the open loop

/// One server under load.
struct Side {
    const char* name;
    std::unique_ptr<Process> process{};
    std::uint16_t port = 0;
    Texts texts{workers};
    std::vector<double> rates{};
    std::vector<double> cpu_us{};
    std::vector<double> redis_us{};
    Outcome open{};  // of all its slices of the open loop
};

/// Plain commands to the Redis that both use.
class Store {
 public:
    explicit Store(const std::string& socket) {
        redis::Address address;
        address.unix_path = socket;
        client_ = redis::make_client(loop_.get_executor(), address);
    }
    redis::Reply run(redis::Command command) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        return tests::run(loop_, client_->execute(std::move(command), until)).value();
    }
    std::vector<std::string> keys(const std::string& pattern, std::size_t most) {
        std::vector<std::string> found;
        std::string cursor = "0";
        do {
            const redis::Reply reply = run({"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"});
            cursor = *(*reply.array())[0].string();
            for (const redis::Reply& key : *(*reply.array())[1].array()) {
                found.push_back(*key.string());
            }
        } while (cursor != "0" && found.size() < most);
        return found;
    }
    /// The mean of an integer command over some keys.
    double mean(const std::string& pattern, const redis::Command& command) {
        const std::vector<std::string> all = keys(pattern, 500);
        double sum = 0;
        for (const std::string& key : all) {
            redis::Command one = command;
            one.push_back(key);
            sum += static_cast<double>(*run(one).integer());
        }
        return all.empty() ? 0 : sum / static_cast<double>(all.size());
    }

 private:
    boost::asio::io_context loop_{1};
    std::unique_ptr<redis::Client> client_;
};

void one_round(Side& side, int redis_pid, unsigned turns) {
    const std::vector<std::string> requests = side.texts.next(turns);
    const double cpu = side.process->loop_seconds();
    const double all = side.process->cpu_seconds();
    const double redis_cpu = cpu_seconds_of(redis_pid);
    const Outcome outcome = send_all(side.port, requests, connections, 0);
    side.rates.push_back(outcome.per_second());
    side.cpu_us.push_back((side.process->loop_seconds() - cpu) * 1e6 / turns);
    const double others = (side.process->cpu_seconds() - all) * 1e6 / turns - side.cpu_us.back();
    side.redis_us.push_back((cpu_seconds_of(redis_pid) - redis_cpu) * 1e6 / turns);
    std::printf(
        "  %-4s %8.0f turns/s  loop %6.2f us + other threads %5.2f us  redis %6.2f us  p50 %6.2f p99 %6.2f "
        "p999 %6.2f ms%s\n",
        side.name, side.rates.back(), side.cpu_us.back(), others, side.redis_us.back(), outcome.at(0.5),
        outcome.at(0.99), outcome.at(0.999), outcome.bad == 0 ? "" : "  NOT ALL 200");
}

void print_ratio(const Side& one, const Side& other) {
    std::vector<double> rates;
    std::vector<double> cpu;
    for (std::size_t i = 0; i < one.rates.size(); ++i) {
        rates.push_back(one.rates[i] / other.rates[i]);
        cpu.push_back(one.cpu_us[i] / other.cpu_us[i]);
    }
    std::printf(
        "%s against %s: throughput %.0f / %.0f turns/s = %.2f; server CPU (its loop) a turn %.1f / %.1f us = "
        "%.2f "
        "(medians; of the pairs for the ratios)\n",
        one.name, other.name, median(one.rates), median(other.rates), median(rates), median(one.cpu_us),
        median(other.cpu_us), median(cpu));
}

void compare(std::vector<Side*> sides, int redis_pid, int rounds, unsigned turns) {
    std::printf("closed loop, %u connections, %d rounds of %u turns, interleaved:\n", connections, rounds,
                turns);
    for (int i = 0; i < rounds; ++i) {
        for (Side* side : sides) {
            one_round(*side, redis_pid, turns);
        }
        std::rotate(sides.begin(), sides.begin() + 1, sides.end());  // nobody is always first
    }
}

/// Latency at a steady rate, in slices that alternate: a slow minute of the disk then falls on both.
void open_loop(std::vector<Side*> sides, double per_second, unsigned turns) {
    const unsigned slices = std::max(1U, turns / slice_turns);
    std::printf("open loop, %.0f turns/s, %u slices of %u turns each, interleaved:\n", per_second, slices,
                slice_turns);
    for (unsigned i = 0; i < slices; ++i) {
        for (Side* side : sides) {
            const Outcome one = send_all(side->port, side->texts.next(slice_turns), connections, per_second);
            std::printf("  %-4s p50 %6.2f p99 %6.2f max %6.2f ms%s\n", side->name, one.at(0.5), one.at(0.99),
                        one.at(1), one.bad == 0 ? "" : "  NOT ALL 200");
            side->open.add(one);
        }
        std::rotate(sides.begin(), sides.begin() + 1, sides.end());
    }
    for (Side* side : sides) {
        std::printf("%s at %.0f turns/s, all %zu turns: p50 %.2f  p99 %.2f  p999 %.2f  max %.2f ms\n",
                    side->name, per_second, side->open.ms.size(), side->open.at(0.5), side->open.at(0.99),
                    side->open.at(0.999), side->open.at(1));
    }
    std::puts("  (aim: p99 < 20 ms)");
}

void print_conversation(Store& store) {
    const double value = store.mean("{fair-food}:c:*", {"STRLEN"});
    const double memory = store.mean("{fair-food}:c:*", {"MEMORY", "USAGE"});
    // Each conversation has a timer in its program's index; here in one of its own, to see what its share is.
    for (const std::string& key : store.keys("{fair-food}:c:*", workers)) {
        store.run({"ZADD", "{bench}:t", "1795000000000", key});
    }
    const auto timers =
        static_cast<double>(*store.run({"MEMORY", "USAGE", "{bench}:t", "SAMPLES", "0"}).integer());
    const auto entries = static_cast<double>(*store.run({"ZCARD", "{bench}:t"}).integer());
    std::printf(
        "a conversation in a menu: %.0f bytes stored (8 version, sealed; aim <= 250), %.0f in Redis + %.0f "
        "in the "
        "timers = %.0f all in (aim <= 600)\n",
        value, memory, timers / entries, memory + timers / entries);
}

/// Starts a server on the programs of this tree. `keys`: of a server that is on this store already, which takes no
/// others; "" for new ones.
void start(Side& side, const std::string& program, const std::string& folder, const tests::RedisServer& redis,
           const std::string& keys) {
    std::filesystem::create_directory(folder);
    side.port = free_port();
    const Site site{folder, side.port, free_port(), redis.url()};
    prepare(site);
    if (!keys.empty()) {
        std::filesystem::remove_all(folder + "/keys");
        std::filesystem::copy(keys, folder + "/keys", std::filesystem::copy_options::recursive);
    }
    side.process = std::make_unique<Process>(
        std::vector<std::string>{program, "serve", "--config", site.config()}, server_core, site.log());
    wait_for_200(site.ops_port, "/readyz");
    side.process->wait_until_idle();
}

/// The mean of what the outbox keeps of an answer that left with its webhook's.
double record_bytes(Store& store) {
    const std::string jobs = "{fair-food}:oj:" + std::string(line_number);
    const redis::Reply some = store.run({"HRANDFIELD", jobs, "200", "WITHVALUES"});
    const std::vector<redis::Reply>& pairs = *some.array();
    double sum = 0;
    for (std::size_t i = 1; i < pairs.size(); i += 2) {
        sum += static_cast<double>(pairs[i].string()->size());
    }
    return pairs.empty() ? 0 : 2 * sum / static_cast<double>(pairs.size());
}

/// Starts the bare server with the payload sizes that our turns were seen to have.
void start_bare(Side& bare, const Outcome& ours, Store& store, const std::string& folder,
                const std::string& socket) {
    const double answer = store.mean("{fair-food}:e:*", {"STRLEN"});
    const double document = store.mean("{fair-food}:c:*", {"STRLEN"}) - 8;  // the version is not the caller's
    const double body = static_cast<double>(ours.body_bytes) / (ours.good + ours.bad);
    const double record = record_bytes(store);
    std::printf(
        "payloads: guard %.0f, document %.0f, answer %.0f, record of it %.0f bytes; %u of %u warm-up turns "
        "were "
        "not 200\n",
        answer, document, body, record, ours.bad, ours.good + ours.bad);
    const auto number = [](double value) { return std::to_string(static_cast<unsigned>(value)); };
    bare.port = free_port();
    bare.process = std::make_unique<Process>(
        std::vector<std::string>{BARE_SERVER, std::to_string(bare.port), socket, number(answer),
                                 number(document), number(body), number(record)},
        server_core, folder + "/bare.log");
    while (http_status(bare.port, "/") == 0) {
    }
}

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int at, int otherwise) {
        return count > at ? std::atoi(arguments[at]) : otherwise;
    };
    const int rounds = number(1, 6);
    const auto turns = static_cast<unsigned>(number(2, 20000));
    const auto open_turns = static_cast<unsigned>(number(3, 20)) * 200;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    bind_to(load_core);
    const tests::TemporaryDirectory folder;
    const tests::RedisServer redis;
    Store store(redis.socket());
    Side ours{"ours"};
    Side before{"before"};
    Side bare{"bare"};
    start(ours, RIGHTSLINE_SERVER, folder.path() + "/ours", redis, "");
    const Outcome warm = send_all(ours.port, ours.texts.next(workers * 4), connections, 0);
    print_conversation(store);
    start_bare(bare, warm, store, folder.path(), redis.socket());
    send_all(bare.port, bare.texts.next(workers * 4), connections, 0);
    std::vector<Side*> sides{&ours, &bare};
    if (count > 4) {  // another build of the gateway, to see what a change gained
        start(before, arguments[4], folder.path() + "/before", redis, folder.path() + "/ours/keys");
        send_all(before.port, before.texts.next(workers * 4), connections, 0);
        sides.push_back(&before);
    }
    compare(sides, redis.pid(), rounds, turns);
    print_ratio(ours, bare);
    std::puts("  (aims: throughput >= 0.80, CPU <= 2)");
    if (count > 4) {
        print_ratio(ours, before);
    }
    open_loop({&ours, &bare}, 200, open_turns);
}

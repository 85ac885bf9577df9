// lease_queue_bench: messages a second through enqueue, claim, the submitting mark with its guards, and settle, pipelined to
// a Redis of its own with an fsync on every commit. Prints numbers; asserts nothing.
// lease_queue_bench [ROUNDS [MESSAGES [IN-FLIGHT [CONNECTIONS]]]]
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "redis/error.hpp"
#include "redis/lease_queue.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace {

using namespace rightsline::redis;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr int batch = 64;
constexpr std::size_t payload_bytes = 400;

using Clients = std::vector<std::unique_ptr<Client>>;

Deadline soon() { return Clock::now() + 30s; }

std::int64_t wall_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// User and system time of a process, in seconds.
double cpu_of(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string field;
    for (int i = 0; i < 13; ++i) {
        file >> field;
    }
    long user = 0;
    long system = 0;
    file >> user >> system;
    return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "%s failed\n", what);
    std::exit(1);
}

class Run {
 public:
    Run(asio::io_context& io, Clients& clients, int round, int messages, int in_flight)
        : io_(io),
          clients_(clients),
          prefix_("{p" + std::to_string(round) + "}:"),
          messages_(messages),
          in_flight_(in_flight) {
        queue_ = {name("oj"),
                  name("os"),
                  name("oi"),
                  name("ou"),
                  name("oz"),
                  name("ol:1"),
                  {name("oq:1:0"), name("oq:1:1"), name("oq:1:2")},
                  ""};
        guards_.not_in = {{name("so"), "the recipient"}};
        guards_.caps = {{name("spend"), 1LL << 32, 1}};
        guards_.rate = Rate{1, 10'000};
    }

    // Seconds until every message is settled; all stages at once.
    double operator()() {
        const auto begin = Clock::now();
        for (int i = 0; i < in_flight_; ++i) {
            spawn(enqueue_some(i));
        }
        spawn(claim_all());
        rightsline::tests::run_until(io_, [this] { return settled_ == messages_ && working_ == 0; }, 120s);
        return std::chrono::duration<double>(Clock::now() - begin).count();
    }

 private:
    Client& client() { return *clients_[turn_++ % clients_.size()]; }
    std::string name(const char* rest) const { return prefix_ + rest; }
    void spawn(Awaitable<void> work) {
        ++working_;
        asio::co_spawn(io_, std::move(work), [this](std::exception_ptr bug) {
            --working_;
            if (bug) {
                std::rethrow_exception(bug);
            }
        });
    }
    Awaitable<void> enqueue_some(int first) {
        for (int i = first; i < messages_; i += in_flight_) {
            Commit turn;
            turn.now_ms = wall_ms();
            turn.writes =
                enqueue(queue_, 1, std::to_string(i), std::string(payload_bytes, 'x'), turn.now_ms).value();
            const Deadline until = soon();
            const Result<Committed> done = co_await commit(client(), turn, until);
            if (!done || done->outcome != Committed::Outcome::committed) {
                give_up("enqueue");
            }
        }
    }
    Awaitable<void> claim_all() {
        asio::steady_timer pause(io_);
        for (int claimed = 0; claimed < messages_;) {
            Claim terms{"bench", 60'000, batch, 10, {}, guards_.rate, wall_ms()};
            const Deadline until = soon();
            Result<Claimed> some = co_await claim(client(), queue_, terms, until);
            if (!some) {
                give_up("claim");
            }
            claimed += static_cast<int>(some->jobs.size());
            for (Leased& job : some->jobs) {
                spawn(send(std::move(job.lease)));
            }
            if (some->jobs.empty() || working_ > 2 * in_flight_) {
                pause.expires_after(1ms);
                co_await pause.async_wait(asio::use_awaitable);
            }
        }
    }
    Awaitable<void> send(Lease lease) {
        const Deadline until = soon();
        const Result<Marked> marked =
            co_await mark_submitting(client(), queue_, lease, 30'000, guards_, until);
        if (!marked || marked->outcome != Marked::Outcome::go) {
            give_up("mark");
        }
        Settlement done{Settlement::What::done, 0, true, "SM0123456789abcdef0123456789abcdef"};
        const Result<Settled> ended =
            co_await settle(client(), queue_, std::move(lease), std::move(done), until);
        if (!ended || *ended != Settled::settled) {
            give_up("settle");
        }
        ++settled_;
    }

    asio::io_context& io_;
    Clients& clients_;
    std::size_t turn_ = 0;
    std::string prefix_;
    int messages_;
    int in_flight_;
    LeaseQueue queue_;
    Guards guards_;
    int settled_ = 0;
    int working_ = 0;
};

int argument(int argc, char** argv, int index, int otherwise) {
    return argc > index ? std::max(1, std::atoi(argv[index])) : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argument(argc, argv, 1, 5);
    const int messages = argument(argc, argv, 2, 20'000);
    const int in_flight = argument(argc, argv, 3, 256);
    const int connections = argument(argc, argv, 4, 1);
    const rightsline::tests::RedisServer server;
    asio::io_context io(1);
    Address address;
    address.unix_path = server.socket();
    Clients clients;
    for (int i = 0; i < connections; ++i) {
        clients.push_back(make_client(io.get_executor(), address));
    }
    const Result<void> loaded = rightsline::tests::run(io, load_functions(*clients.front(), soon()));
    if (!loaded) {
        give_up("loading the functions");
    }
    std::vector<double> rates;
    for (int round = 0; round < rounds; ++round) {
        const double ours = cpu_of(getpid());
        const double theirs = cpu_of(server.pid());
        const double seconds = Run(io, clients, round, messages, in_flight)();
        rates.push_back(messages / seconds);
        std::printf(
            "%d messages, %d in flight, connections %d: %.0f/s; CPU a message: ours %.1f us, Redis' %.1f "
            "us\n",
            messages, in_flight, connections, rates.back(), (cpu_of(getpid()) - ours) * 1e6 / messages,
            (cpu_of(server.pid()) - theirs) * 1e6 / messages);
    }
    std::sort(rates.begin(), rates.end());
    std::printf("median %.0f messages/s (aim: 5,000)\n", rates[rates.size() / 2]);
    for (const std::unique_ptr<Client>& client : clients) {
        client->close();
    }
}

// outbox_bench: messages a second through the whole way out: claimed, marked with STOP, caps and rate, sent by the pool to
// the provider emulator (a thread of its own), settled. Redis fsyncs every commit. Posting is done and counted before.
// Prints numbers; asserts nothing.
// outbox_bench [ROUNDS [MESSAGES [LINES]]]
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>

#include "gateway/ops/pause.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/outbox/dispatcher.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/bench/process.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace {

using namespace rightsline;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr const char* sid = "AC0123456789abcdef0123456789abcdef";
constexpr int posts_at_once = 64;

double thread_cpu() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "%s failed\n", what);
    std::exit(1);
}

class Bench {
 public:
    explicit Bench(int lines) {
        emulator_.behave(R"({"receipts": {"none": true}})");
        redis::Address address;
        address.unix_path = server_.socket();
        client_ = redis::make_client(io_.get_executor(), address);
        if (!tests::run(io_, redis::load_functions(*client_, clock_.in(10s)))) {
            give_up("loading the functions");
        }
        const std::string keys = folder_.path() + "/keys";
        if (!vault::make_keys(keys)) {
            give_up("making keys");
        }
        vault_ = vault::make_vault(vault::Keys::load(keys).value());
        provider_ = providers::make_provider("twilio");
        account_ = {sid, {"token"}, emulator_.base()};
        http::PoolOptions options;
        options.allow_plain = true;
        options.most_connections = 64;
        pool_ = http::make_pool(io_.get_executor(), *net::TlsTrust::system(), clock_, options);
        for (int i = 0; i < lines; ++i) {
            add_line("+1500555" + std::to_string(1000 + i));
        }
        outbox_ = std::make_unique<outbox::Outbox>(*client_, *vault_, clock_, lines_);
        dispatcher_ = std::make_unique<outbox::Dispatcher>(
            outbox::DispatchServices{*client_, *vault_, clock_, metrics_, *pool_,
                                     [this](Awaitable<void> task) { tasks_.spawn("send", std::move(task)); },
                                     "bench"},
            *outbox_, io_.get_executor());
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    ~Bench() {
        tasks_.cancel_all();
        (void)tests::run(io_, tasks_.drain(clock_.in(10s)));
        client_->close();
    }

    void round(int messages) {
        const auto posting = Steady::now();
        posting_ = posts_at_once;
        for (int i = 0; i < posts_at_once; ++i) {
            tasks_.spawn("post", post_some(i, messages));
        }
        tests::run_until(io_, [this] { return posting_ == 0; }, 120s);
        const double posted = std::chrono::duration<double>(Steady::now() - posting).count();
        const double ours = thread_cpu();
        const double theirs = bench::cpu_seconds_of(server_.pid());
        const auto begun = Steady::now();
        open();
        tests::run_until(io_, [&] { return settled() == static_cast<std::uint64_t>(messages); }, 300s);
        const double seconds = std::chrono::duration<double>(Steady::now() - begun).count();
        std::printf(
            "%d messages on %zu lines: %.0f/s; CPU a message: our loop %.1f us, Redis %.1f us; posted at "
            "%.0f/s, "
            "%zu in the ledger\n",
            messages, lines_.size(), messages / seconds, (thread_cpu() - ours) * 1e6 / messages,
            (bench::cpu_seconds_of(server_.pid()) - theirs) * 1e6 / messages, messages / posted,
            emulator_.accepted().size());
    }

 private:
    void add_line(const std::string& number) {
        outbox::LineOut out{"fair-food",
                            number,
                            &provider_->sender(),
                            &account_,
                            "https://h.example/hooks/main",
                            {1, 10'000},
                            {1'000'000, 1'000'000'000, {}},
                            outbox::queue_of(stores::Keyspace("fair-food"), number)};
        lines_.emplace(number, std::move(out));
    }
    void open() {
        for (const auto& [number, line] : lines_) {
            tasks_.spawn("sending", dispatcher_->keep_sending(number));
            tasks_.spawn("tidy", dispatcher_->keep_tidy(number));
        }
    }
    std::uint64_t settled() const { return dispatcher_->under_way() == 0 ? accepted_.value() : 0; }
    Awaitable<void> post_some(int first, int messages) {
        auto line = lines_.begin();
        for (int i = first; i < messages; i += posts_at_once) {
            line = std::next(line) == lines_.end() ? lines_.begin() : std::next(line);
            const std::string id = std::to_string(i);
            outbox::Message message{outbox::Lane::reply,
                                    vault::PhoneNumber::parse("+13055550191").value(),
                                    "phone" + std::to_string(i % 4000),
                                    outbox::Text{locales::PrivateText(std::string(140, 'x'))},
                                    0,
                                    {}};
            redis::Commit commit;
            Result<std::vector<redis::Write>> writes =
                co_await outbox_->post(line->first, id, std::move(message), clock_.now());
            commit.now_ms = clock_.now().time_since_epoch().count();
            commit.writes = std::move(*writes);
            const Deadline until = clock_.in(30s);
            const Result<redis::Committed> done = co_await redis::commit(*client_, commit, until);
            if (!done || done->outcome != redis::Committed::Outcome::committed) {
                give_up("posting");
            }
        }
        --posting_;
    }

    const tests::RedisServer server_;
    emulator::TwilioEmulator emulator_{{sid, "token", "", ""}};
    const tests::TemporaryDirectory folder_;
    boost::asio::io_context io_{1};
    ops::SystemClock clock_;
    ops::Metrics metrics_;
    ops::Counter& accepted_ =
        metrics_.counter("rightsline_outbox_sends_total", "Messages and calls by what became of them",
                         {{ops::Dimension::lane, "reply"}, {ops::Dimension::outcome, "accepted"}});
    ops::Supervisor tasks_{io_.get_executor()};
    std::unique_ptr<redis::Client> client_;
    std::unique_ptr<vault::Vault> vault_;
    std::unique_ptr<providers::Provider> provider_;
    providers::Credentials account_;
    std::unique_ptr<http::Pool> pool_;
    std::map<std::string, outbox::LineOut> lines_;
    std::unique_ptr<outbox::Outbox> outbox_;
    std::unique_ptr<outbox::Dispatcher> dispatcher_;
    int posting_ = 0;
};

}  // namespace

int main(int count, char** words) {
    const auto number = [&](int at, int otherwise) { return count > at ? std::atoi(words[at]) : otherwise; };
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    for (int i = 0; i < number(1, 5); ++i) {
        Bench(number(3, 1)).round(number(2, 20'000));
    }
}

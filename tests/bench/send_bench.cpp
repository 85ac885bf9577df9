// send_bench: texts through the real dialect and the pool to the emulator, which serves on a thread of its own. No outbox
// and no store: what the way out alone can carry. Prints numbers; asserts nothing.
// send_bench [SENDS [AT-A-TIME]]
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "gateway/http/pool.hpp"
#include "gateway/providers/twilio_send.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"

namespace {

using namespace rightsline;
using Steady = std::chrono::steady_clock;

constexpr const char* sid = "AC0123456789abcdef0123456789abcdef";

struct Run {
    const ops::Clock& clock;
    http::Pool& pool;
    const providers::Sender& twilio;
    const providers::Credentials& account;
    long left;
    long accepted = 0;
    long others = 0;
};

providers::Outbound a_text() {
    return {"+15005550006", vault::PhoneNumber::parse("+13055550191").value(),
            providers::TextOut{locales::PrivateText(std::string(140, 'x'))}, ""};
}

Awaitable<void> work(Run& run) {
    while (run.left-- > 0) {
        const Result<http::Outgoing> request = run.twilio.build_send(a_text(), run.account);
        http::Fate fate = co_await run.pool.send(*request, run.clock.in(std::chrono::seconds(10)));
        const bool good = fate.answer && std::holds_alternative<providers::Accepted>(
                                             run.twilio.read_send(*fate.answer, run.clock.now()));
        ++(good ? run.accepted : run.others);
    }
}

double cpu_seconds() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void measure(long sends, std::size_t at_a_time) {
    const emulator::TwilioEmulator emulator({sid, "token", "", ""});
    boost::asio::io_context io(1);
    const ops::SystemClock clock;
    http::PoolOptions options;
    options.allow_plain = true;
    options.most_connections = at_a_time;
    auto pool = http::make_pool(io.get_executor(), *net::TlsTrust::system(), clock, options);
    const auto twilio = providers::make_twilio_sender();
    const providers::Credentials account{sid, {"token"}, emulator.base()};
    Run run{clock, *pool, *twilio, account, sends};
    std::size_t ended = 0;
    for (std::size_t i = 0; i < at_a_time; ++i) {
        boost::asio::co_spawn(io, work(run), [&ended](const std::exception_ptr&) { ++ended; });
    }
    const double cpu = cpu_seconds();
    const Steady::time_point begun = Steady::now();
    while (ended < at_a_time && io.run_one() != 0) {
    }
    const double seconds = std::chrono::duration<double>(Steady::now() - begun).count();
    std::printf(
        "%ld accepted, %ld not, %zu at a time: %.0f sends/s, %.1f us of our CPU a send, %llu connections\n",
        run.accepted, run.others, at_a_time, static_cast<double>(sends) / seconds,
        (cpu_seconds() - cpu) * 1e6 / static_cast<double>(sends),
        static_cast<unsigned long long>(pool->counts().made));
}

}  // namespace

int main(int count, char** words) {
    const long sends = count > 1 ? std::strtol(words[1], nullptr, 10) : 50'000;
    if (count > 2) {
        measure(sends, std::strtoul(words[2], nullptr, 10));
        return 0;
    }
    for (const std::size_t at_a_time : {1U, 4U, 16U}) {
        measure(sends, at_a_time);
    }
}

// What one step of a conversation costs in memory: median and tail per mode, on the small hotline of the tests.
// Prints numbers; asserts nothing.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"

namespace {

using namespace rightsline::flows;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 20000;

struct Measured {
    const char* name;
    Mode mode;
    Event event;
    bool stored;  // with unpacking before and packing after, as a turn does
};

void measure(const Pack& pack, const Conversation& at, const Measured& what) {
    Context context;
    context.now = at.touched + std::chrono::seconds{5};
    const std::string bytes = rightsline::flows::pack(at);
    std::vector<std::int64_t> times(rounds);
    std::size_t sink = 0;
    for (std::int64_t& time : times) {
        const auto begin = Clock::now();
        if (what.stored) {
            const Conversation loaded = unpack(bytes).value();
            sink += rightsline::flows::pack(step(pack, loaded, what.event, context).conversation).size();
        } else {
            sink += step(pack, at, what.event, context).actions.size();
        }
        time = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin).count();
    }
    std::sort(times.begin(), times.end());
    std::printf("%-34s p50 %6.2f us   p99 %6.2f us   (5.00 us is the aim; %zu)\n", what.name,
                static_cast<double>(times[rounds / 2]) / 1000.0,
                static_cast<double>(times[rounds * 99 / 100]) / 1000.0, sink / rounds);
}

Conversation at_main(const Pack& pack, Mode mode) {
    Context context;
    context.now = Instant{std::chrono::hours{490000}};
    const auto answer = [&](const char* key) {
        return mode == Mode::voice ? Event{Keyed{PrivateText(key)}} : Event{Texted{PrivateText(key)}};
    };
    const Event first = mode == Mode::sms ? Event{Texted{PrivateText("hi")}} : Event{Called{}};
    Conversation at = start(pack, mode, first, context).conversation;
    at = step(pack, at, answer("1"), context).conversation;
    return step(pack, at, answer("2"), context).conversation;
}

}  // namespace

int main() {
    const PackPtr pack = rightsline::flows::testing::hotline().build();
    const Measured all[] = {
        {"sms: a digit at a menu", Mode::sms, Texted{PrivateText("2")}, false},
        {"sms: with unpack and pack", Mode::sms, Texted{PrivateText("2")}, true},
        {"sms: a word at a menu", Mode::sms, Texted{PrivateText("report")}, false},
        {"sms: nonsense at a menu", Mode::sms, Texted{PrivateText("qqqqq")}, false},
        {"voice: a key at a menu", Mode::voice, Keyed{PrivateText("2")}, false},
        {"voice: with unpack and pack", Mode::voice, Keyed{PrivateText("2")}, true},
        {"ussd: a digit at a menu", Mode::ussd, Texted{PrivateText("2")}, false},
    };
    for (const Measured& what : all) {
        measure(*pack, at_main(*pack, what.mode), what);
    }
}

// flow_step_bench: what one step of a conversation costs in memory, on the real fair-food pack. Median and tail per
// mode, alone and with the unpacking before and the packing after it. Prints numbers; asserts nothing.
// flow_step_bench [PART-OF-A-NAME]: only the steps whose name has it ("voice").
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "flows/engine.hpp"
#include "gateway/stores/sources.hpp"

namespace {

using namespace rightsline::flows;
using Clock = std::chrono::steady_clock;

constexpr std::size_t rounds = 50000;

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
    const auto us = [&](std::size_t percent) {
        return static_cast<double>(times[rounds * percent / 100]) / 1000.0;
    };
    std::printf("%-34s p50 %6.2f us   p99 %6.2f us   (aim: p50 < 5 us; packed or actions: %zu)\n", what.name,
                us(50), us(99), sink / rounds);
}

Conversation at_main(const Pack& pack, Mode mode) {
    Context context;
    context.now = Instant{std::chrono::hours{490000}};
    const auto answer = [&](const char* key) {
        return mode == Mode::voice ? Event{Keyed{PrivateText(key)}} : Event{Texted{PrivateText(key)}};
    };
    const Event first = mode == Mode::sms ? Event{Texted{PrivateText("hola")}} : Event{Called{}};
    Conversation at = start(pack, mode, first, context).conversation;
    at = step(pack, at, answer("2"), context).conversation;
    return step(pack, at, answer("2"), context).conversation;
}

PackPtr fair_food() {
    const std::string source = RIGHTSLINE_SOURCE_DIR;
    rightsline::locales::Complaints complaints;
    const Bundle bundle = rightsline::stores::read_bundle(
        {source + "/flows/fair-food", source + "/locales", {source + "/locales"}}, complaints);
    return compile(bundle).pack;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    const PackPtr pack = fair_food();
    if (!pack) {
        std::puts("fair-food does not compile; run rightsline check");
        return 1;
    }
    std::printf("at %s in %s\n", pack->block_key(at_main(*pack, Mode::sms).block).c_str(),
                pack->languages[at_main(*pack, Mode::sms).language].str().c_str());
    const Measured all[] = {
        {"sms: a digit at a menu", Mode::sms, Texted{PrivateText("1")}, false},
        {"sms: with unpack and pack", Mode::sms, Texted{PrivateText("1")}, true},
        {"sms: a word at a menu", Mode::sms, Texted{PrivateText("derechos")}, false},
        {"sms: a typo at a menu", Mode::sms, Texted{PrivateText("derecjos")}, false},
        {"sms: nonsense at a menu", Mode::sms, Texted{PrivateText("qqqqq")}, false},
        {"voice: a key at a menu", Mode::voice, Keyed{PrivateText("1")}, false},
        {"voice: with unpack and pack", Mode::voice, Keyed{PrivateText("1")}, true},
        {"ussd: a digit at a menu", Mode::ussd, Texted{PrivateText("1")}, false},
    };
    for (const Measured& what : all) {
        if (std::string_view(what.name).find(wanted) != std::string_view::npos) {
            measure(*pack, at_main(*pack, what.mode), what);
        }
    }
}

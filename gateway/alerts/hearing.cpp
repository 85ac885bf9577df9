#include "gateway/alerts/hearing.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds last_word = 1h;  // carriers say what they have to say sooner
constexpr std::array<std::string_view, 3> on_its_way{"waiting", "under_way", "in_doubt"};

}  // namespace

Hearing hearing_of(const outbox::Fate& fate, std::chrono::milliseconds age) {
    if (fate.delivery.arrived()) {
        return Hearing::arrived;
    }
    if (std::ranges::find(on_its_way, fate.state) != on_its_way.end()) {
        return Hearing::open;
    }
    if (fate.state != "accepted" || fate.delivery.terminal()) {
        return Hearing::lost;
    }
    return age < last_word ? Hearing::open : Hearing::arrived;
}

Hearing hearing_of(std::span<const outbox::Fate> fates, std::chrono::milliseconds age) {
    Hearing all = Hearing::lost;
    for (const outbox::Fate& fate : fates) {
        const Hearing one = hearing_of(fate, age);
        if (one == Hearing::arrived) {
            return one;
        }
        all = one == Hearing::open ? one : all;
    }
    return all;
}

std::chrono::milliseconds next_look(std::chrono::milliseconds age) { return age < 10min ? 60s : 10min; }

}  // namespace rightsline::alerts

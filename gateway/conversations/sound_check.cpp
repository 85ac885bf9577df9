#include "gateway/conversations/sound_check.hpp"

#include <algorithm>
#include <cstdint>

namespace rightsline::conversations {
namespace {

constexpr std::size_t head_bytes = 44;      // the usual header; and a file of no more has no sample behind it
constexpr std::size_t before_the_rest = 8;  // "RIFF" and the length itself
constexpr std::size_t bytes_a_second_at = 28;
constexpr std::uint32_t unstated = 0xFFFFFFFF;

// A call has 8000 samples a second, each a byte at least.
constexpr std::uint32_t least_rate = 8000;
constexpr std::uint32_t highest_rate = 400'000;  // no telephone's; more is no number to go by

// We ask the provider to cut silence away ("trim"), which it does after it has told us the length. A recording ends
// after five seconds of silence, so it begins and ends with no more; and two seconds for how it rounds.
constexpr std::chrono::seconds cut_away{12};

std::uint32_t number_at(std::string_view head, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = at + 4; i > at && head.size() >= at + 4; --i) {  // its lowest byte first
        number = (number << 8U) | static_cast<unsigned char>(head[i - 1]);
    }
    return number;
}

std::uint32_t rate_of(std::string_view head) {
    const bool usual = head.size() == head_bytes && head.substr(12, 4) == "fmt ";
    const std::uint32_t stated = usual ? number_at(head, bytes_a_second_at) : 0;
    return stated >= least_rate && stated <= highest_rate ? stated : least_rate;
}

}  // namespace

void SoundCheck::see(std::string_view bytes) {
    head_ += bytes.substr(0, std::min(bytes.size(), head_bytes - head_.size()));
    size_ += bytes.size();
}

bool SoundCheck::is_sound() const {
    const std::string_view head = head_;
    if (size_ <= head_bytes || !head.starts_with("RIFF") || head.substr(before_the_rest, 4) != "WAVE") {
        return false;
    }
    const std::uint32_t rest = number_at(head, before_the_rest / 2);
    const std::size_t stated = rest + before_the_rest;
    return rest == 0 || rest == unstated || (stated > head_bytes && size_ >= stated);
}

bool SoundCheck::may_last(std::chrono::seconds stated) const {
    const auto least = std::max<std::int64_t>(0, (stated - cut_away).count());
    return size_ >= head_bytes + static_cast<std::size_t>(least) * rate_of(head_);
}

}  // namespace rightsline::conversations

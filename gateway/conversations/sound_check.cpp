#include "gateway/conversations/sound_check.hpp"

#include <algorithm>

namespace rightsline::conversations {
namespace {

constexpr std::size_t head_bytes = 12;
constexpr std::size_t empty_file = 44;      // the usual header, and no sample behind it
constexpr std::size_t before_the_rest = 8;  // "RIFF" and the length itself

/// How long the file says it is: "RIFF", then the rest's length, its lowest byte first.
std::size_t stated_size(std::string_view head) {
    std::size_t rest = 0;
    for (std::size_t i = before_the_rest; i > before_the_rest / 2; --i) {
        rest = (rest << 8U) | static_cast<unsigned char>(head[i - 1]);
    }
    return rest + before_the_rest;
}

}  // namespace

void SoundCheck::see(std::string_view bytes) {
    head_ += bytes.substr(0, std::min(bytes.size(), head_bytes - head_.size()));
    size_ += bytes.size();
}

bool SoundCheck::is_sound() const {
    if (size_ <= empty_file || !head_.starts_with("RIFF") || !head_.ends_with("WAVE")) {
        return false;
    }
    const std::size_t stated = stated_size(head_);
    return stated > empty_file && size_ >= stated;
}

}  // namespace rightsline::conversations

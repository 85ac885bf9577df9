#include "gateway/conversations/sound_check.hpp"

#include <algorithm>

namespace rightsline::conversations {
namespace {

constexpr std::size_t head_bytes = 12;
constexpr std::size_t empty_file = 44;  // the usual header, and no sample behind it

}  // namespace

void SoundCheck::see(std::string_view bytes) {
    head_ += bytes.substr(0, std::min(bytes.size(), head_bytes - head_.size()));
    size_ += bytes.size();
}

bool SoundCheck::is_sound() const {
    return size_ > empty_file && head_.starts_with("RIFF") && head_.ends_with("WAVE");
}

}  // namespace rightsline::conversations

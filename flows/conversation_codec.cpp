#include "flows/conversation_codec.hpp"

#include <algorithm>

namespace rightsline::flows {

void ByteWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        out_.push_back(static_cast<char>((value & 0x7f) | 0x80));
        value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
}

void ByteWriter::signed_number(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    number(value < 0 ? ~(bits << 1) : bits << 1);
}

void ByteWriter::bytes(std::span<const std::uint8_t> raw) {
    for (const std::uint8_t byte : raw) {
        out_.push_back(static_cast<char>(byte));
    }
}

void ByteWriter::text(std::string_view text) {
    number(text.size());
    out_.append(text);
}

std::uint64_t ByteReader::number(std::uint64_t most) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; ok_ && shift < 64; shift += 7) {
        if (rest_.empty()) {
            break;
        }
        const auto byte = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        const std::uint64_t bits = byte & 0x7fU;
        // A tenth byte holds one bit only, and a last byte of zero would be a second spelling of the same number.
        if ((shift == 63 && bits > 1) || (byte == 0 && shift != 0)) {
            break;
        }
        value |= bits << shift;
        if ((byte & 0x80U) == 0) {
            if (value > most) {
                break;
            }
            return value;
        }
    }
    ok_ = false;
    return 0;
}

std::int64_t ByteReader::signed_number() {
    const std::uint64_t bits = number();
    return static_cast<std::int64_t>((bits & 1U) != 0 ? ~(bits >> 1) : bits >> 1);
}

void ByteReader::bytes(std::span<std::uint8_t> raw) {
    if (!ok_ || rest_.size() < raw.size()) {
        ok_ = false;
        return;
    }
    std::transform(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(raw.size()), raw.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    rest_.remove_prefix(raw.size());
}

std::string ByteReader::text(std::size_t most) {
    const auto size = static_cast<std::size_t>(number(most));
    if (!ok_ || rest_.size() < size) {
        ok_ = false;
        return {};
    }
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
}

}  // namespace rightsline::flows

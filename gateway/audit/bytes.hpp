// Bytes: numbers and texts in the one way in which the audit writes them: big-endian, lengths in front.
//
// Private to the room. Pure. Threading: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::audit {

inline void append_number(std::string& out, std::uint64_t number, unsigned bytes) {
    for (unsigned left = bytes; left-- > 0;) {
        out += static_cast<char>(number >> (8 * left) & 0xFFU);
    }
}

inline void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size(), 4);
    out += text;
}

/// Takes numbers and bytes off the front; what is not there reads as nothing, and then it is not whole.
class ByteReader {
 public:
    explicit ByteReader(std::string_view bytes) : left_(bytes) {}

    std::string_view take(std::size_t count) {
        whole_ = whole_ && count <= left_.size();
        const std::string_view taken = left_.substr(0, whole_ ? count : 0);
        left_.remove_prefix(taken.size());
        return taken;
    }
    std::uint64_t number(unsigned bytes) {
        std::uint64_t value = 0;
        for (const char byte : take(bytes)) {
            value = value << 8U | static_cast<unsigned char>(byte);
        }
        return value;
    }
    template <class Array>
    void fill(Array& out) {
        const std::string_view taken = take(out.size());
        for (std::size_t i = 0; i < taken.size(); ++i) {
            out[i] = static_cast<std::uint8_t>(taken[i]);
        }
    }
    /// Nothing was missing and nothing is left.
    bool ended() const { return whole_ && left_.empty(); }

 private:
    std::string_view left_;
    bool whole_ = true;
};

}  // namespace rightsline::audit

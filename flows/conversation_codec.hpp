// The byte form of small values: variable-length numbers and counted strings, read without trust.
//
// Invariant: every value has exactly one spelling, so bytes that were read give the same bytes when written.
// Threading: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rightsline::flows {

class ByteWriter {
 public:
    void number(std::uint64_t value);
    /// Small negatives stay small: 0, -1, 1, -2 … become 0, 1, 2, 3 …
    void signed_number(std::int64_t value);
    void bytes(std::span<const std::uint8_t> raw);
    void text(std::string_view text);
    std::string take() { return std::move(out_); }
    void reserve(std::size_t size) { out_.reserve(size); }

 private:
    std::string out_;
};

/// Reads what ByteWriter wrote. After the first mistake every read gives zero and ok() stays false.
class ByteReader {
 public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number(std::uint64_t most = UINT64_MAX);
    std::int64_t signed_number();
    void bytes(std::span<std::uint8_t> raw);
    std::string text(std::size_t most);
    void fail() { ok_ = false; }
    bool ok() const { return ok_; }
    bool done() const { return ok_ && rest_.empty(); }

 private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace rightsline::flows

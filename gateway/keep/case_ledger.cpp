#include "gateway/keep/case_ledger.hpp"

#include <cstring>

namespace rightsline::keep {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

CaseNote* CaseLedger::note(std::string_view hex) {
    Id id{};
    if (hex.size() != 2 * id.size() || hex.find_first_not_of(digits) != std::string_view::npos) {
        return nullptr;
    }
    for (std::size_t i = 0; i < id.size(); ++i) {
        id[i] = static_cast<std::uint8_t>(digits.find(hex[2 * i]) << 4U | digits.find(hex[2 * i + 1]));
    }
    return &notes_[id];
}

std::size_t CaseLedger::Hash::operator()(const Id& id) const {
    std::size_t hash = 0;  // ids are keyed hashes or random already
    std::memcpy(&hash, id.data(), sizeof hash);
    return hash;
}

std::string CaseLedger::hex_of(const Id& id) {
    std::string hex;
    for (const std::uint8_t byte : id) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

}  // namespace rightsline::keep

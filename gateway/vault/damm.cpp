#include "gateway/vault/damm.hpp"

#include <array>
#include <cstddef>

namespace rightsline::vault {
namespace {

// A totally anti-symmetric quasigroup of order ten with a zero diagonal (Damm, 2004).
constexpr std::array<std::string_view, 10> quasigroup{"0317598642", "7092154863", "4206871359", "1750983426",
                                                      "6123045978", "3674209581", "5869720134", "8945362017",
                                                      "9438617205", "2581436790"};

std::size_t value(char digit) { return static_cast<std::size_t>(digit - '0'); }

}  // namespace

char damm_digit(std::string_view digits) {
    char interim = '0';
    for (const char digit : digits) {
        interim = quasigroup[value(interim)][value(digit)];
    }
    return interim;
}

bool damm_holds(std::string_view digits) { return damm_digit(digits) == '0'; }

}  // namespace rightsline::vault

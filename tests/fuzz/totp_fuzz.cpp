// Any bytes as a second factor: its secret, the time, the step that was used last, and what somebody typed. No crash; what is
// taken is six digits, of a step beside now that was not used, and the same digits are not taken again.
//
// The input: 20 bytes of secret, 8 of seconds, 8 of the last step, 1 that says whether the right code is typed, the rest typed.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/access/totp.hpp"

namespace {

using namespace rightsline::access;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

/// Eight bytes, within the years that a clock may say.
std::int64_t number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8U | static_cast<unsigned char>(c);
    }
    return static_cast<std::int64_t>(value % 253'402'300'800);
}

void look_at(std::string_view secret, std::string_view typed, std::int64_t now, std::int64_t last) {
    const auto step = matching_step(secret, typed, now, last);
    if (!step) {
        return;
    }
    must(typed.size() == 6 && std::ranges::all_of(typed, [](char c) { return c >= '0' && c <= '9'; }));
    must(*step > last && *step >= now / totp_period - 1 && *step <= now / totp_period + 1);
    must(totp_code(secret, *step) == typed);
    const auto again = matching_step(secret, typed, now, *step);
    must(!again || *again > *step);  // two steps may have one code, and that is another one
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.size() < 37) {
        return 0;
    }
    const std::string_view secret = input.substr(0, totp_secret_bytes);
    const std::int64_t now = number(input.substr(20, 8));
    const std::int64_t last = number(input.substr(28, 8)) / totp_period;
    look_at(secret, input.substr(37), now, last);
    const int off = input[36] % 3;  // -2 … 2: of the steps beside now, and of those that are too far
    const std::int64_t step = now / totp_period + off;
    const std::string right = totp_code(secret, step);
    must(right.size() == 6);
    look_at(secret, right, now, last);
    if (off >= -1 && off <= 1 && step > last) {
        must(matching_step(secret, right, now, last).has_value());
    }
    must(to_base32(secret).size() == 32);
    must(otpauth_uri("rightsline", "maria", secret).ends_with("&issuer=rightsline"));
    return 0;
}

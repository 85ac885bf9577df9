#include "gateway/access/totp.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace rightsline::access {
namespace {

const std::string secret = "12345678901234567890";  // RFC 6238, appendix B

TEST(Totp, SaysTheDigitsOfRfc6238) {
    constexpr std::pair<std::int64_t, const char*> vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [time, digits] : vectors) {
        EXPECT_EQ(totp_code(secret, time / totp_period, 8), digits) << time;
        EXPECT_EQ(totp_code(secret, time / totp_period), std::string(digits).substr(2)) << time;
    }
}

TEST(Totp, TakesTheCodeOfNowAndItsNeighboursAndNoOther) {
    const std::int64_t now = 1234567890;
    const std::int64_t step = now / totp_period;
    for (const std::int64_t off : {-3, -2, -1, 0, 1, 2, 3}) {
        const auto found = matching_step(secret, totp_code(secret, step + off), now, 0);
        EXPECT_EQ(found, off >= -1 && off <= 1 ? std::optional(step + off) : std::nullopt) << off;
    }
}

TEST(Totp, ACodeThatWasUsedOrIsOlderThanThatIsNone) {
    const std::int64_t now = 1234567890;
    const std::int64_t step = now / totp_period;
    EXPECT_TRUE(matching_step(secret, totp_code(secret, step), now, step - 1));
    EXPECT_FALSE(matching_step(secret, totp_code(secret, step), now, step));
    EXPECT_FALSE(matching_step(secret, totp_code(secret, step - 1), now, step));
    EXPECT_TRUE(matching_step(secret, totp_code(secret, step + 1), now, step));
}

TEST(Totp, WhatIsNotSixDigitsIsNoCode) {
    const std::int64_t now = 1234567890;
    const std::string code = totp_code(secret, now / totp_period);
    for (const std::string& typed :
         {std::string(), code.substr(1), code + "0", " " + code.substr(1), code.substr(0, 5) + "o",
          code.substr(0, 3) + " " + code.substr(3), std::string("００００００"), std::string(6, '\0')}) {
        EXPECT_FALSE(matching_step(secret, typed, now, 0)) << typed;
    }
}

TEST(Totp, ASecretIsAsLongAsTheHashAndNeverTheSame) {
    EXPECT_EQ(fresh_totp_secret().size(), totp_secret_bytes);
    EXPECT_NE(fresh_totp_secret(), fresh_totp_secret());
}

TEST(Totp, IsShownAsAppsReadIt) {
    // RFC 4648, 10, without the padding.
    constexpr std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                               {"f", "MY"},
                                                               {"fo", "MZXQ"},
                                                               {"foo", "MZXW6"},
                                                               {"foob", "MZXW6YQ"},
                                                               {"fooba", "MZXW6YTB"},
                                                               {"foobar", "MZXW6YTBOI"}};
    for (const auto& [plain, text] : vectors) {
        EXPECT_EQ(to_base32(plain), text);
    }
    EXPECT_EQ(to_base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(to_base32(std::string(5, '\xff')), "77777777");
    EXPECT_EQ(otpauth_uri("rightsline", "maria", "foobar"),
              "otpauth://totp/rightsline:maria?secret=MZXW6YTBOI&issuer=rightsline");
}

}  // namespace
}  // namespace rightsline::access

#include "gateway/vault/phone_number.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include <type_traits>

#include "gateway/ops/log.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

template <class T>
concept Loggable = requires(T value) { ops::Field("key", value); };
static_assert(Loggable<int> && !Loggable<PhoneNumber> && !Loggable<const PhoneNumber&>);

struct Case {
    std::string_view text;
    std::string_view region;
    std::string_view e164;  // "" = not a number
};

/// "5005550006_US": plain characters only, for the names that a report shows.
std::string plain(const Case& c) {
    std::string name;
    for (const char one : c.text) {
        const bool is_plain =
            (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z');
        name += is_plain ? std::string(1, one) : std::string();
    }
    return name + (c.region.empty() ? "" : "_" + std::string(c.region));
}

void PrintTo(const Case& c, std::ostream* out) { *out << plain(c); }

std::string name_of(const testing::TestParamInfo<Case>& info) {
    return plain(info.param) + "_" + std::to_string(info.index);
}

class PhoneNumberParse : public testing::TestWithParam<Case> {};

TEST_P(PhoneNumberParse, GivesE164OrRefuses) {
    const Case& c = GetParam();
    const Result<PhoneNumber> number = PhoneNumber::parse(c.text, c.region);
    if (c.e164.empty()) {
        EXPECT_EQ(number.error(), errc::not_a_number) << c.text;
    } else {
        ASSERT_TRUE(number) << c.text;
        EXPECT_EQ(number->reveal(), c.e164);
    }
}

INSTANTIATE_TEST_SUITE_P(Strict, PhoneNumberParse,
                         testing::Values(Case{"+15005550006", "", "+15005550006"},
                                         Case{"+254711000001", "US", "+254711000001"},
                                         Case{"+50937001234", "", "+50937001234"},
                                         // "valid" is never asked: a number that the tables do not know yet
                                         Case{"+12345678901", "", "+12345678901"},
                                         Case{"+999123456789012", "", "+999123456789012"}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(
    Parsed, PhoneNumberParse,
    testing::Values(Case{"(500) 555-0006", "US", "+15005550006"}, Case{"5005550006", "US", "+15005550006"},
                    Case{"0711 000001", "KE", "+254711000001"}, Case{"3700-1234", "HT", "+50937001234"},
                    Case{"+1 (500) 555-0006", "", "+15005550006"},
                    Case{" +1500 555 0006 ", "", "+15005550006"},
                    Case{"+6834002", "", "+6834002"},  // Niue: shorter than the fast path takes
                    Case{"5005550006", "", ""}),
    name_of);  // national without a region
INSTANTIATE_TEST_SUITE_P(
    Withheld, PhoneNumberParse,
    testing::Values(Case{"anonymous", "US", ""}, Case{"Anonymous", "US", ""}, Case{"Restricted", "US", ""},
                    Case{"unavailable", "US", ""}, Case{"+266696687", "US", ""}, Case{"266696687", "US", ""},
                    Case{"+7378742833", "US", ""}, Case{"7378742833", "US", ""}, Case{"+2562533", "US", ""},
                    Case{"+8656696", "US", ""}, Case{"+86282452253", "", ""}, Case{"+266 696 687", "US", ""},
                    Case{"", "US", ""}, Case{"+", "US", ""}, Case{"sip:x@example.org", "US", ""}),
    name_of);
INSTANTIATE_TEST_SUITE_P(NotPeople, PhoneNumberParse,
                         testing::Values(Case{"24273", "US", ""}, Case{"12345", "US", ""},
                                         Case{"911", "US", ""}, Case{"FairFood", "US", ""},
                                         // found by fuzzing: "+4306226", which nobody reads as a number again
                                         Case{"0043006226", "HT", ""}, Case{"1800FLOWERS99", "US", ""},
                                         Case{"+15005550006,123", "", ""}, Case{"+1234567890123456", "", ""},
                                         Case{"+05005550006", "", ""}, Case{"1+5005550006", "US", ""},
                                         Case{"client:monitor", "US", ""}),
                         name_of);

TEST(PhoneNumber, LongInputIsRefusedBeforeTheTables) {
    EXPECT_EQ(PhoneNumber::parse(std::string(100'000, '1'), "US").error(), errc::not_a_number);
    EXPECT_EQ(PhoneNumber::parse(std::string(100'000, ' '), "US").error(), errc::not_a_number);
}

TEST(PhoneNumber, BytesThatAreNoTextAreRefused) {
    EXPECT_FALSE(PhoneNumber::parse(std::string("\xFF\xFE\0\x80", 4), "US"));
}

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

TEST(PhoneNumber, CannotBeLoggedOrBecomeAString) {
    static_assert(!Streamable<PhoneNumber>);
    static_assert(!std::is_convertible_v<PhoneNumber, std::string>);
    static_assert(!std::equality_comparable<PhoneNumber>);
    PhoneNumber::warm_up();
}

}  // namespace
}  // namespace rightsline::vault

#include "gateway/vault/phone_number.hpp"
#include "gateway/vault/number_range.hpp"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t most_characters = 20;  // given to libphonenumber
constexpr std::size_t fewest_digits = 7;     // country code included: Niue has the shortest numbers in use
constexpr std::size_t most_digits = 15;      // E.164

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "ANONYMOUS", "RESTRICTED", "BLOCKED", "UNKNOWN" and "UNAVAILABLE" on a keypad: how carriers write a
// withheld caller.
constexpr std::array<std::string_view, 5> withheld{"266696687", "7378742833", "2562533", "8656696",
                                                   "86282452253"};

bool is_withheld(std::string_view text) {
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    return std::ranges::find(withheld, digits) != withheld.end();
}

bool is_strict_e164(std::string_view text) {
    // Eight digits and more: below that only the tables know whether a country writes so short.
    if (text.size() < 1 + fewest_digits + 1 || text.size() > 1 + most_digits || text[0] != '+' ||
        text[1] == '0') {
        return false;
    }
    return std::ranges::all_of(text.substr(1), is_digit);
}

// Digits with a leading plus, or nothing when the text cannot be a number at all.
std::optional<std::string> strip(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (is_letter(c) || (c == '+' && !kept.empty())) {
            return std::nullopt;
        }
        if (is_digit(c) || c == '+') {
            kept += c;
        }
        if (kept.size() > most_characters) {
            return std::nullopt;
        }
    }
    return kept;
}

PhoneNumberUtil& tables() {
    static PhoneNumberUtil& instance = [&]() -> PhoneNumberUtil& {
        PhoneNumberUtil* const util = PhoneNumberUtil::GetInstance();
        // Its own logger prints to stdout what it cannot read, which is a number. The library takes
        // ownership.
        util->SetLogger(std::make_unique<NullLogger>().release());
        return *util;
    }();
    return instance;
}

constexpr const char* no_region = "ZZ";

struct SharedCode {
    std::string_view begins;
    Range range;
};
// Country codes of no country. Source: ITU-T, "List of ITU-T Recommendation E.164 assigned country codes", annex to Operational
// Bulletin 1114 (15 December 2016). 800 (freephone) is left out: it costs who calls nothing.
constexpr std::array<SharedCode, 8> shared_codes{{
    {"+808", Range::premium},    // shared cost
    {"+870", Range::satellite},  // Inmarsat
    {"+878", Range::satellite},  // personal numbers that lead anywhere
    {"+881", Range::satellite},  // global mobile satellite systems
    {"+882", Range::satellite},  // international networks, satellites among them
    {"+883", Range::satellite},
    {"+888", Range::satellite},
    {"+979", Range::premium},  // international premium rate
}};

std::optional<std::string> read_with_tables(const std::string& text, const std::string& region) {
    i18n::phonenumbers::PhoneNumber number;
    if (tables().Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
        !tables().IsPossibleNumber(number)) {
        return std::nullopt;
    }
    std::string e164;
    tables().Format(number, PhoneNumberUtil::E164, &e164);
    if (e164.size() < 1 + fewest_digits || e164.size() > 1 + most_digits) {
        return std::nullopt;
    }
    return e164;
}

std::optional<std::string> parse_with_tables(const std::string& text, std::string_view region) {
    std::optional<std::string> e164 =
        read_with_tables(text, region.empty() ? no_region : std::string(region));
    // Kept, said and sent as E.164: what the tables themselves do not read as the same number is none.
    if (e164 && !is_strict_e164(*e164) && read_with_tables(*e164, no_region) != e164) {
        return std::nullopt;
    }
    return e164;
}

}  // namespace

Result<PhoneNumber> PhoneNumber::parse(std::string_view text, std::string_view region) {
    if (is_withheld(text)) {
        return errc::not_a_number;
    }
    if (is_strict_e164(text)) {
        return PhoneNumber(std::string(text));
    }
    std::optional<std::string> kept = strip(text);
    if (!kept || kept->empty() || is_withheld(*kept)) {
        return errc::not_a_number;
    }
    std::optional<std::string> e164 = parse_with_tables(*kept, region);
    locales::wipe(*kept);
    // The tables drop trunk and international prefixes: a withheld caller may be all that is left.
    if (!e164 || is_withheld(*e164)) {
        return errc::not_a_number;
    }
    return PhoneNumber(std::move(*e164));
}

void PhoneNumber::warm_up() { parse_with_tables("+15005550006", ""); }

Range range_of(const PhoneNumber& number) {
    using Type = PhoneNumberUtil;
    const std::string& e164 = number.reveal();
    const auto shared = std::ranges::find_if(
        shared_codes, [&](const SharedCode& one) { return e164.starts_with(one.begins); });
    if (shared != shared_codes.end()) {
        return shared->range;
    }
    i18n::phonenumbers::PhoneNumber read;
    if (tables().Parse(e164, no_region, &read) != PhoneNumberUtil::NO_PARSING_ERROR ||
        !tables().IsValidNumber(read)) {
        return Range::unassigned;
    }
    const auto type = tables().GetNumberType(read);
    const bool pays = type == Type::PREMIUM_RATE || type == Type::SHARED_COST;
    return pays ? Range::premium : Range::ordinary;
}

PhoneNumber::~PhoneNumber() { locales::wipe(e164_); }

}  // namespace rightsline::vault

#include "gateway/vault/recovery_code.hpp"

#include <sodium.h>

#include <array>
#include <optional>
#include <vector>

#include "gateway/vault/error.hpp"
#include "locales/spelling.hpp"

namespace rightsline::vault {
namespace {

using Group = std::array<char, RecoveryCode::in_group + 1>;  // its place, four digits, the check digit

Group group_of(std::string_view digits, std::size_t place) {
    Group group{};
    group[0] = static_cast<char>('0' + place);
    std::ranges::copy(digits.substr(place * RecoveryCode::in_group, RecoveryCode::in_group),
                      group.begin() + 1);
    return group;
}

bool is_right(std::string_view digits, std::size_t place) {
    Group group = group_of(digits, place);
    const bool right = locales::damm_ok({group.data(), group.size()});
    sodium_memzero(group.data(), group.size());
    return right;
}

/// The digits alone; nothing when there is anything else, or more than a typed secret holds.
std::optional<TypedSecret> only_digits(std::string_view typed) {
    TypedSecret digits;
    for (const char c : typed) {
        if (c == ' ' || c == '-' || c == '.') {
            continue;
        }
        if (c < '0' || c > '9' || !digits.push(c)) {
            return std::nullopt;
        }
    }
    return digits;
}

std::vector<std::size_t> wrong_groups(std::string_view digits) {
    std::vector<std::size_t> wrong;
    for (std::size_t place = 0; place < RecoveryCode::groups; ++place) {
        if (!is_right(digits, place)) {
            wrong.push_back(place + 1);
        }
    }
    return wrong;
}

}  // namespace

RecoveryCode RecoveryCode::random() {
    ensure_sodium();
    RecoveryCode code;
    for (std::size_t place = 0; place < groups; ++place) {
        Group group{};
        group[0] = static_cast<char>('0' + place);
        for (std::size_t i = 1; i < in_group; ++i) {
            group.at(i) = static_cast<char>('0' + randombytes_uniform(10));
        }
        group[in_group] = locales::damm_digit({group.data(), in_group}).value();
        for (std::size_t i = 1; i < group.size(); ++i) {
            code.digits_.push(group.at(i));
        }
        sodium_memzero(group.data(), group.size());
    }
    return code;
}

Result<RecoveryCode> RecoveryCode::parse(std::string_view typed) {
    std::optional<TypedSecret> digits = only_digits(typed);
    if (!digits || digits->size() != length || !wrong_groups(digits->view()).empty()) {
        return errc::not_a_recovery_code;
    }
    RecoveryCode code;
    code.digits_ = std::move(*digits);
    return code;
}

locales::PrivateText RecoveryCode::on_paper() const {
    std::string text;
    text.reserve(2 * length);  // so that no shorter copy is left behind
    for (std::size_t i = 0; i < length; ++i) {
        if (i != 0 && i % in_group == 0) {
            text += i == length / 2 ? '\n' : ' ';
        }
        text += digits()[i];
    }
    return locales::PrivateText(std::move(text));
}

std::string mistake_in_code(std::string_view typed) {
    const std::optional<TypedSecret> digits = only_digits(typed);
    if (!digits) {
        return "A recovery code is digits alone, ten groups of five; there is something else in it.";
    }
    if (digits->size() != RecoveryCode::length) {
        return "That is " + std::to_string(digits->size()) +
               " digits; a recovery code has fifty, ten groups of five.";
    }
    const std::vector<std::size_t> wrong = wrong_groups(digits->view());
    if (wrong.empty()) {
        return "";
    }
    std::string named;
    for (const std::size_t group : wrong) {
        named += (named.empty() ? "" : ", ") + std::to_string(group);
    }
    return "Look again at group " + named + ": a digit is wrong, two are swapped, or groups changed places.";
}

}  // namespace rightsline::vault

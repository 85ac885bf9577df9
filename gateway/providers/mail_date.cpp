#include "gateway/providers/mail_date.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/providers/fields.hpp"

namespace rightsline::providers {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The number that `count` characters at `at` write, at most `most`.
std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count, unsigned most) {
    const Result<std::uint32_t> number = read_number(text.substr(at, count), most);
    return number ? std::optional<unsigned>(*number) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::sys_seconds> read_mail_date(std::string_view text) {
    constexpr std::string_view shape = "???, ?? ??? ???? ??:??:?? ";
    const bool utc = text.ends_with(" GMT") || text.ends_with(" +0000");
    if (!utc || text.size() < shape.size() || text.find_last_of(' ') != shape.size() - 1) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] != '?' && shape[i] != text[i]) {
            return std::nullopt;
        }
    }
    const auto day = digits(text, 5, 2, 31);
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const auto year = digits(text, 12, 4, 9999);
    const auto hour = digits(text, 17, 2, 23);
    const auto minute = digits(text, 20, 2, 59);
    const auto second = digits(text, 23, 2, 60);
    if (!day || month == months.end() || !year || !hour || !minute || !second) {
        return std::nullopt;
    }
    const auto number = static_cast<unsigned>(month - months.begin()) + 1;
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(number), std::chrono::day(*day));
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<std::chrono::seconds> retry_after(const http::Answer& answer, std::chrono::sys_seconds now,
                                                std::chrono::seconds most) {
    const std::string_view asked = answer.header("Retry-After");
    const Result<std::uint32_t> seconds = read_number(asked, 1'000'000'000);
    if (seconds) {
        return std::min(std::chrono::seconds(*seconds), most);
    }
    const std::optional<std::chrono::sys_seconds> date = read_mail_date(asked);
    if (!date) {
        return std::nullopt;
    }
    return std::clamp<std::chrono::seconds>(*date - now, std::chrono::seconds(0), most);
}

}  // namespace rightsline::providers

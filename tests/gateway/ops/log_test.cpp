#include "gateway/ops/log.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "gateway/ops/log_line.hpp"
#include "locales/private_text.hpp"

namespace rightsline::ops {
namespace {

template <class T>
concept Loggable = requires(T value) { Field("key", value); };

enum class Colour : std::uint8_t { red = 3 };

static_assert(Loggable<int> && Loggable<std::size_t> && Loggable<bool> && Loggable<Colour> &&
              Loggable<Label>);
static_assert(Loggable<std::error_code> && Loggable<boost::system::error_code> && Loggable<ShortId>);
static_assert(Loggable<std::chrono::seconds>);
static_assert(!Loggable<std::string> && !Loggable<std::string_view> && !Loggable<const std::string&>);
static_assert(!Loggable<char*> && !Loggable<const char*> && !Loggable<char> && !Loggable<char8_t>);
static_assert(!Loggable<locales::PrivateText>);
static_assert(!Loggable<double> && !Loggable<void*> && !Loggable<std::vector<int>>);
static_assert(!std::is_constructible_v<Label, std::string> &&
              !std::is_constructible_v<Label, std::string_view>);
static_assert(!std::is_constructible_v<Label, const char*> && !std::is_constructible_v<Label, char (&)[8]>);
static_assert(!std::is_convertible_v<std::array<std::uint8_t, 16>, ShortId>);

constexpr std::chrono::system_clock::time_point instant{std::chrono::milliseconds(1'700'000'000'125)};

std::string line_of(Fields fields) { return log_line(instant, Level::warn, "event_name", fields); }

TEST(LogLine, IsOneJsonObject) {
    EXPECT_EQ(
        line_of({{"status", 403}, {"ok", false}, {"mode", Label("sms")}, {"colour", Colour::red}}),
        R"({"at":"2023-11-14T22:13:20.125Z","level":"warn","event":"event_name","status":403,"ok":false,)"
        R"("mode":"sms","colour":3})");
}

TEST(LogLine, ShowsErrorsByNameAndValueOnly) {
    const boost::system::error_code error(2, boost::system::system_category());
    EXPECT_NE(line_of({{"error", error}}).find(R"("error":"system:2")"), std::string::npos);
}

TEST(LogLine, ShortensIds) {
    std::array<std::uint8_t, 16> id{};
    id.fill(0xab);
    EXPECT_NE(line_of({{"phone", ShortId(id)}}).find(R"("phone":"abababab")"), std::string::npos);
}

TEST(LogLine, HoldsNoNumberEvenWhenOneWasParsed) {
    const std::string line = line_of({{"a", 15005550006LL},
                                      {"b", -15005550006LL},
                                      {"c", 15005550006ULL},
                                      {"d", std::numeric_limits<std::int64_t>::min()},
                                      {"e", 9'999'999}});
    const std::string fields = line.substr(line.find("event_name"));
    EXPECT_FALSE(std::regex_search(fields, std::regex("[0-9]{8}"))) << line;
    EXPECT_NE(line.find("\"a\":1.50e+10"), std::string::npos) << line;
    EXPECT_NE(line.find("\"e\":9999999"), std::string::npos) << line;
}

TEST(LogSession, WritesFromTheLevelUpAndOnlyWhileItIsOpen) {
    std::vector<std::string> lines;
    {
        LogOptions options;
        options.level = Level::warn;
        options.also = [&](std::string_view line) { lines.emplace_back(line); };
        const LogSession session(options);
        EXPECT_FALSE(log_enabled(Level::info));
        log(Level::info, "quiet");
        log(Level::error, "loud", {{"count", 1}});
    }
    log(Level::error, "late");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NE(lines[0].find("\"event\":\"loud\",\"count\":1"), std::string::npos);
}

TEST(LogSession, LosesLinesRatherThanTimeAndCountsThem) {
    const std::uint64_t before = log_overruns();
    {
        LogOptions options;
        options.queue = 1;
        const LogSession session(options);
        for (int i = 0; i < 2000; ++i) {
            log(Level::info, "flood");
        }
    }
    EXPECT_GT(log_overruns(), before);
}

}  // namespace
}  // namespace rightsline::ops

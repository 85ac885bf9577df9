#include "gateway/conversations/recording_policy.hpp"

#include <algorithm>

#include "gateway/conversations/error.hpp"
#include "gateway/http/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds until_tomorrow = 24h;  // only the provider, or a hand there, can change it
constexpr std::chrono::seconds until_mended = 1h;     // a mend of ours is found within the hour
constexpr int a_few = 3;                              // the same answer is sure to come
constexpr int an_hour = 20;  // tries: right after a call the provider may not know a recording yet
constexpr int a_day = 300;   // tries: a provider that is down comes back

struct Rule {
    boost::system::error_code error;
    int attempts;
    Aside aside;
};

const Rule& rule_for(const boost::system::error_code& error) {
    static const Rule rules[] = {
        {http::make_error_code(http::errc::answer_too_large),
         a_few,
         {"it is larger than 8 MiB; fetch it by hand at the provider", until_tomorrow, "too_long"}},
        {make_error_code(errc::foreign),
         a_few,
         {"its address is not this account's at the provider; look at account_sid and api_base in the "
          "configuration, or fetch it by hand at the provider",
          until_mended, "elsewhere"}},
        {make_error_code(errc::gone),
         an_hour,
         {"the provider no longer has it", until_tomorrow, "never_arrived"}},
        {make_error_code(errc::no_sound),
         an_hour,
         {"the provider gives something that is no recording; its copy was left there, look at it",
          until_tomorrow, "empty"}},
        {make_error_code(errc::cut_short),
         an_hour,
         {"the provider gives less of it than it said was spoken; its copy was left there, listen to it",
          until_tomorrow, "cut_short"}},
        {make_error_code(errc::refused),
         an_hour,
         {"the provider refuses to give it; look at the account's account_sid and auth_tokens", until_mended,
          "refused"}},
        {make_error_code(errc::no_program),
         an_hour,
         {"its account or its program is no longer in the configuration; bring it back", until_mended,
          "no_account"}},
    };
    static const Rule any{
        {},
        a_day,
        {"a day of tries has failed; recording_delayed in the log says what of", until_mended, "failing"}};
    const auto found = std::ranges::find(rules, error, &Rule::error);
    return found == std::ranges::end(rules) ? any : *found;
}

}  // namespace

std::chrono::seconds backoff(int attempts) {
    return std::chrono::seconds(std::min(300, 1 << std::clamp(attempts - 1, 0, 9)));
}

std::optional<Aside> put_aside_after(const boost::system::error_code& error, int attempts, bool held) {
    const Rule& rule = rule_for(error);
    if (attempts < rule.attempts) {
        return std::nullopt;
    }
    if (held) {
        return Aside{"it is safe here, but the provider did not delete its own copy; delete it there by hand",
                     rule.aside.rest, "copy_left"};
    }
    return rule.aside;
}

std::string to_line(const Aside& aside) { return std::string(aside.word) + ": " + std::string(aside.reason); }

}  // namespace rightsline::conversations

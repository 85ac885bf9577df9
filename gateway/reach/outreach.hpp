// Outreach: what was texted to the worker of a case without their asking, and when the next text may go.
//
// A ping says that a message waits, and nothing else. One for however many replies, one a day at most, and after three
// that were not answered none until the worker has come back with the code. A worker who takes their yes back, or says
// STOP, gets none from then on. Silence says nothing about them.
// Must never: hold a number or a word. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/reach/safe_hours.hpp"
#include "locales/result.hpp"

namespace rightsline::reach {

/// One text that was put into the outbox.
struct Ping {
    std::string message;  // its id there
    std::string line;     // of ours, by which it leaves
    ops::UtcMs at{};
    bool asks = false;  // whether all is well; else it says that a message waits
};

/// Why a ping that is owed is held back, in the words of the audit; "" = it is not.
inline constexpr std::string_view held_unanswered = "unanswered";
inline constexpr std::string_view held_stop = "stop";
inline constexpr std::string_view held_no_way = "no_way";  // the line, the words or the country is not served

struct Outreach {
    std::int64_t made = 0;        // pings so far: the next one's number
    std::int64_t told_of = 0;     // the worker was told of so many replies, or had them read
    std::int64_t returns = 0;     // how often they had come back when the last ping went
    std::int64_t unanswered = 0;  // pings since they did
    std::vector<Ping> pings;      // the last ones, at most most_kept_pings
    std::string held;             // as it was last noted
};
inline constexpr std::size_t most_kept_pings = 20;
inline constexpr std::int64_t most_unanswered = 3;
inline constexpr std::chrono::hours between_pings{24};

/// Sealed by whoever keeps them.
std::string to_bytes(const Outreach& outreach);
/// Errors: stores::errc::damaged.
Result<Outreach> parse_outreach(std::string_view bytes);

/// What is known of a case when it is looked at.
struct Standing {
    std::int64_t replies = 0;
    std::int64_t replies_read = 0;
    std::int64_t returns = 0;
    bool wanted = false;  // its worker said yes to texts, and the number is kept
};

struct Rest {};  // nothing is owed
struct Wait {
    ops::UtcMs until;
};
struct Tell {
    Window window;
};
struct Hold {
    std::string_view why;
};
using Plan = std::variant<Rest, Wait, Tell, Hold>;

/// Notes that the worker has come back since the last ping.
void note_return(Outreach& outreach, const Standing& standing);
/// `outreach` after note_return().
Plan plan(const Outreach& outreach, const Standing& standing, const SafeHours& hours, const UtcOffset& offset,
          ops::UtcMs now);
/// Notes a ping that is posted with the same commit.
void note_ping(Outreach& outreach, const Standing& standing, Ping ping);

/// Notes a text that asks how its worker is: no ping, and yet a text.
void note_question(Outreach& outreach, Ping text);

}  // namespace rightsline::reach

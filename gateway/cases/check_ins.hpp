// CheckIns: on which days a case's worker was asked how they are, and what they said.
//
// A hash beside the case, in clear: days, hours and words of ours. An answer that comes late still counts; only silence never
// becomes "fine": once its time is over the answer is "unknown", until there is one. Who answered the text that asked them is
// found by a sealed pointer under the phone's keyed id, which goes with the answer and otherwise by itself.
// Must never: hold a word of a worker; take silence for anything. Threading: the book is the loop's; the rest is pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/stores/keyspace.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

inline constexpr std::string_view answer_fine = "fine";
inline constexpr std::string_view answer_changed = "changed";
inline constexpr std::string_view answer_stop = "stop";
inline constexpr std::string_view answer_unknown = "unknown";

struct CheckIn {
    int day = 0;             // after the report
    std::int64_t asked = 0;  // seconds since 1970, cut to the hour
    bool by_text = false;    // else it waits for whoever comes back with the code
    std::string answer;      // one of the above; "" = its time is not over
    std::int64_t hour = 0;   // of the answer
};

/// In the order of their days; what is no check-in of ours is left out.
std::vector<CheckIn> read_check_ins(const std::map<std::string, std::string>& fields);
/// How many at the end, one after the other, nobody answered.
int missed_in_a_row(const std::vector<CheckIn>& all);

/// The case has to be there in all three. Each holds its audit entry.
std::vector<redis::Write> asked_writes(const stores::Keyspace& keys, const std::string& case_id,
                                       const CheckIn& asked);
/// Unmet when it was answered meanwhile.
std::vector<redis::Write> unknown_writes(const stores::Keyspace& keys, const std::string& case_id, int day,
                                         std::int64_t hour);
struct Answered {
    int day = 0;
    std::string answer;
    std::int64_t hour = 0;
    std::string how;  // "sms", "voice", "ussd"
};
/// "stop" takes the yes back as well.
std::vector<redis::Write> answered_writes(const stores::Keyspace& keys, const std::string& case_id,
                                          const Answered& answered);

/// What stands under a phone while its answer is waited for.
struct OpenCheckIn {
    std::string case_id;
    int day = 0;
    std::string language;  // in which it was asked
    std::int64_t at = 0;   // milliseconds
    std::string circle{};  // that its case is sealed to; "" = the program's own
};
std::string to_bytes(const OpenCheckIn& open);
/// Errors: errc::damaged.
Result<OpenCheckIn> parse_open_check_in(std::string_view bytes);

/// So long an answer is waited for.
inline constexpr std::chrono::hours check_in_window{7 * 24};

class CheckInBook {
 public:
    explicit CheckInBook(redis::Client& client) : client_(client) {}

    /// Empty for a case that is not there. Errors: the store's.
    Awaitable<Result<std::vector<CheckIn>>> of(std::string program, std::string case_id,
                                               redis::Deadline deadline);

 private:
    redis::Client& client_;
};

}  // namespace rightsline::cases

// CheckInDesk: has workers asked, on the program's days after their report, whether all is well, and notes who did not answer.
//
// As the ping desk it posts nothing before the very minute in which a text may go, shares with it the record of what was
// texted, and does each thing in one commit: what was asked, the message, the pointer under the phone by which the answer is
// found, the audit entry. So any number of servers may do it side by side, and a crash repeats nothing.
// Must never: take silence for "fine"; say what it is about; log a number. Threading: the loop's. Owner: the composition root.
#pragma once

#include <map>
#include <string>

#include "gateway/reach/check_in_plan.hpp"
#include "gateway/reach/ping_desk.hpp"

namespace rightsline::reach {

class CheckInDesk {
 public:
    CheckInDesk(PingServices services, std::map<std::string, UtcOffset> places);

    /// Looks at the cases of `program` that are due; call every second, and not while the clock is in doubt.
    Awaitable<void> work(std::string program);

 private:
    struct Look {
        std::string program;
        cases::CaseFacts facts;
        cases::Reach reach;
        StoredOutreach record;
        CheckInState state;
    };
    Awaitable<void> look_at(std::string program, const UtcOffset& place, std::string case_id);
    Awaitable<Result<void>> decide(Look look, const UtcOffset& place, const std::vector<int>& days);
    Awaitable<Result<void>> ask_by_text(Look look, int day, Window window);
    Awaitable<Result<void>> keep_question(Look look, int day, std::string name,
                                          std::vector<redis::Write> posted);
    Awaitable<Result<void>> note_silence(Look look, int day);
    Awaitable<Result<void>> ask_in_mailbox(Look look, int day);
    Awaitable<Result<redis::Write>> pointer(const Look& look, const std::string& phone, int day);
    Awaitable<Result<std::int64_t>> is_asked_already(const std::string& program, std::string phone);
    Awaitable<Result<void>> leave(const std::string& program, const std::string& case_id, ops::UtcMs again);
    Awaitable<Result<void>> done(const std::string& program, const std::string& case_id);
    Awaitable<Result<void>> keep(std::string program, std::string case_id, std::vector<redis::Write> writes);
    redis::Write at(const std::string& program, const std::string& case_id, ops::UtcMs when) const;

    PingServices services_;
    std::map<std::string, UtcOffset> places_;
    Texting texting_;
    ops::Counter& asked_;
    ops::Counter& failed_;
};

}  // namespace rightsline::reach

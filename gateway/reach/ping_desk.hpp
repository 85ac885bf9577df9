// PingDesk: has a worker who asked for it told, by a neutral text, that a message waits.
//
// The commit that puts a reply into a mailbox writes one line into the index of cases to look at; the desk does the rest.
// It opens no number and posts nothing before the very minute in which a text may go: until then there is nothing in the
// outbox that a "no" would have to catch up with, and afterwards the send itself asks for the yes again (OnlyWhile), for
// STOP and for the time. Each ping is one commit: its record, its message, its audit entry, the next look. So any number of
// servers may do it side by side, and a crash repeats nothing; whether a text in doubt went is never tried out.
// Must never: say more than that there is a message; log a number or a word. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/contact.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/fate.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/reach/outreach.hpp"
#include "gateway/reach/texting.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "redis/transaction.hpp"

namespace rightsline::reach {

struct PingServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    std::function<void()> posted;  // wakes the dispatcher
};

/// For the team: what their worker was texted, and what became of it.
struct PingReport {
    Outreach outreach;
    std::vector<outbox::Fate> fates;  // of outreach.pings, in their order
    bool stopped = false;             // the worker's phone has said STOP since they asked for texts
    bool texts = false;               // they said yes to them
};

class PingDesk {
 public:
    /// `places`: by program, what its clock shows.
    PingDesk(PingServices services, std::map<std::string, UtcOffset> places);

    /// Looks at the cases of `program` that are due; call every second, and not while the clock is in doubt.
    Awaitable<void> work(std::string program);
    /// Empty for a case whose worker was texted nothing. Errors: stores::errc::no_such_case, stores::errc::damaged, the
    /// vault's, the store's.
    Awaitable<Result<PingReport>> report(std::string program, std::string case_id, Deadline deadline);
    /// PingReport::stopped alone, for a list: 1 or 0. Errors: the vault's, the store's.
    Awaitable<Result<std::int64_t>> stopped(std::string program, std::string case_id, Deadline deadline);

 private:
    /// All that is known of a case while it is looked at.
    struct Look {
        std::string program;
        std::string member;  // of the index, that is done with by this look
        cases::CaseFacts facts;
        cases::Reach reach;
        Outreach outreach;
        std::uint64_t version = 0;
        Standing standing;
    };
    Awaitable<void> look_at(std::string program, const UtcOffset& place, std::string member);
    Awaitable<Result<void>> carry_out(Look look, Plan plan);
    Awaitable<Result<void>> tell(Look look, Window window);
    Awaitable<Result<void>> hold(Look look, std::string_view why);
    Awaitable<Result<redis::Committed>> keep(Look look, redis::Commit commit);
    Awaitable<Result<void>> wait(const Look& look, ops::UtcMs until);
    Awaitable<Result<void>> leave(const std::string& program, std::string member,
                                  std::vector<redis::Write> more);

    PingServices services_;
    std::map<std::string, UtcOffset> places_;
    Texting texting_;
    ops::Counter& pinged_;
    ops::Counter& held_;
    ops::Counter& failed_;
};

}  // namespace rightsline::reach

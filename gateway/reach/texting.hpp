// Texting: what all texts that come unasked have in common: the record of what went to a case's worker, and the message itself.
//
// The record is one sealed document; whoever texts commits it with the message, so that two never go where one was meant, and
// no kind of text can forget what another one has sent.
// Must never: hold a number longer than a message takes; log one. Threading: the loop's. Owner: the desks.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <string>

#include "gateway/cases/contact.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/message.hpp"
#include "gateway/reach/outreach.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "redis/transaction.hpp"

namespace rightsline::reach {

struct StoredOutreach {
    Outreach outreach;
    std::uint64_t version = 0;
};

std::int64_t ms(ops::UtcMs at);
/// Seconds since 1970, cut to the hour: all that a case says of when.
std::int64_t hour_of(ops::UtcMs at);
/// That nobody can be sent to on this way, which no later try would change.
bool is_no_way(const boost::system::error_code& error);

class Texting {
 public:
    Texting(redis::Client& redis, vault::Vault& vault, ops::Clock& clock, stores::PackShelf& packs)
        : redis_(redis), vault_(vault), clock_(clock), packs_(packs), book_(redis, vault) {}

    cases::ContactBook& book() { return book_; }
    /// Errors: stores::errc::damaged, the vault's, the store's.
    Awaitable<Result<StoredOutreach>> load(std::string program, std::string case_id, Deadline deadline);
    /// Seals the record into the commit, and commits it if the case is there and nobody was faster; else nothing is written.
    Awaitable<Result<redis::Committed>> keep(std::string program, std::string case_id, StoredOutreach record,
                                             redis::Commit commit, Deadline deadline);
    /// The text, which goes only within the window and while the number stays. Errors: the vault's, stores::errc::damaged.
    Awaitable<Result<outbox::Message>> message(std::string program, std::string case_id, cases::Reach reach,
                                               std::string words, Window window);
    /// A name in the outbox, which the provider sees as well: it names no case, and is the same however often it is made.
    Awaitable<Result<std::string>> name(std::string what);
    /// The program's words under that key, in that language; "" = it has none.
    std::string words(const std::string& program, const char* key, const std::string& language) const;
    /// Without a program nobody is texted.
    std::string quiet_hours(const std::string& program) const;

 private:
    redis::Client& redis_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    stores::PackShelf& packs_;
    cases::ContactBook book_;
};

}  // namespace rightsline::reach

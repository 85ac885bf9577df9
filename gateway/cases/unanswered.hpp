// Unanswered: which question about their report a worker left, for whoever comes back with its code within a day.
//
// Sealed to the mailbox of the case (gateway/vault/mailbox.hpp), so that nobody but who has the code opens it, the server
// included, and bound to the case. It stands there from the moment the report has a code, always as many bytes, also when
// nothing is left to ask, so that whoever has the store cannot tell who left early, nor where. It goes with the case, and by
// itself at the full hour after the day; what says when it was written is sealed with it. It needs no month's lock of its own:
// the mailbox that opens it is under one (epoch_lock.hpp).
// Must never: be written for a case that is not there. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/mailbox.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// How long whoever comes back goes on where they left, in seconds.
inline constexpr std::int64_t unanswered_kept = 24LL * 60 * 60;

/// The write that keeps `question` ("" = nothing is left) as it stands at `at` (seconds since 1970). Throws std::logic_error
/// for a key that vault::mailbox_key() would refuse.
redis::Write unanswered_write(const stores::Keyspace& keys, const std::string& case_id,
                              const vault::MailboxPublicKey& mailbox, std::string_view question,
                              std::int64_t at);
/// The question, for whoever opened the mailbox; "" when nothing is left, the day is over at `now`, or it is of another case
/// or no such thing.
std::string read_unanswered(const vault::CirclePrivateKey& mailbox, const stores::Keyspace& keys,
                            const std::string& case_id, std::string_view stored, std::int64_t now);

}  // namespace rightsline::cases

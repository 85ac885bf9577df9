// referral_writes: where the copies for another organisation stand, and how they come and go with their offer.
//
// Private to the desk of referrals. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cases/referral.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// The field of copy `number`, from 0 on.
std::string copy_field(std::string_view to, std::int64_t number);
/// A recording was brought for them, and no offer took it yet.
std::string brought_field(std::string_view recording);
/// The case is there, and none that is still on its way has this id: it would be taken for fetched, and be deleted with the copy.
std::vector<redis::Write> bringing_writes(const stores::Keyspace& keys, const std::string& id,
                                          const std::string& to, const std::string& recording);
/// Those of `one` were brought for this case and for them.
std::vector<redis::Write> must_be_brought(const stores::Keyspace& keys, const std::string& id,
                                          const Referral& one);
/// `locked` behind the first `after`; the recordings of `one` are the case's from then on, and not to be deleted.
std::vector<redis::Write> copy_writes(const stores::Keyspace& keys, const std::string& id,
                                      const Referral& one, std::int64_t after,
                                      std::vector<std::string> locked);
/// All copies go, and the files of the recordings with whoever holds them.
std::vector<redis::Write> end_writes(const stores::Keyspace& keys, const std::string& id, const Referral& one,
                                     std::int64_t now_ms);
/// It is looked at when `until` (seconds since 1970) is over; 0 = when its worker says no.
redis::Write looked_at(const stores::Keyspace& keys, const std::string& id, std::int64_t until);

}  // namespace rightsline::cases

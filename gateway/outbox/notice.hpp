// Notice: an e-mail or a webhook that tells of an alert, as it is kept, sealed, until its fate is known.
//
// Content-free, as all that tells of an alert. Its id begins with "e" or "h" and is given by whoever causes it, so that it
// enters once; a webhook carries it as webhook-id and an e-mail as Message-ID, so that whoever gets it twice can tell.
// Must never: be kept unsealed, for it names a person. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/ops/clock.hpp"
#include "gateway/stores/keyspace.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::outbox {

struct Notice {
    enum class By : std::uint8_t { mail, webhook };
    By by = By::mail;
    locales::PrivateText to;  // an address; of a webhook its URL
    std::string subject;      // of an e-mail
    std::string body;
    ops::UtcMs not_after{};  // it does not begin later
};

std::string to_bytes(const Notice& notice);
/// Errors: errc::damaged.
Result<Notice> parse_notice(std::string_view bytes);

/// What stands in place of a line in the names of the queue's keys; no number can be that.
inline constexpr std::string_view notices_line = "notices";
redis::LeaseQueue queue_of_notices(const stores::Keyspace& keys);
bool is_notice(std::string_view id);

}  // namespace rightsline::outbox

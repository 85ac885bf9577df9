// StandardWebhook: a notice as a request that its receiver can trust (standardwebhooks.com), and what its answer means.
//
// webhook-id, webhook-timestamp, and webhook-signature: "v1," and the base64 HMAC-SHA256 of "id.timestamp.body", one for
// each secret, so that a secret can be changed without a gap. Any answer but 2xx is no receipt; the receiver knows a repeat
// by its id, so it is sent again where another try may help. Pure. Must never: follow a redirect.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/pool.hpp"
#include "gateway/providers/outbound.hpp"

namespace rightsline::outbox {

/// "whsec_" and base64 of 24 to 64 bytes, as raw bytes; nothing when it is no such secret.
std::optional<std::string> read_webhook_secret(std::string_view text);

/// `secrets`: as they are written.
http::Outgoing webhook_request(std::string url, const std::string& id, std::chrono::sys_seconds at,
                               std::string body, const std::vector<std::string>& secrets);

providers::SendResult read_webhook_answer(const http::Fate& fate);

}  // namespace rightsline::outbox

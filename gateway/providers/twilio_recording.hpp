// Fetching a recording from Twilio and deleting it there.
//
// The URL that a webhook names is never fetched as it is: its origin must be the configured API's, and the
// request goes to the path that we build from the recording's id, so that nobody can send us (or our token)
// elsewhere.
#pragma once

#include <optional>

#include "gateway/http/message.hpp"
#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

/// nullopt: the id or the URL is not one of this account's recordings.
std::optional<http::Outgoing> fetch_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials);
std::optional<http::Outgoing> erase_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials);

}  // namespace rightsline::providers

// What the spool holds of one event: a text as it was decoded, or the news of a recording.
//
// Not the request as it came: that carries a location and a caller's name, which nobody keeps. A later build reads what an
// earlier one wrote; what a later one wrote is errc::newer to an earlier, and waits for it.
// Must never: be kept unsealed (the spool seals). Pure codecs. Threading: plain values.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "gateway/conversations/recording_job.hpp"
#include "gateway/providers/provider.hpp"
#include "locales/result.hpp"

namespace rightsline::conversations {

/// A text, and what tells whose it is when its line has left the configuration.
struct SpooledText {
    std::string program;
    std::string account;
    providers::Inbound inbound;  // of hook sms, with a flows::Texted
};
using Spooled = std::variant<SpooledText, RecordingJob>;

std::string to_bytes(const SpooledText& text);
std::string spooled_bytes(const RecordingJob& news);
/// Errors: errc::damaged, errc::newer.
Result<Spooled> parse_spooled(std::string_view bytes);

}  // namespace rightsline::conversations

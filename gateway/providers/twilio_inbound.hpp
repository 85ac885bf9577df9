// Twilio's lists of what came in: texts to a line of ours, recordings of calls.
//
// For what arrived while nobody here could hear it. A text of the list is the same event as its webhook: identity and
// content are made by the same function of the same fields (twilio_decode.hpp). Twilio knows days and seconds, so what
// is asked for begins with the day and what is given back with the second.
// Must never: put another number than our own line's into a URL, follow a page to another place than the account's own
// list, take what was sent for what came in, let an entry that cannot be read hide the others. Pure.
#pragma once

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

std::optional<http::Outgoing> list_twilio_texts(std::string_view line, flows::Instant since,
                                                std::string_view next, const Credentials& account);
/// Errors: errc::bad_answer.
Result<Heard> read_twilio_texts(const http::Answer& answer, std::string_view line, flows::Instant since);

std::optional<http::Outgoing> list_twilio_recordings(flows::Instant since, std::string_view next,
                                                     const Credentials& account);
/// Those that a <Record> made, and that are whole. Errors: errc::bad_answer.
Result<Heard> read_twilio_recordings(const http::Answer& answer, flows::Instant since);

}  // namespace rightsline::providers

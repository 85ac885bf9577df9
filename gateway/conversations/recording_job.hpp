// RecordingJob: what has to be done about one recording, as it is kept, sealed, until it is done.
//
// Pure: a value and its bytes. Threading: plain values.
#pragma once

#include <string>
#include <string_view>

#include "gateway/providers/provider.hpp"
#include "locales/result.hpp"

namespace rightsline::conversations {

struct RecordingJob {
    std::string id;  // hex; names the sealed file too
    std::string program;
    std::string account;
    std::string conversation;  // hex id, whose pending count it holds
    std::string case_id;       // hex
    providers::RemoteRecording remote;
    bool held = false;  // sealed and fsynced; the provider's copy may still exist
    int attempts = 0;
    int seconds = 0;       // its length as the provider told it
    std::string circle{};  // that it is sealed to; "" = the program's own
};

std::string to_bytes(const RecordingJob& job);
/// Errors: errc::damaged.
Result<RecordingJob> parse_job(std::string_view bytes);

}  // namespace rightsline::conversations

// Any bytes as what the store gives back after opening: envelopes, guards, answers, recording jobs, packed
// conversations. No crash, and what is read and written again is the same bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gateway/conversations/envelope.hpp"
#include "gateway/conversations/recording_job.hpp"

namespace {

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rightsline;
    using namespace rightsline::conversations;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto conversation = flows::unpack(bytes)) {
        must(flows::pack(*conversation) == bytes);
    }
    if (const auto envelope = parse_envelope(bytes)) {
        must(to_bytes(*envelope) == bytes);
    }
    if (const auto guard = parse_guard(bytes)) {
        must(to_bytes(*guard) == bytes);
    }
    if (const auto answer = parse_response(bytes)) {
        must(to_bytes(*answer) == bytes);
    }
    if (const auto job = parse_job(bytes)) {
        const auto again = parse_job(to_bytes(*job));
        must(again && to_bytes(*again) == to_bytes(*job));
    }
    return 0;
}

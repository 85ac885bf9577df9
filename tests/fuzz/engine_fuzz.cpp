// Random events through random valid packs, and random bytes as stored conversations: no exception, no endless loop,
// no drift after save and load, the same bytes twice.
#include <cstdlib>
#include <string_view>

#include "flows/conversation.hpp"
#include "tests/flows/random_play.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace flows = rightsline::flows;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto conversation = flows::unpack(bytes); conversation && flows::pack(*conversation) != bytes) {
        std::abort();
    }
    if (!flows::testing::play({data, size}).empty()) {
        std::abort();
    }
    return 0;
}

// Any bytes as a MessageFormat text: no crash, and what compiles can be said with any value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "locales/message.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rightsline::locales;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const LanguageTag language = *LanguageTag::parse("es");
    const auto message = Message::compile(text, language);
    if (!message) {
        return 0;
    }
    const auto said = message->text({{"code", "123456789012"}, {"n", "2"}});
    static_cast<void>(message->text({{"code", ""}, {"n", "not a number"}}));
    if (!message->placeholders().empty() && message->pieces().empty()) {
        std::abort();
    }
    return said.size() > (size + 64) * 64 ? std::abort(), 0 : 0;
}

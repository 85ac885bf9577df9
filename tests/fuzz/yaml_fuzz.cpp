// Any bytes as a flow file and as a locale file: no exception leaves, and what compiles can be used to its
// last text.
#include <cstddef>
#include <cstdint>
#include <string>

#include "flows/lint.hpp"
#include "flows/loader.hpp"

namespace {

using namespace rightsline;

constexpr const char* program = R"(program: p
title: P
status: approved
languages: {en: {name: English, tts: true}, es: {name: Espanol, tts: false}}
fallback: true
families: {pay: {say: Pay, urgency: P3}}
emergency_numbers: {"": "911"}
)";

/// Reads every text that a conversation could reach; a null message or an index out of range ends here.
std::size_t use(const flows::Pack& pack) {
    std::size_t bytes = 0;
    for (std::size_t language = 0; language < pack.languages.size(); ++language) {
        for (std::size_t text = 0; text < pack.text_keys.size(); ++text) {
            const auto l = static_cast<flows::LanguageIndex>(language);
            bytes +=
                pack.text(l, static_cast<flows::TextIndex>(text)).text({{"code", "123456789012"}}).size();
            bytes += pack.audio.at(language).at(text).size();
        }
    }
    for (const flows::Block& block : pack.blocks) {
        if (block.exits.next != flows::no_block) {
            bytes += pack.blocks.at(block.exits.next).name.size();
        }
    }
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::size_t cut = text.find('\0');  // what follows the first zero byte is the Spanish file
    flows::Bundle bundle{"p", {{"flows/p/program.yaml", program}}};
    bundle.files["flows/p/hotline.flow.yaml"] = text.substr(0, cut);
    if (cut != std::string::npos) {
        bundle.files["locales/es/p.yaml"] = text.substr(cut + 1);
    }
    const flows::Compiled compiled = flows::compile(bundle);
    if (compiled.pack == nullptr) {
        return compiled.complaints.empty() ? __builtin_trap(), 0 : 0;
    }
    const auto again = flows::parse_bundle(flows::to_bytes(bundle));
    if (!again || flows::hash_of(*again) != compiled.pack->hash) {
        __builtin_trap();
    }
    use(*compiled.pack);
    flows::lint(bundle, *compiled.pack);
    return 0;
}

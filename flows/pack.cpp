#include "flows/pack.hpp"

namespace rightsline::flows {

TextIndex Pack::find_text(const std::string& key) const {
    const auto found = text_index.find(key);
    return found == text_index.end() ? no_text : found->second;
}

std::optional<LanguageIndex> Pack::find_language(const LanguageTag& tag) const {
    for (std::size_t i = 0; i < languages.size(); ++i) {
        if (languages[i] == tag) {
            return static_cast<LanguageIndex>(i);
        }
    }
    return std::nullopt;
}

BlockIndex Pack::find_block(std::string_view flow, std::string_view block) const {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].name == block && flows[blocks[i].flow].name == flow) {
            return static_cast<BlockIndex>(i);
        }
    }
    return no_block;
}

std::string Pack::block_key(BlockIndex block) const {
    if (block >= blocks.size()) {
        return {};
    }
    return flows[blocks[block].flow].name + "." + blocks[block].name;
}

std::string to_hex(const PackHash& hash) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(hash.size() * 2);
    for (const std::uint8_t byte : hash) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

}  // namespace rightsline::flows

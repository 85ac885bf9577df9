#include "flows/pack.hpp"

#include <algorithm>

#include "locales/audio.hpp"

namespace rightsline::flows {
namespace {

void index_phrases(DangerIndex& index, const std::vector<std::vector<std::string>>& lists, bool calm) {
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const std::string& words : lists[i]) {
            std::vector<DangerPhrase>& place = index[words.substr(0, words.find(' '))];
            const auto same = std::find_if(place.begin(), place.end(), [&](const DangerPhrase& known) {
                return known.words == words && known.calm == calm;
            });
            const LanguageSet language = just(static_cast<LanguageIndex>(i));
            if (same == place.end()) {
                place.push_back({words, language, calm});
            } else {
                same->languages |= language;
            }
        }
    }
}

}  // namespace

TextIndex Pack::find_text(const std::string& key) const {
    const auto found = text_index.find(key);
    return found == text_index.end() ? no_text : found->second;
}

TextIndex Pack::find_answer(std::string_view key) const {
    const auto found = std::ranges::find(answers, key, &ReadyAnswer::key);
    return found == answers.end() ? no_text : found->say;
}

bool Pack::is_recorded(LanguageIndex language, TextIndex text) const {
    if (text == no_text || texts[language][text] == nullptr) {
        return false;
    }
    const auto pieces = texts[language][text]->pieces();
    const auto& clips = audio[language][text];
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool played = i < clips.size() && !clips[i].hash.empty() && (!clips[i].draft || play_drafts);
        if (locales::is_recordable(pieces[i]) && !played) {
            return false;
        }
    }
    return true;
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

void index_danger(Pack& pack) {
    pack.danger_index.clear();
    index_phrases(pack.danger_index, pack.danger_words, false);
    index_phrases(pack.danger_index, pack.calm_words, true);
}

void index_spoken(Pack& pack) {
    pack.spoken.option = pack.find_text("common.option");
    for (std::size_t i = 0; i < pack.spoken.digits.size(); ++i) {
        pack.spoken.digits[i] = pack.find_text("common.digit." + std::to_string(i));
        pack.spoken.last_digits[i] = pack.find_text("common.digit_final." + std::to_string(i));
    }
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

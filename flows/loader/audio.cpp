#include <algorithm>
#include <charconv>

#include "flows/loader/build.hpp"
#include "locales/audio.hpp"

namespace rightsline::flows {

namespace {

using locales::AudioEntry;
using locales::AudioIndex;

struct Recordings {
    AudioIndex index;
    std::map<std::pair<std::string, unsigned>, const Node*> nodes;
};

using Voice = std::map<unsigned, Recordings>;  // of one language, by folder: recorded ones first

bool is_sha256(const std::string& hex) {
    return hex.size() == 64 && hex.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// "hotline.main.menu.0" -> {"hotline.main.menu", 0}
std::optional<std::pair<std::string, unsigned>> split(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    unsigned piece = 0;
    if (dot == std::string::npos) {
        return std::nullopt;
    }
    const char* end = name.data() + name.size();
    const auto [stopped, error] = std::from_chars(name.data() + dot + 1, end, piece);
    if (error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return std::pair(name.substr(0, dot), piece);
}

class AudioBuilder {
 public:
    explicit AudioBuilder(Build& build) : build_(build), pack_(*build.pack) {}

    void build() {
        for (const auto& [tag, source] : build_.sources.locales) {
            for (const auto& [rank, root] : source.common_audio) {
                read_index(recordings_[tag][rank], root);
            }
            for (const auto& [rank, root] : source.program_audio) {
                read_index(recordings_[tag][rank], root);
            }
        }
        pack_.audio.resize(pack_.languages.size());
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            pack_.audio[language].resize(build_.texts.size());
            for (std::size_t text = 0; text < build_.texts.size(); ++text) {
                attach(static_cast<LanguageIndex>(language), static_cast<TextIndex>(text));
            }
        }
        for (Block& block : pack_.blocks) {
            auto* menu = std::get_if<MenuBlock>(&block.kind);
            for (std::size_t i = 0; menu != nullptr && menu->set == "language" && i < menu->choices.size();
                 ++i) {
                menu->choices[i].mute = is_mute(menu->choices[i]);
            }
        }
    }

 private:
    void read_index(Recordings& into, const Node& root) {
        if (root.missing()) {
            return;
        }
        locales::refuse_unknown_keys(root, {"language", "program", "clips", "note"}, build_.complaints);
        if (!is_map(root["clips"], build_.complaints)) {
            return;
        }
        for (const auto& [name, node] : root["clips"].entries()) {
            read_clip(into, name, node);
        }
    }

    void read_clip(Recordings& into, const std::string& name, const Node& node) {
        const auto place = split(name);
        if (!place || !is_map(node, build_.complaints)) {
            build_.complain(node, "bad-clip", "'" + name + "' does not name a piece of a text",
                            "write <key>.<piece>, such as hotline.main.menu.0");
            return;
        }
        locales::refuse_unknown_keys(node, {"file", "hash", "text_hash", "length_ms", "state"},
                                     build_.complaints);
        AudioEntry entry;
        entry.key = place->first;
        entry.piece = place->second;
        entry.file = read_text(node["file"], build_.complaints);
        entry.hash = read_text(node["hash"], build_.complaints);
        const auto text_hash = locales::parse_hex(node["text_hash"].text());
        const auto length = read_whole(node["length_ms"], build_.complaints);
        const auto state = locales::parse_audio_state(node["state"].text());
        if (!is_sha256(entry.hash) || !text_hash || !length || *length < 0 || *length > 3600000 || !state) {
            build_.complain(node, "bad-clip",
                            "the recording '" + name + "' lacks its hash, text_hash, length_ms or state",
                            "import it again with 'rightsline prompts import'");
            return;
        }
        entry.text_hash = *text_hash;
        entry.length = std::chrono::milliseconds(*length);
        entry.state = *state;
        into.nodes[*place] = &node;
        into.index.put(std::move(entry));
    }

    /// The voice of the language in which the words are; for words that are the same in every language, its
    /// own first.
    const Voice* voice_of(LanguageIndex language, TextIndex text) const {
        const std::string& own = pack_.languages[language].str();
        if (build_.texts[text].fixed) {
            const auto mine = recordings_.find(own);
            const bool spoken = mine != recordings_.end() &&
                                std::any_of(mine->second.begin(), mine->second.end(), [&](const auto& one) {
                                    return one.second.index.find(build_.texts[text].key, 0) != nullptr;
                                });
            if (spoken) {
                return &mine->second;
            }
        }
        const auto found = recordings_.find(build_.origins[language][text].tag);
        return found == recordings_.end() ? nullptr : &found->second;
    }

    void attach(LanguageIndex language, TextIndex text) {
        const auto& message = pack_.texts[language][text];
        if (message == nullptr) {
            return;
        }
        const auto pieces = message->pieces();
        std::vector<AudioClip>& clips = pack_.audio[language][text];
        clips.resize(pieces.size());
        const Voice* voice = voice_of(language, text);
        for (unsigned piece = 0; voice != nullptr && piece < pieces.size(); ++piece) {
            if (const auto* words = std::get_if<locales::TextPiece>(&pieces[piece])) {
                clips[piece] = choose(*voice, language, text, piece, words->text);
            }
        }
    }

    /// What a person recorded, or else a draft; never one of other words than these: better none than a wrong one.
    AudioClip choose(const Voice& voice, LanguageIndex language, TextIndex text, unsigned piece,
                     std::string_view words) {
        const AudioEntry* chosen = nullptr;
        const Node* stale = nullptr;
        for (const auto& [rank, recordings] : voice) {
            const AudioEntry* entry = recordings.index.find(build_.texts[text].key, piece);
            if (entry == nullptr) {
                continue;
            }
            if (locales::is_stale(*entry, words)) {
                stale = stale == nullptr ? recordings.nodes.at({entry->key, piece}) : stale;
            } else if (chosen == nullptr || (chosen->state == locales::AudioState::draft &&
                                             entry->state == locales::AudioState::approved)) {
                chosen = entry;
            }
        }
        if (chosen == nullptr && stale != nullptr) {
            build_.stale.push_back({stale, language, text});
        }
        return chosen == nullptr
                   ? AudioClip{}
                   : AudioClip{chosen->hash, chosen->length, chosen->state == locales::AudioState::draft};
    }

    /// "Kreyol: peze 3" would be silence in the caller's ear: such a choice is left out of calls.
    bool is_mute(const Choice& choice) const {
        const auto tag = LanguageTag::parse(choice.name);
        const auto language = tag ? pack_.find_language(*tag) : std::nullopt;
        return language && !pack_.allow_tts[*language] &&
               !(pack_.is_recorded(*language, choice.say) &&
                 pack_.is_recorded(*language, pack_.find_text("common.option")));
    }

    Build& build_;
    Pack& pack_;
    std::map<std::string, Voice> recordings_;
};

}  // namespace

void build_audio(Build& build) { AudioBuilder(build).build(); }

}  // namespace rightsline::flows

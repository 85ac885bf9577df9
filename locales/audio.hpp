// AudioIndex: which recording says which piece of which text in one language.
//
// Plain values; read from YAML elsewhere, no file is ever opened here. A recording belongs to the exact words
// it was made from: when they change its text hash differs and it is stale, which means "do not play with the
// new words". Invariant: one entry per key and piece; the last one put in wins. Threading: const after load.
// Owner: the pack.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "locales/language.hpp"
#include "locales/message.hpp"

namespace rightsline::locales {

enum class AudioState : std::uint8_t { draft, approved };

/// "draft" or "approved"; nothing for any other word.
std::optional<AudioState> parse_audio_state(std::string_view word);
std::string_view to_string(AudioState state);

struct AudioEntry {
    std::string key;     // "hotline.main.menu"
    unsigned piece = 0;  // index into Message::pieces()
    std::string file;    // path below locales/<tag>/audio/
    std::string hash;    // hex SHA-256 of the file's bytes, computed by whoever read them
    LanguageTag language;
    std::uint64_t text_hash = 0;  // hash_text() of the words that were recorded
    std::chrono::milliseconds length{0};
    AudioState state = AudioState::draft;

    friend bool operator==(const AudioEntry&, const AudioEntry&) = default;
};

/// 64-bit FNV-1a (offset basis cbf29ce484222325, prime 100000001b3) over the UTF-8 bytes of `text` after runs
/// of white space are one space and the ends are trimmed, so that re-wrapping a line makes nothing stale.
/// Stable for ever: index files keep it, written as 16 lower-case hex digits. It finds honest edits; it is no
/// defence against forgery (the content hash is SHA-256).
std::uint64_t hash_text(std::string_view text);
std::string to_hex(std::uint64_t hash);
std::optional<std::uint64_t> parse_hex(std::string_view hex);

/// Whether a piece needs a recording of its own: constant words with at least one letter or digit in them.
/// ". " between two spelt codes is shown in a text and said by nobody.
bool is_recordable(const Piece& piece);

class AudioIndex {
 public:
    void put(AudioEntry entry);
    /// Nullptr when nothing was recorded for this piece.
    const AudioEntry* find(std::string_view key, unsigned piece) const;
    /// Nullptr also when the recording is stale for `text`.
    const AudioEntry* find_fresh(std::string_view key, unsigned piece, std::string_view text) const;
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    /// In the order of key and piece.
    std::vector<const AudioEntry*> entries() const;

 private:
    struct Less {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const A& a, const B& b) const {
            const int order = std::string_view(a.first).compare(b.first);
            return order != 0 ? order < 0 : a.second < b.second;
        }
    };
    std::map<std::pair<std::string, unsigned>, AudioEntry, Less> entries_;
};

/// A recording was made from other words than `text`.
bool is_stale(const AudioEntry& entry, std::string_view text);

}  // namespace rightsline::locales

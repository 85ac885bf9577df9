#include "locales/audio.hpp"
#include "locales/utf8.hpp"

#include <unicode/uchar.h>

#include <charconv>

namespace rightsline::locales {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool has_words(std::string_view text) {
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 c = next_point(text, at);
        if (u_isalnum(c) != 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::optional<AudioState> parse_audio_state(std::string_view word) {
    if (word == "draft") {
        return AudioState::draft;
    }
    if (word == "approved") {
        return AudioState::approved;
    }
    return std::nullopt;
}

std::string_view to_string(AudioState state) { return state == AudioState::approved ? "approved" : "draft"; }

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&hash](char c) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    };
    bool begun = false;
    bool gap = false;
    for (const char c : text) {
        if (is_space(c)) {
            gap = begun;
            continue;
        }
        if (gap) {
            add(' ');
        }
        add(c);
        begun = true;
        gap = false;
    }
    return hash;
}

std::string to_hex(std::uint64_t hash) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex(16, '0');
    for (auto place = hex.rbegin(); place != hex.rend(); ++place, hash >>= 4U) {
        *place = digits[hash & 0xfU];
    }
    return hex;
}

std::optional<std::uint64_t> parse_hex(std::string_view hex) {
    std::uint64_t hash = 0;
    const auto* end = hex.data() + hex.size();
    const auto [stopped, error] = std::from_chars(hex.data(), end, hash, 16);
    if (hex.size() != 16 || error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return hash;
}

bool is_recordable(const Piece& piece) {
    const auto* words = std::get_if<TextPiece>(&piece);
    return words != nullptr && has_words(words->text);
}

void AudioIndex::put(AudioEntry entry) {
    auto place = std::pair(entry.key, entry.piece);
    entries_.insert_or_assign(std::move(place), std::move(entry));
}

const AudioEntry* AudioIndex::find(std::string_view key, unsigned piece) const {
    const auto found = entries_.find(std::pair(key, piece));
    return found == entries_.end() ? nullptr : &found->second;
}

const AudioEntry* AudioIndex::find_fresh(std::string_view key, unsigned piece, std::string_view text) const {
    const auto* entry = find(key, piece);
    return entry == nullptr || is_stale(*entry, text) ? nullptr : entry;
}

std::vector<const AudioEntry*> AudioIndex::entries() const {
    std::vector<const AudioEntry*> all;
    all.reserve(entries_.size());
    for (const auto& [place, entry] : entries_) {
        all.push_back(&entry);
    }
    return all;
}

bool is_stale(const AudioEntry& entry, std::string_view text) { return entry.text_hash != hash_text(text); }

}  // namespace rightsline::locales

#include "gateway/prompts/audio_shelf.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/error.hpp"
#include "locales/authored.hpp"

namespace rightsline::prompts {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t hash_in_name = 16;

/// A file that was written and renamed is there after a power cut.
bool synced(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool done = ::fsync(file) == 0;
    ::close(file);
    return done && ops::sync_folder_of(path);
}

/// Nothing: it is not one that we wrote.
std::optional<locales::AudioEntry> entry_of(const std::string& name, const locales::Node& node) {
    locales::AudioEntry entry;
    const auto dot = name.rfind('.');
    entry.key = name.substr(0, dot);
    const std::string piece = dot == std::string::npos ? "" : name.substr(dot + 1);
    std::from_chars(piece.data(), piece.data() + piece.size(), entry.piece);
    entry.file = node["file"].text();
    entry.hash = node["hash"].text();
    const auto text_hash = locales::parse_hex(node["text_hash"].text());
    const auto state = locales::parse_audio_state(node["state"].text());
    if (piece.empty() || entry.file.empty() || entry.hash.empty() || !text_hash || !state) {
        return std::nullopt;
    }
    entry.text_hash = *text_hash;
    entry.state = *state;
    std::int64_t length = 0;
    const std::string& ms = node["length_ms"].text();
    std::from_chars(ms.data(), ms.data() + ms.size(), length);
    entry.length = std::chrono::milliseconds(length);
    return entry;
}

/// Nothing: it cannot be read, or not all of it.
std::optional<locales::AudioIndex> read_index(const std::string& path) {
    locales::Complaints complaints;
    const std::optional<std::string> bytes = ops::read_file(path);
    const locales::Node root = locales::read_yaml(bytes.value_or(""), path, complaints);
    if (!bytes || has_errors(complaints) || !root.has("clips")) {
        return std::nullopt;
    }
    locales::AudioIndex index;
    for (const auto& [name, node] : root["clips"].entries()) {
        std::optional<locales::AudioEntry> entry = entry_of(name, node);
        if (!entry) {
            return std::nullopt;
        }
        index.put(*std::move(entry));
    }
    return index;
}

std::string to_index(const std::string& language, const locales::AudioIndex& index) {
    std::ostringstream out;
    out << "# Which recording says which piece of which text. Written by `rightsline prompts`.\n"
        << "language: " << language << "\nclips:\n";
    for (const locales::AudioEntry* entry : index.entries()) {
        out << "  " << entry->key << "." << entry->piece << ": {file: " << entry->file
            << ", hash: " << entry->hash << ", text_hash: \"" << locales::to_hex(entry->text_hash)
            << "\", length_ms: " << entry->length.count() << ", state: " << locales::to_string(entry->state)
            << "}\n";
    }
    return out.str();
}

}  // namespace

std::string content_hash(const std::string& bytes) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    char hex[sizeof hash * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

std::string AudioShelf::group_folder(const Place& place) const {
    return folder_ + "/" + place.first + "/audio/" + place.second;
}

AudioShelf::Shelf& AudioShelf::shelf(const ScriptLine& line) {
    const Place place{line.language, line.group};
    const auto [found, fresh] = shelves_.try_emplace(place);
    const std::string path = group_folder(place) + "/index.yaml";
    std::error_code unknown;  // whether it is there: then it counts as one that is, and cannot be read
    if (fresh && (fs::exists(path, unknown) || unknown)) {
        std::optional<locales::AudioIndex> index = read_index(path);
        found->second.readable = index.has_value();
        found->second.index = std::move(index).value_or(locales::AudioIndex());
    }
    return found->second;
}

Result<void> AudioShelf::can_take(const ScriptLine& line) {
    return shelf(line).readable ? Result<void>() : errc::unreadable_index;
}

bool AudioShelf::has(const ScriptLine& line) {
    const locales::AudioEntry* entry = shelf(line).index.find_fresh(line.key, line.piece, line.text);
    return entry != nullptr && fs::exists(folder_ + "/" + line.language + "/audio/" + entry->file);
}

const locales::AudioEntry* AudioShelf::approved(const ScriptLine& line) {
    const locales::AudioEntry* entry = shelf(line).index.find_fresh(line.key, line.piece, line.text);
    return entry != nullptr && entry->state == locales::AudioState::approved && has(line) ? entry : nullptr;
}

bool AudioShelf::has_stale(const ScriptLine& line) {
    const locales::AudioEntry* entry = shelf(line).index.find(line.key, line.piece);
    return entry != nullptr && locales::is_stale(*entry, line.text);
}

std::string AudioShelf::fresh_file(const ScriptLine& line) const {
    const std::string folder = group_folder({line.language, line.group});
    static_cast<void>(ops::make_folders(folder));  // where it failed, writing there does
    return folder + "/" + line.name() + ".new";
}

Result<void> AudioShelf::take_in(const ScriptLine& line, std::chrono::milliseconds length,
                                 locales::AudioState state) {
    const std::string fresh = fresh_file(line);
    locales::AudioEntry entry;
    entry.key = line.key;
    entry.piece = line.piece;
    entry.hash = content_hash(ops::read_file(fresh).value_or(""));
    entry.file = line.group + "/" + line.name() + "." + entry.hash.substr(0, hash_in_name) + ".wav";
    entry.text_hash = locales::hash_text(line.text);
    entry.length = length;
    entry.state = state;
    const std::string to = folder_ + "/" + line.language + "/audio/" + entry.file;
    const bool must_stay = state == locales::AudioState::approved;
    if (std::rename(fresh.c_str(), to.c_str()) != 0 || (must_stay && !synced(to))) {
        std::remove(fresh.c_str());
        return errc::cannot_write;
    }
    Shelf& place_on = shelf(line);
    place_on.index.put(std::move(entry));
    place_on.changed = true;
    return {};
}

Result<WavReport> AudioShelf::put(const ScriptLine& line, const std::string& from,
                                  locales::AudioState state) {
    const Result<void> ready = can_take(line);
    if (!ready) {
        return ready.error();
    }
    const Result<WavReport> report = to_phone_wav(from, fresh_file(line));
    if (!report) {
        return report;
    }
    const Result<void> taken = take_in(line, report->length, state);
    return taken ? report : Result<WavReport>(taken.error());
}

Result<void> AudioShelf::put_as_heard(const ScriptLine& line, const std::string& sound,
                                      std::chrono::milliseconds length) {
    const Result<void> ready = can_take(line);
    if (!ready) {
        return ready;
    }
    if (!ops::replace_file(fresh_file(line), sound, ops::for_all_to_read)) {
        return errc::cannot_write;
    }
    return take_in(line, length, locales::AudioState::approved);
}

Result<void> AudioShelf::save() {
    for (auto& [place, one] : shelves_) {
        if (!one.changed) {
            continue;
        }
        const std::string path = group_folder(place) + "/index.yaml";
        if (!ops::replace_file(path, to_index(place.first, one.index), ops::for_all_to_read)) {
            return errc::cannot_write;
        }
        one.changed = false;
    }
    return {};
}

}  // namespace rightsline::prompts

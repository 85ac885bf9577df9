#include "gateway/cli/sound/audio_shelf.hpp"

#include <sodium.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "gateway/cli/error.hpp"
#include "gateway/ops/read_file.hpp"
#include "locales/authored.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

std::string sha256_hex(const std::string& bytes) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    char hex[sizeof hash * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

locales::AudioEntry entry_of(const std::string& name, const locales::Node& node) {
    locales::AudioEntry entry;
    const auto dot = name.rfind('.');
    entry.key = name.substr(0, dot);
    const std::string piece = dot == std::string::npos ? "" : name.substr(dot + 1);
    std::from_chars(piece.data(), piece.data() + piece.size(), entry.piece);
    entry.file = node["file"].text();
    entry.hash = node["hash"].text();
    entry.text_hash = locales::parse_hex(node["text_hash"].text()).value_or(0);
    std::int64_t length = 0;
    const std::string& ms = node["length_ms"].text();
    std::from_chars(ms.data(), ms.data() + ms.size(), length);
    entry.length = std::chrono::milliseconds(length);
    entry.state = locales::parse_audio_state(node["state"].text()).value_or(locales::AudioState::draft);
    return entry;
}

}  // namespace

std::string AudioShelf::group_folder(const Place& place) const {
    return folder_ + "/" + place.first + "/audio/" + place.second;
}

AudioShelf::Shelf& AudioShelf::shelf(const ScriptLine& line) {
    const Place place{line.language, line.group};
    const auto [found, fresh] = shelves_.try_emplace(place);
    const fs::path index = group_folder(place) + "/index.yaml";
    if (fresh && fs::exists(index)) {
        locales::Complaints complaints;
        const locales::Node root =
            locales::read_yaml(ops::read_file(index).value_or(""), index.string(), complaints);
        for (const auto& [name, node] : root["clips"].entries()) {
            found->second.index.put(entry_of(name, node));
        }
    }
    return found->second;
}

bool AudioShelf::has(const ScriptLine& line) {
    const locales::AudioEntry* entry = shelf(line).index.find_fresh(line.key, line.piece, line.text);
    return entry != nullptr && fs::exists(folder_ + "/" + line.language + "/audio/" + entry->file);
}

Result<WavReport> AudioShelf::put(const ScriptLine& line, const std::string& from,
                                  locales::AudioState state) {
    const Place place{line.language, line.group};
    std::error_code failed;
    fs::create_directories(group_folder(place), failed);
    const std::string file = line.group + "/" + line.name() + ".wav";
    const std::string to = folder_ + "/" + line.language + "/audio/" + file;
    const Result<WavReport> report = to_phone_wav(from, to);
    if (!report) {
        return report;
    }
    locales::AudioEntry entry;
    entry.key = line.key;
    entry.piece = line.piece;
    entry.file = file;
    entry.hash = sha256_hex(ops::read_file(to).value_or(""));
    entry.text_hash = locales::hash_text(line.text);
    entry.length = report->length;
    entry.state = state;
    Shelf& place_on = shelf(line);
    place_on.index.put(std::move(entry));
    place_on.changed = true;
    return report;
}

Result<void> AudioShelf::save() {
    for (auto& [place, one] : shelves_) {
        if (!one.changed) {
            continue;
        }
        const std::string path = group_folder(place) + "/index.yaml";
        {
            std::ofstream out(path + ".part", std::ios::binary | std::ios::trunc);
            out << "# Which recording says which piece of which text. Written by `rightsline prompts`.\n"
                << "language: " << place.first << "\nclips:\n";
            for (const locales::AudioEntry* entry : one.index.entries()) {
                out << "  " << entry->key << "." << entry->piece << ": {file: " << entry->file
                    << ", hash: " << entry->hash << ", text_hash: \"" << locales::to_hex(entry->text_hash)
                    << "\", length_ms: " << entry->length.count()
                    << ", state: " << locales::to_string(entry->state) << "}\n";
            }
            if (!out.flush()) {
                return errc::cannot_write;
            }
        }
        if (std::rename((path + ".part").c_str(), path.c_str()) != 0) {
            return errc::cannot_write;
        }
        one.changed = false;
    }
    return {};
}

}  // namespace rightsline::cli

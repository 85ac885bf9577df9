#include "tests/support/tone_audio.hpp"

#include <openssl/sha.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "gateway/prompts/script_sheet.hpp"
#include "locales/audio.hpp"
#include "tests/support/fake_provider.hpp"

namespace rightsline::tests {
namespace {

constexpr unsigned tone_ms = 20;

std::string sha256_hex(const std::string& bytes) {
    const std::vector<unsigned char> data(bytes.begin(), bytes.end());
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(data.data(), data.size(), hash);
    std::string hex;
    for (const unsigned char byte : hash) {
        hex += "0123456789abcdef"[byte >> 4U];
        hex += "0123456789abcdef"[byte & 15U];
    }
    return hex;
}

}  // namespace

std::map<std::string, ToneClip> write_tones(const flows::Pack& pack, const std::string& folder) {
    std::map<std::string, ToneClip> clips;
    std::map<std::string, std::string> indexes;  // by the folder of each
    unsigned number = 0;
    for (const prompts::ScriptLine& line : prompts::script_sheet(pack, "")) {
        const std::string group = folder + "/" + line.language + "/audio/" + line.group;
        std::filesystem::create_directories(group);
        const std::string wav = little_wav(++number, tone_ms);
        const std::string hash = sha256_hex(wav);
        std::ofstream(group + "/" + line.name() + ".wav", std::ios::binary) << wav;
        std::string& index = indexes[group];
        index += index.empty() ? "language: " + line.language + "\nclips:\n" : "";
        index += "  " + line.name() + ": {file: " + line.group + "/" + line.name() + ".wav, hash: " + hash +
                 ", text_hash: \"" + locales::to_hex(locales::hash_text(line.text)) +
                 "\", length_ms: " + std::to_string(tone_ms) + ", state: draft}\n";
        clips[hash] = {line.language, line.name(), line.text};
    }
    for (const auto& [group, index] : indexes) {
        std::ofstream(group + "/index.yaml") << index;
    }
    return clips;
}

}  // namespace rightsline::tests

// Prints case-vectors.json: parts and a recording as a case holds them, for every program that opens cases. They are sealed
// to the circle of circle-vectors.json, whose private key stands there.
#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/vault/key_file.hpp"

namespace {

using namespace rightsline;

constexpr const char* case_id = "00112233445566778899aabbccddeeff";
constexpr const char* recording_id = "ffeeddccbbaa99887766554433221100";

std::string hex(const std::string& bytes) {
    return vault::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

vault::CirclePublicKey the_circle() {
    std::ostringstream text;
    text << std::ifstream(RIGHTSLINE_SOURCE_DIR "/tests/data/circle-vectors.json").rdbuf();
    const boost::json::value given = boost::json::parse(text.str());
    return vault::parse_public_key(std::string(given.at("public_file").as_string())).value();
}

boost::json::object part(const vault::CirclePublicKey& circle, const flows::Part& said, std::int64_t at) {
    return {{"name", said.name},
            {"text", said.text.reveal()},
            {"recording", said.recording},
            {"seconds", said.length.count()},
            {"at", at},
            {"sealed", hex(cases::seal_part(circle, "fair-food", case_id, said, at))}};
}

flows::Part words(const std::string& name, const std::string& text) {
    flows::Part said;
    said.name = name;
    said.text = locales::PrivateText(text);
    return said;
}

std::string little(std::uint32_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(number >> (8 * i) & 0xFFU);
    }
    return out;
}

/// A twentieth of a second of silence, as a phone company hands it out: 8 kHz, 8 bits, one side.
std::string wave() {
    const std::string samples(400, '\x80');
    const auto size = static_cast<std::uint32_t>(samples.size());
    return "RIFF" + little(36 + size, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) + little(1, 2) +
           little(8000, 4) + little(8000, 4) + little(1, 2) + little(8, 2) + "data" + little(size, 4) +
           samples;
}

boost::json::object recording(const vault::CirclePublicKey& circle) {
    vault::StreamSealer sealer(circle, cases::recording_context("fair-food", recording_id));
    const std::string plain = wave();
    std::string sealed = sealer.header();
    sealed += sealer.push(plain.substr(0, 100), false);
    sealed += sealer.push(plain.substr(100), false);
    sealed += sealer.push("", true);
    return {{"id", recording_id}, {"plain", hex(plain)}, {"sealed", hex(sealed)}};
}

}  // namespace

int main() {
    const vault::CirclePublicKey circle = the_circle();
    flows::Part spoken;
    spoken.name = "story";
    spoken.recording = recording_id;
    spoken.length = std::chrono::seconds(41);
    const boost::json::object vectors{
        {"about", "Sealed to the circle of circle-vectors.json. Bytes are lower-case hex; texts are UTF-8."},
        {"program", "fair-food"},
        {"case", case_id},
        {"parts",
         {part(circle, words("story", "No nos pagaron. ñ é 😀"), 1'763'802'000),
          part(circle, words("where", "<script>alert(1)</script> \u202Egnp.exe\u202C \"quoted\" \\ \n line"),
               1'763'802'060),
          part(circle, words("who", ""), 1'763'802'120), part(circle, spoken, 1'763'802'180)}},
        {"recordings", {recording(circle)}}};
    std::cout << boost::json::serialize(vectors) << "\n";
}

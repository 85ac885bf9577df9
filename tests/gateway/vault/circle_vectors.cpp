// Prints circle-vectors.json: fixed key files and things sealed to them, for every program that must open our
// seals.
#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/key_file.hpp"

namespace {

using namespace rightsline::vault;

std::string hex(const std::string& bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

boost::json::object part(const CirclePublicKey& circle, const std::string& context,
                         const std::string& plain) {
    return {{"context", context}, {"plain", plain}, {"sealed", hex(seal_to_circle(circle, context, plain))}};
}

boost::json::object stream(const CirclePublicKey& circle, const std::string& context,
                           const std::vector<std::string>& chunks) {
    StreamSealer sealer(circle, context);
    std::string sealed = sealer.header();
    boost::json::array plain;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        sealed += sealer.push(chunks[i], i + 1 == chunks.size());
        plain.emplace_back(chunks[i]);
    }
    return {{"context", context}, {"chunks", plain}, {"sealed", hex(sealed)}};
}

}  // namespace

int main() {
    const CirclePair pair = make_circle("fair-food", 1);
    const CirclePublicKey circle = parse_public_key(pair.public_file).value();
    const boost::json::object vectors{
        {"about", "The private key below is for tests only. Bytes are lower-case hex; texts are UTF-8."},
        {"public_file", pair.public_file},
        {"private_file", pair.private_file},
        {"parts",
         {part(circle, "fair-food|0001|story|0", ""),
          part(circle, "fair-food|0001|story|1", "They did not pay us."),
          part(circle, "fair-food|0001|where|0", "Yo pa peye nou. ñ é 😀"),
          part(circle, "fair-food|0001|story|2", std::string(220, 'a')),
          part(circle, "fair-food|0001|story|3", std::string(221, 'b'))}},
        {"streams",
         {stream(circle, "fair-food|0001|story|4", {""}),
          stream(circle, "fair-food|0001|story|5", {"first chunk ", "second chunk ", "last"})}}};
    std::cout << boost::json::serialize(vectors) << "\n";
}

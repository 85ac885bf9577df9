// SigningKeys: HMAC with a provider's token, its key pads kept ready between requests.
//
// Preparing a key costs as much as the whole MAC of a short request. The cache is no state that anybody could
// see: the same token and bytes give the same MAC. Bounded; the oldest goes first. Threading: the loop's, as
// the provider that owns it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::providers {

enum class Digest : std::uint8_t { sha1, sha256 };

class SigningKeys {
 public:
    explicit SigningKeys(Digest digest);
    ~SigningKeys();
    /// The raw MAC (20 or 32 bytes) of the concatenated pieces.
    std::string mac(std::string_view token, std::string_view message);

 private:
    struct Key;
    Key& key_of(std::string_view token);
    const Digest digest_;
    std::vector<std::unique_ptr<Key>> keys_;
};

std::string base64(std::string_view bytes);
std::string hex(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);
/// Takes as long for a near miss as for nonsense. Lengths are no secret.
bool same_in_constant_time(std::string_view a, std::string_view b);

}  // namespace rightsline::providers

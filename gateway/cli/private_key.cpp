#include "gateway/cli/private_key.hpp"

#include <iostream>
#include <utility>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {

std::optional<vault::CirclePrivateKey> read_private_key(const std::string& path) {
    const Result<locales::PrivateText> text = vault::read_key_file(path, vault::Exposure::secret);
    if (!text && text.error() == vault::make_error_code(vault::errc::key_exposed)) {
        std::cerr << path << ": others may read this private key. Run: chmod 600 " << path
                  << "   (on a stick that knows no owners: install -m 600 " << path << " ~/circle.key)\n";
        return std::nullopt;
    }
    Result<vault::CirclePrivateKey> key =
        text ? vault::CirclePrivateKey::parse(text->reveal()) : Result<vault::CirclePrivateKey>(text.error());
    if (!key) {
        std::cerr << path << ": "
                  << (text ? key.error().message()
                           : "there is no such file. Name the private key: --key FILE")
                  << "\n";
        return std::nullopt;
    }
    return std::move(*key);
}

}  // namespace rightsline::cli

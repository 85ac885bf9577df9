// read_private_key: a private key from the file that somebody names, for as long as one command lasts.
//
// A file that others may read is refused; what is wrong is said on stderr, in words. Must never: copy the key anywhere.
// Threading: one command per process.
#pragma once

#include <optional>
#include <string>

#include "gateway/vault/circle.hpp"

namespace rightsline::cli {

std::optional<vault::CirclePrivateKey> read_private_key(const std::string& path);

}  // namespace rightsline::cli

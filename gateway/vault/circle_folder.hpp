// The folder `circles` of a keys folder: the public keys that reports are sealed to, one file each.
//
// Only inside this room; others ask Keys. Must never: take a file whose name is not that of its key.
#pragma once

#include <string>
#include <vector>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::vault {

/// Every key in `folder`, by name. Errors: errc::no_key_file, errc::key_exposed, errc::bad_key_file.
Result<std::vector<CirclePublicKey>> read_circles(const std::string& folder);
/// What is wrong with the files in `folder`/circles, file by file.
void add_circle_troubles(const std::string& folder, std::vector<KeyTrouble>& troubles);

}  // namespace rightsline::vault

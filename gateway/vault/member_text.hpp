// The text of a member's file from its parts, for this room and for the program that writes the shared vectors.
//
// Must never: be handed locks of another member (they would open nothing). Threading: a pure function.
#pragma once

#include <string>

#include "gateway/vault/member.hpp"
#include "gateway/vault/secret_bytes.hpp"

namespace rightsline::vault {

std::string member_file_text(const Member& member, const std::string& by_passphrase,
                             const std::string& by_code, const SecretBytes& scalar);

}  // namespace rightsline::vault

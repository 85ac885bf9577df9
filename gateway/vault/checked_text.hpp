// CheckedText: the last two lines of a member's and of a circle's shares file.
//
//     mac: base64     BLAKE2b-256, keyed with the private key that is sealed in the file, of every byte before this line
//     sum: base64     BLAKE2b-128 of every byte before this line
//
// The sum finds damage before anybody types anything; whoever changed the file on purpose can make it anew. The mac cannot
// be: whoever opens the file then knows that all of it was written by somebody who could open it too. Must never: be taken
// for a signature (every member of a circle can make one). Threading: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

/// `text` ends with a line; the two lines are put behind it.
std::string with_checks(std::string text, const SecretBytes& key);
/// The last line only.
std::string with_sum(std::string text);

/// What stands before the sum. Errors: errc::damaged_key_file.
Result<std::string_view> check_sum(std::string_view text);
/// `summed`: what check_sum() gave. Errors: errc::damaged_key_file.
Result<void> check_mac(std::string_view summed, const SecretBytes& key);

}  // namespace rightsline::vault

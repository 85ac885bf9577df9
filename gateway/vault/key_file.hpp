// Key files: small texts of "name: value" lines, and the only code that reads or writes them.
//
//     rightsline-key 1            what kind of file this is, and its format
//     kind: state                 further lines, each once, in any order
//     id: 1f0c…                   names the key; must be the id of the key below
//     key: base64                 the key itself
//
// Must never: overwrite a file but by replace_key_file, read one that others may read or write, leave a key's text in freed memory.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/vault/secret_bytes.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

inline constexpr std::size_t most_key_bytes = 4096;

/// The lines of a key file after its first.
class KeyFileText {
 public:
    /// Errors: errc::bad_key_file (other first line, a line without ": ", a name twice, over `most` bytes).
    static Result<KeyFileText> parse(std::string_view text, std::string_view first_line,
                                     std::size_t most = most_key_bytes);
    /// Of all lines, in their order.
    std::vector<std::string_view> names() const;
    /// The value of `name`, or "".
    std::string_view get(std::string_view name) const;
    /// `name` as base64 of exactly `out.size()` bytes. Errors: errc::bad_key_file.
    Result<void> get_bytes(std::string_view name, std::span<std::uint8_t> out) const;

 private:
    std::vector<std::pair<std::string_view, std::string_view>> lines_;  // views into the caller's text
};

enum class Exposure { secret, open };  // secret: nobody else may read; open: nobody else may write

/// Errors: errc::no_key_file, errc::key_exposed, errc::bad_key_file (not a regular file, over `most` bytes).
Result<locales::PrivateText> read_key_file(const std::string& path, Exposure exposure,
                                           std::size_t most = most_key_bytes);
/// Makes a new file (0600 or 0644) and fsyncs it and its folder. Errors: errc::key_exists,
/// errc::cannot_write_key.
Result<void> write_key_file(const std::string& path, std::string_view text, Exposure exposure);
/// Puts a new text in the place of a secret file that is there: the old one or the new one, whole, whatever happens. The
/// old one's bytes are overwritten, as far as the disk does as it is told.
/// Errors: errc::cannot_write_key.
Result<void> replace_key_file(const std::string& path, std::string_view text);
/// Makes a folder, 0700, unless it is there. Errors: errc::cannot_write_key, errc::key_exposed.
Result<void> make_key_folder(const std::string& path);
/// Errors: errc::no_key_file, errc::key_exposed (others may write it, or it belongs to somebody else).
Result<void> check_key_folder(const std::string& path);

std::string to_hex(std::span<const std::uint8_t> bytes);
std::string to_base64(std::span<const std::uint8_t> bytes);

}  // namespace rightsline::vault

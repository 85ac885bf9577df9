// durable_file: the two calls that every file needs which must be there after a power cut.
//
// Blocking. Must never: be called on the loop for more than a key file. Threading: any.
#pragma once

#include <string>
#include <string_view>

namespace rightsline::ops {

/// All of it, whatever a single write() takes. false: the disk's errno; then some of it may be written.
bool write_all(int file, std::string_view bytes);

/// The name of `path` in its folder is there after a power cut: a file that was made or renamed needs it, too.
bool sync_folder_of(const std::string& path);

/// Makes `folder` and those above it; a folder that was made is there after a power cut only when the one above it is synced.
bool make_folders(const std::string& folder);

/// What a file may be to others than its owner, less what the umask takes.
inline constexpr unsigned owners_alone = 0600;
inline constexpr unsigned for_all_to_read = 0644;

/// Puts `bytes` in the place of the file at `path`: the old one or the new one, whole, whatever happens. One that could not
/// be written leaves nothing beside it.
bool replace_file(const std::string& path, std::string_view bytes, unsigned mode = owners_alone);

}  // namespace rightsline::ops

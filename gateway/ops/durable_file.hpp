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

/// Puts `bytes` in the place of the file at `path` (0600): the old one or the new one, whole, whatever happens.
bool replace_file(const std::string& path, std::string_view bytes);

}  // namespace rightsline::ops

// read_file: a whole file into memory.
//
// Blocks: for start-up, commands and small files. Must never: read what a stranger names. Threading: from everywhere.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace rightsline::ops {

inline constexpr std::size_t most_read = 64U << 20U;

/// Nothing when there is no such file, it cannot be read, it is longer than `most`, or it is no regular file: a device
/// or a pipe may never end.
std::optional<std::string> read_file(const std::string& path, std::size_t most = most_read);

}  // namespace rightsline::ops

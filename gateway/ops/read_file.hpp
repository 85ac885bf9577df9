// read_file: a whole file into memory.
//
// Blocks: for start-up, commands and small files. Must never: read what a stranger names. Threading: from everywhere.
#pragma once

#include <optional>
#include <string>

namespace rightsline::ops {

/// Nothing when there is no such file, or it cannot be read.
std::optional<std::string> read_file(const std::string& path);

}  // namespace rightsline::ops

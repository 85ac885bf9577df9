// EmbeddedFiles: what the embedded server reads: its configuration and its users.
//
// Passwords are made here, kept in memory, and written only as SHA-256 hashes. Every write is fsynced before
// its answer. Must never: write a password in clear, leave a file open to others. Threading: none of its own.
// Owner: Embedded.
#pragma once

#include <string>

#include "redis/client.hpp"
#include "redis/embedded.hpp"

namespace rightsline::redis {

struct EmbeddedFiles {
    std::string configuration;  // path of the server's configuration
    Address caller;
    Address loader;
    Address keeper;
};

/// Writes both files into options.directory. Errors: errc::cannot_start (a path or pattern the files cannot
/// hold, or the disk refuses).
Result<EmbeddedFiles> write_embedded_files(const EmbeddedOptions& options);

}  // namespace rightsline::redis

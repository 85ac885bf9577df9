// Loader: sources in, an immutable pack or the complaints that stop it.
//
// Pure: a Bundle is file names and their bytes, read by the shell or fetched from the store. The pack's name
// is the SHA-256 of the bundle in canonical form, so the same sources give the same pack anywhere.
#pragma once

#include <map>
#include <string>

#include "flows/pack.hpp"
#include "locales/authored.hpp"
#include "locales/result.hpp"

namespace rightsline::flows {

/// The sources of one program, by path as seen from the repository:
/// flows/<program>/program.yaml, flows/<program>/*.flow.yaml, locales/<bcp47>/<program>.yaml,
/// locales/<bcp47>/common.yaml, locales/<bcp47>/audio/{common,<program>}/index.yaml
struct Bundle {
    std::string program;
    std::map<std::string, std::string> files;
};

/// Canonical bytes of a bundle, as kept in the store; parse_bundle is its inverse (errors: errc::bad_bundle).
std::string to_bytes(const Bundle& bundle);
Result<Bundle> parse_bundle(std::string_view bytes);
PackHash hash_of(const Bundle& bundle);

struct Compiled {
    PackPtr pack;                    // null when a complaint is an error
    locales::Complaints complaints;  // errors and warnings of loading; lint() finds more
};
Compiled compile(const Bundle& bundle);

}  // namespace rightsline::flows

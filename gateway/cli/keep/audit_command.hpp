// audit verify: whether the audit of each program is what was sealed; if not, between which entries it was changed.
//
// Reads only, beside the running server, as a user of the store that cannot write. Findings and heads go to stdout, talk to
// stderr. Whom it trusts: the public keys that are given, else those in keys_dir, and the heads that are given. Exit codes:
// 0 whole; 1 findings; 65 a key or head cannot be read; 69 the server or the store is not there; 78 no key. Threading: one
// command per process.
#pragma once

#include <string>
#include <vector>

namespace rightsline::cli {

struct AuditOptions {
    std::string socket;              // the server's api.sock
    std::vector<std::string> keys;   // files; none = what lies in keys_dir
    std::vector<std::string> heads;  // "120:9f86…", of one program
    std::string program;             // "" = all
    bool json = false;
};

int audit_verify(const AuditOptions& options);

}  // namespace rightsline::cli

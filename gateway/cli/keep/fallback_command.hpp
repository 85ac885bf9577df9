// fallback export: what the phone company says by itself when our server is gone, as a folder for a static host.
//
// Makes documents, recordings and a README that says which address to set for which line. The same input makes the same
// bytes. Exit codes: 0; 1 --check found something stale; 65 a program cannot be used, or has no words for it; 69 the folder
// cannot be written; 78 the configuration. Must never: ask a server, or write a secret. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct FallbackOptions {
    std::string config;
    std::string base_url;  // where the folder will be served
    std::string out;       // written
    std::string check;     // compared instead
};

int fallback_export(const FallbackOptions& options);

}  // namespace rightsline::cli

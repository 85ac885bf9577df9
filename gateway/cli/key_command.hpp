// key: makes the keys that live outside the store.
#pragma once

#include <string>

namespace rightsline::cli {

struct KeyInitOptions {
    std::string keys_dir;
    std::string circle;  // the program whose cases the circle opens
    std::string out;     // where the circle's private key is written, once
};

/// Makes pepper, number key and state key (unless they are there) and the circle's pair. Returns an exit code.
int key_init(const KeyInitOptions& options);

}  // namespace rightsline::cli

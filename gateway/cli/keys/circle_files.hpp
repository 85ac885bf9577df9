// CircleFiles: where a circle that was made now is written: shares and public key in a folder, and the server's copy.
//
// All of them or none. What is wrong is told on stderr. Must never: put shares into keys_dir (who holds the server must not
// also hold what opens reports). Threading: one command per process.
#pragma once

#include <optional>
#include <string>

#include "gateway/vault/shares.hpp"

namespace rightsline::cli {

/// An exit code. `keys_dir`: "" = none is here.
int write_circle(const vault::NewCircle& made, const std::string& out, const std::string& keys_dir);

/// The newest version of a circle that a server seals to. `known`: keys_dir could be read.
struct ServerCircle {
    bool known = false;
    std::optional<vault::CirclePublicKey> newest;
};
ServerCircle circle_on_server(const std::string& keys_dir, const std::string& name);

/// What to do next, after write_circle().
void tell_circle_files(const vault::NewCircle& made, const std::string& out, const std::string& keys_dir);

}  // namespace rightsline::cli

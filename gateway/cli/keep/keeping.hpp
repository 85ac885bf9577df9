// Keeping: what the server on this machine tells those who check or copy its store.
//
// Must never: be printed; it holds a password. Threading: one command. Owner: the command.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/cli/local_api.hpp"
#include "redis/client.hpp"

namespace rightsline::cli {

struct Keeping {
    redis::Address keeper;
    std::string store;  // whose it is
    std::string state_dir;
    std::string keys_dir;
    std::string vault_socket;  // "" = the home keys are in keys_dir
    std::vector<std::string> programs;
    std::vector<std::pair<std::string, std::string>> lines;  // program, line
};

/// Errors: as LocalApi::get.
Result<Keeping> ask_keeping(LocalApi& api);

}  // namespace rightsline::cli

// Libraries: which builds' functions are in a server, beside ours.
//
// Each build loads a library of its own, named by the hash of its text, and calls nothing else, so that two builds live side
// by side. What no build calls any more stays until somebody removes it. Must never: touch a library that is not ours by
// its name's form. Threading: as the Client's. Owner: whoever asks, as the loading user.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "redis/client.hpp"

namespace rightsline::redis {

/// Of this build: "rl_" and twelve hexadecimal digits.
std::string_view library_name();
bool is_library_name(std::string_view name);
/// Those of other builds that are loaded. Errors: as Client::execute, errc::server_error.
Awaitable<Result<std::vector<std::string>>> other_libraries(Client& loader, Deadline deadline);
/// One that is not there (any more) is no error. Errors: errc::out_of_bounds for our own or a stranger's name.
Awaitable<Result<void>> forget_library(Client& loader, std::string name, Deadline deadline);

}  // namespace rightsline::redis

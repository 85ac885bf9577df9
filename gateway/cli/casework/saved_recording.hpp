// SavedRecording: a recording of a case, opened with the circle's key of its version into a file that only its owner reads.
//
// Must never: overwrite a file, leave half a recording, send the key anywhere. Threading: blocking; one command.
#pragma once

#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// The folder for recordings, made when it is missing. Says why when there is none to write to.
bool prepare_folder(const std::string& folder);

/// Fetches the one at `address`, opens and saves it in `folder`; says what became of it.
bool save_recording(LocalApi& api, const std::string& folder, const PrivateKeys& keys,
                    const std::string& program, const std::string& address, const std::string& id);

}  // namespace rightsline::cli

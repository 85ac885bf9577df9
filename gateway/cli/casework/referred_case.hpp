// ReferredCase: what another organisation was given of a case, opened with a member's key of its own circle.
//
// No notes, tasks or messages to the worker: those stay with whoever offered it. Threading: one command per process.
#pragma once

#include <string>

#include "gateway/cli/casework/case_command.hpp"
#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// As case_show(); `keys`: those that were named.
int show_referred(LocalApi& api, const CaseOptions& options, const std::string& id, const PrivateKeys& keys);

}  // namespace rightsline::cli

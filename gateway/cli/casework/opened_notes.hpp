// OpenedNotes: the team's notes of a case, fetched page by page and opened here.
//
// Asks the running server, which only has them sealed. Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

struct NotesPlace {
    std::string program;
    std::string case_id;
    bool json = false;  // into `opened` instead of stdout
};

/// Whether all of them could be opened; nothing when a page did not come.
std::optional<bool> show_notes(LocalApi& api, const NotesPlace& place, const PrivateKeys& keys,
                               boost::json::array& opened);

}  // namespace rightsline::cli

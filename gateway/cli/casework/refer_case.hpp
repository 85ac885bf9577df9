// ReferCase: the parts of one case, sealed anew on this machine for another organisation.
//
// Words and sounds are wiped, and are never written to a disk. A copy of a recording is brought under an id of its own, which the
// copy of its part names. Threading: one command per process.
#pragma once

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// What an offer brings.
struct Copies {
    boost::json::array parts;       // base64
    boost::json::array recordings;  // ids
    std::int64_t seen = 0;          // parts that there were
    std::int64_t left_out = 0;      // recordings that were not to go
};

class ReferCase {
 public:
    /// `to`: the organisation, `circle`: its key. All must outlive it.
    ReferCase(LocalApi& api, const PrivateKeys& keys, const vault::CirclePublicKey& circle, std::string to,
              bool recordings)
        : api_(api), keys_(keys), circle_(circle), to_(std::move(to)), with_recordings_(recordings) {}

    /// Those after the first `from`. Nothing: the reason was said.
    std::optional<Copies> run(const std::string& program, const std::string& id, std::int64_t from);

 private:
    bool copy(const std::string& program, const std::string& id, const std::string& sealed, Copies& into);
    /// The id of the copy; "" = the reason was said.
    std::string copy_recording(const std::string& program, const std::string& id,
                               const std::string& recording);

    LocalApi& api_;
    const PrivateKeys& keys_;
    const vault::CirclePublicKey& circle_;
    std::string to_;
    bool with_recordings_;
};

}  // namespace rightsline::cli

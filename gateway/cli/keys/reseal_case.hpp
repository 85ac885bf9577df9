// ResealCase: one case, sealed anew on this machine to the newest version of its circle.
//
// Fetches what is sealed to an older version, opens it, seals it, opens that once more to be sure, and brings it back: in
// commits of a few pieces each, so that whoever is cut off goes on where they were. What does not open stays as it is and is
// named. Words and sounds are wiped, and are never written to a disk. Threading: one command per process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"

namespace rightsline::cli {

/// What is to be done of one case, as the server lists it.
struct OlderCase {
    std::string id;
    std::string alias;
    vault::CirclePublicKey newest;  // of its circle
    std::int64_t pieces = 0;
    std::vector<std::string> recordings;
    std::int64_t elsewhere = 0;  // recordings that are on another machine
};

struct ResealedCase {
    std::int64_t pieces = 0;
    std::int64_t recordings = 0;
    std::int64_t shut = 0;  // what no key that was named opens
    bool refused = false;   // the server said no, or is not there: LocalApi has its words
};

class ResealCase {
 public:
    /// `newest` is one of `keys`.
    /// `organisation`: whose copies they are; "" = what those whose line it is have.
    ResealCase(LocalApi& api, const PrivateKeys& keys, const vault::CirclePrivateKey& newest,
               std::string program, std::string organisation)
        : api_(api),
          keys_(keys),
          newest_(newest),
          program_(std::move(program)),
          side_(organisation.empty() ? program_ : program_ + "/" + organisation),
          of_others_(!organisation.empty()) {}

    ResealedCase run(const OlderCase& one);

 private:
    struct Found {
        std::string of;       // "part", "note", "reply", "task", "copy"
        std::string context;  // of its seal
        std::int64_t at = 0;
        std::string sealed;
        std::string task{};  // its id, of a task's words
    };
    bool fetch(const std::string& id, std::vector<Found>& into);
    bool fetch_copies(const std::string& id, std::vector<Found>& into);
    bool fetch_parts(const std::string& id, std::vector<Found>& into);
    bool fetch_tasks(const std::string& id, std::vector<Found>& into);
    bool fetch_notes(const std::string& id, std::vector<Found>& into);
    void keep_older(Found piece, std::vector<Found>& into) const;
    void seal_pieces(const std::string& id, const std::vector<Found>& pieces, ResealedCase& done);
    bool bring(const std::string& id, boost::json::array pieces, ResealedCase& done);
    void seal_recording(const std::string& id, const std::string& recording, ResealedCase& done);

    LocalApi& api_;
    const PrivateKeys& keys_;
    const vault::CirclePrivateKey& newest_;
    std::string program_;
    std::string side_;  // as the server is asked
    bool of_others_;
};

}  // namespace rightsline::cli

// Media: our recordings by content hash, as providers fetch them.
//
// The name is the SHA-256 of the bytes, so an answer never changes and may be kept for ever. What a caller hears when
// the store is gone is read into memory at start. Must never: serve a name that no audio index listed.
// Threading: the loop's; a file of a phone prompt is small and read at once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/http/message.hpp"

namespace rightsline::app {

class Media {
 public:
    /// `files`: paths by hex hash.
    explicit Media(std::map<std::string, std::string> files) : files_(std::move(files)) {}

    /// Keeps these in memory from now on; a hash that is not known is left out.
    void preload(const std::vector<std::string>& hashes);
    /// `name`: "<hash>.wav". 404 for anything else.
    http::Response serve(const std::string& name) const;

 private:
    std::map<std::string, std::string> files_;
    std::map<std::string, std::string> held_;
};

}  // namespace rightsline::app

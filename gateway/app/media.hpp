// Media: our recordings by content hash, as providers fetch them.
//
// The name is the SHA-256 of the bytes, so an answer never changes and may be kept for ever. What a caller hears when
// the store is gone is read into memory at start. Must never: serve a name that no audio index listed, but for what serve_for_now() says.
// Threading: the loop's; a file of a phone prompt is small and read at once.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/http/message.hpp"

namespace rightsline::app {

class Media {
 public:
    /// `files`: paths by hex hash.
    explicit Media(std::map<std::string, std::string> files) : files_(std::move(files)) {}

    /// What the indexes list now. Files that they listed before stay, for calls that began before: a call goes on with
    /// the script, and so the hashes, that it began with.
    void renew(std::map<std::string, std::string> files);
    /// Keeps these in memory from now on; a hash that is not known is left out.
    void preload(const std::vector<std::string>& hashes);
    /// Sounds of this folder are served as well, by their hash, and are to be kept by nobody: whoever records by phone hears
    /// what they have just read.
    void serve_for_now(std::string folder) { for_now_ = std::move(folder); }
    /// `name`: "<hash>.wav". 404 for anything else.
    http::Response serve(const std::string& name) const;

 private:
    std::map<std::string, std::string> files_;
    http::Response serve_read(const std::string& hash) const;

    std::map<std::string, std::string> held_;
    std::string for_now_;  // "" = none
};

}  // namespace rightsline::app

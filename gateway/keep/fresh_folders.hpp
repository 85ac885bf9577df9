// FreshFolders: folders that are made for something which may not come, and are taken away again when it does not.
//
// Only what was missing before is ever taken away, and only while it is empty but for a lock of ours.
// Threading: one thread. Owner: whoever makes them.
#pragma once

#include <string>
#include <vector>

namespace rightsline::keep {

class FreshFolders {
 public:
    /// `path` and what is missing above it; `path` itself is for us alone. Whether it is there now.
    bool make(const std::string& path);
    /// Those that were missing, the innermost first. Call it while their locks are held.
    void take_away() const;

 private:
    std::vector<std::string> made_;  // the outermost first
};

}  // namespace rightsline::keep

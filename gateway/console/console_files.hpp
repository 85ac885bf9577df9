// ConsoleFiles: the built console in memory: one page and the pieces that it names, each as it is and compressed.
//
// Read once, from a folder that build_web (deploy/lib/web.sh) wrote; what is asked for later is looked up by name in what was
// read, so no request names a path of the disk. Bounded in number and size. Must never: hold anything of a case.
// Threading: immutable after load(). Owner: the composition root.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rightsline::console {

struct ConsoleFile {
    std::string content_type;
    std::string plain;
    std::string gzip;    // "" = there is none
    std::string brotli;  // the same
    std::string tag;     // of the plain bytes, in quotes, as an ETag is written
};

class ConsoleFiles {
 public:
    static constexpr std::size_t most_files = 200;
    static constexpr std::size_t most_bytes = std::size_t{2} << 20U;  // of one

    /// Nothing when there is no built console: no index.html, or one that is too long.
    static std::optional<ConsoleFiles> load(const std::string& folder);

    /// From the folder that is named and no other; "" = the first of usual_places() that holds one.
    static std::optional<ConsoleFiles> find(const std::string& named);
    /// Beside the program where this tree built both, then where it is installed. `program`: its own path.
    static std::array<std::string, 2> usual_places(const std::string& program);

    const ConsoleFile& page() const { return page_; }
    /// A piece by its name below /assets; nullptr when there is none.
    const ConsoleFile* asset(std::string_view name) const;

 private:
    ConsoleFile page_;
    std::map<std::string, ConsoleFile, std::less<>> assets_;
};

}  // namespace rightsline::console

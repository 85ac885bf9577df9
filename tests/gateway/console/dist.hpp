// Dist: a folder as the console's build writes it, made anew for one test.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace rightsline::console {

class Dist {
 public:
    explicit Dist(const std::string& name)
        : folder_(std::string(RIGHTSLINE_BINARY_DIR "/console-dist-") + name) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_ + "/assets");
        write("index.html", "<!doctype html>");
        write("assets/index-1.js", "plain");
        write("assets/index-1.js.gz", "gzipped");
        write("assets/index-1.js.br", "brotlied");
        write("assets/index-1.css", "a{}");
    }
    ~Dist() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Dist(const Dist&) = delete;
    Dist& operator=(const Dist&) = delete;

    const std::string& folder() const { return folder_; }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
    }
    void link(const std::string& name, const std::string& to) const {
        std::filesystem::create_symlink(to, folder_ + "/" + name);
    }

 private:
    std::string folder_;
};

}  // namespace rightsline::console

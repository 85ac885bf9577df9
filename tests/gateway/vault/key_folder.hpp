// KeyFolder: a folder of our own for key files, gone with the test.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gateway/vault/keys.hpp"

namespace rightsline::vault {

class KeyFolder {
 public:
    KeyFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "rightsline-keys-XXXXXX").string();
        parent_ = ::mkdtemp(pattern.data());
    }
    KeyFolder(const KeyFolder&) = delete;
    KeyFolder& operator=(const KeyFolder&) = delete;
    ~KeyFolder() { std::filesystem::remove_all(parent_); }

    std::string path() const { return parent_ + "/keys"; }
    /// Made on the first call.
    Keys keys() const {
        if (!std::filesystem::exists(path())) {
            EXPECT_TRUE(make_keys(path()));
        }
        return Keys::load(path()).value();
    }
    std::string read(const std::string& name) const {
        std::ifstream file(path() + "/" + name);
        return {std::istreambuf_iterator<char>(file), {}};
    }

 private:
    std::string parent_;
};

}  // namespace rightsline::vault

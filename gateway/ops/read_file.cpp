#include "gateway/ops/read_file.hpp"

#include <array>
#include <filesystem>
#include <fstream>

namespace rightsline::ops {

std::optional<std::string> read_file(const std::string& path, std::size_t most) {
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path,
                                          failed)) {  // asked first: only to open a pipe may wait for ever
        return std::nullopt;
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return std::nullopt;
    }
    std::string bytes;
    std::array<char, 16384> some{};
    while (in.read(some.data(), some.size()) || in.gcount() > 0) {
        bytes.append(some.data(), static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > most) {  // a file of /proc says that it has no bytes
            return std::nullopt;
        }
    }
    return in.bad() ? std::nullopt : std::optional(std::move(bytes));
}

}  // namespace rightsline::ops

#include "gateway/ops/read_file.hpp"

#include <fstream>
#include <iterator>

namespace rightsline::ops {

std::optional<std::string> read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return std::nullopt;
    }
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return in.bad() ? std::nullopt : std::optional(std::move(bytes));
}

}  // namespace rightsline::ops

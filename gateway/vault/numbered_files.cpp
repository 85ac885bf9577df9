#include "gateway/vault/numbered_files.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

namespace rightsline::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 20;

std::optional<unsigned> number_in(const std::string& name, std::string_view head, std::string_view tail) {
    if (!name.starts_with(head) || !name.ends_with(tail) || name.size() > longest_name ||
        name.size() < head.size() + tail.size()) {
        return std::nullopt;
    }
    const char* const end = name.data() + name.size() - tail.size();
    unsigned number = 0;
    const auto [stop, error] = std::from_chars(name.data() + head.size(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::vector<unsigned> numbers_of(const std::string& folder, std::string_view head, std::string_view tail) {
    std::vector<unsigned> numbers;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const std::optional<unsigned> number = number_in(at->path().filename().string(), head, tail);
        if (number) {
            numbers.push_back(*number);
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

}  // namespace rightsline::vault

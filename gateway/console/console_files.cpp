#include "gateway/console/console_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "gateway/ops/read_file.hpp"

namespace rightsline::console {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
}};

/// "" = not a kind that the console is made of.
std::string type_of(std::string_view name) {
    const auto* const found =
        std::ranges::find_if(types, [&](const auto& one) { return name.ends_with(one.first); });
    return found == types.end() ? std::string() : std::string(found->second);
}

std::string tag_of(const std::string& bytes) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), nullptr, 0);
    std::array<char, 2 * crypto_generichash_BYTES_MIN + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return '"' + std::string(hex.data()) + '"';
}

std::string read_or_nothing(const std::string& path) {
    return ops::read_file(path, ConsoleFiles::most_bytes).value_or("");
}

std::optional<ConsoleFile> read_console_file(const std::string& path) {
    std::optional<std::string> plain = ops::read_file(path, ConsoleFiles::most_bytes);
    std::string type = type_of(path);
    if (!plain || plain->empty() || type.empty()) {
        return std::nullopt;
    }
    std::string tag = tag_of(*plain);
    return ConsoleFile{std::move(type), std::move(*plain), read_or_nothing(path + ".gz"),
                       read_or_nothing(path + ".br"), std::move(tag)};
}

/// Names in the folder, sorted; links are not followed.
std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator one(folder, failed); !failed && one != fs::directory_iterator();
         one.increment(failed)) {
        std::error_code unknown;
        if (fs::is_regular_file(one->symlink_status(unknown))) {
            names.push_back(one->path().filename().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

std::optional<ConsoleFiles> ConsoleFiles::load(const std::string& folder) {
    std::optional<ConsoleFile> page = read_console_file(folder + "/index.html");
    if (!page) {
        return std::nullopt;
    }
    ConsoleFiles files;
    files.page_ = std::move(*page);
    for (std::string& name : names_in(folder + "/assets")) {
        if (files.assets_.size() == most_files) {
            break;
        }
        if (std::optional<ConsoleFile> asset = read_console_file(folder + "/assets/" + name)) {
            files.assets_.emplace(std::move(name), std::move(*asset));
        }
    }
    return files;
}

std::array<std::string, 2> ConsoleFiles::usual_places(const std::string& program) {
    const fs::path build = fs::path(program).parent_path().parent_path();  // build/dev/rightsline
    return {(build / "web" / "dist").string(), "/usr/share/rightsline/console"};
}

std::optional<ConsoleFiles> ConsoleFiles::find(const std::string& named) {
    if (!named.empty()) {
        return load(named);
    }
    std::error_code unknown;
    const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
    for (const std::string& place : usual_places(program.string())) {
        if (std::optional<ConsoleFiles> files = load(place)) {
            return files;
        }
    }
    return std::nullopt;
}

const ConsoleFile* ConsoleFiles::asset(std::string_view name) const {
    const auto found = assets_.find(name);
    return found == assets_.end() ? nullptr : &found->second;
}

}  // namespace rightsline::console

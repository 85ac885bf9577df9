#include "gateway/vault/circle_folder.hpp"

#include <algorithm>
#include <filesystem>

#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::vault {
namespace {

namespace fs = std::filesystem;

std::string circle_file_name(const CirclePublicKey& circle) {
    return circle.name + "." + std::to_string(circle.version) + ".pub";
}

Result<CirclePublicKey> read_circle(const fs::path& path) {
    const Result<locales::PrivateText> text = read_key_file(path.string(), Exposure::open);
    if (!text) {
        return text.error();
    }
    return parse_public_key(text->reveal());
}

std::vector<fs::path> circle_files(const std::string& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".pub") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// The words for a circle's file that cannot be used.
std::string trouble_of(const Result<CirclePublicKey>& circle) {
    if (!circle) {
        return circle.error() == errc::bad_key_file ? "this is no public key of a circle"
                                                    : circle.error().message();
    }
    return "it holds the key of " + circle_file_name(*circle) + ", and must be called so";
}

}  // namespace

Result<std::vector<CirclePublicKey>> read_circles(const std::string& folder) {
    std::vector<CirclePublicKey> circles;
    if (const Result<void> safe = check_key_folder(folder); !safe) {
        return safe.error();
    }
    for (const fs::path& path : circle_files(folder)) {
        Result<CirclePublicKey> circle = read_circle(path);
        if (!circle) {
            return circle.error();
        }
        if (path.filename() != circle_file_name(*circle)) {
            return errc::bad_key_file;
        }
        circles.push_back(std::move(*circle));
    }
    return circles;
}

void add_circle_troubles(const std::string& folder, std::vector<KeyTrouble>& troubles) {
    for (const fs::path& path : circle_files(folder + "/circles")) {
        const Result<CirclePublicKey> circle = read_circle(path);
        if (!circle || path.filename() != circle_file_name(*circle)) {
            troubles.push_back(
                {path.string(), circle ? errc::bad_key_file : circle.error(), trouble_of(circle)});
        }
    }
}

Result<void> add_circle(const std::string& folder, std::string_view public_file) {
    const Result<CirclePublicKey> circle = parse_public_key(public_file);
    if (!circle) {
        return circle.error();
    }
    if (const Result<void> made = make_key_folder(folder + "/circles"); !made) {
        return made.error();
    }
    return write_key_file(circle_path(folder, *circle), public_file, Exposure::open);
}

std::string circle_path(const std::string& folder, const CirclePublicKey& circle) {
    return folder + "/circles/" + circle_file_name(circle);
}

}  // namespace rightsline::vault

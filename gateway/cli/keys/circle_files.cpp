#include "gateway/cli/keys/circle_files.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <vector>

#include "gateway/cli/asking.hpp"
#include "gateway/cli/keep/as_owner.hpp"
#include "gateway/cli/keys/house_keys.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::cli {
namespace {

constexpr int failed = 1;
constexpr int usage = 2;

std::string stem_of(const vault::CirclePublicKey& circle, const std::string& out) {
    return out + "/" + circle.name + "." + std::to_string(circle.version);
}

bool lies_in(const std::string& folder, const std::string& path) {
    std::error_code ignored;
    const std::filesystem::path inner = std::filesystem::weakly_canonical(path, ignored);
    const std::filesystem::path outer = std::filesystem::weakly_canonical(folder, ignored);
    return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

}  // namespace

int write_circle(const vault::NewCircle& made, const std::string& out, const std::string& keys_dir) {
    if (!keys_dir.empty() && lies_in(keys_dir, out)) {
        std::cerr << "--out lies inside the keys folder. Shares must not stay on the server: name a folder "
                     "on a stick.\n";
        return usage;
    }
    std::error_code ignored;
    std::filesystem::create_directories(out, ignored);
    const std::string stem = stem_of(made.circle, out);
    const std::string text = vault::public_key_text(made.circle);
    std::vector<std::string> written;
    const auto keep = [&written](const std::string& path, const Result<void>& result) {
        result ? written.push_back(path) : tell_file(path, result.error());
        return result.has_value();
    };
    const bool all =
        keep(stem + ".shares",
             vault::write_key_file(stem + ".shares", made.shares_file, vault::Exposure::secret)) &&
        keep(stem + ".pub", vault::write_key_file(stem + ".pub", text, vault::Exposure::open)) &&
        (keys_dir.empty() || keep(vault::circle_path(keys_dir, made.circle),
                                  as_owner_of(keys_dir, [&] { return vault::add_circle(keys_dir, text); })));
    if (all) {
        return 0;
    }
    for (const std::string& path : written) {
        ::unlink(path.c_str());
    }
    std::cerr << "No circle was made.\n";
    return failed;
}

ServerCircle circle_on_server(const std::string& keys_dir, const std::string& name) {
    const Result<vault::Keys> keys = keys_on_server(keys_dir);
    if (!keys) {
        const AsOwner owner(keys_dir);
        for (const vault::KeyTrouble& trouble : vault::key_troubles(keys_dir)) {
            std::cerr << trouble.path << ": " << trouble.what << "\n";
        }
        return {};
    }
    const Result<vault::CirclePublicKey> newest = keys->circle(name);
    return {true, newest ? std::optional(*newest) : std::nullopt};
}

void tell_circle_files(const vault::NewCircle& made, const std::string& out, const std::string& keys_dir) {
    const std::string stem = stem_of(made.circle, out);
    std::cerr
        << stem
        << ".shares is for every member: it opens reports only together with their own key and passphrase. "
        << "Keep it, in\ntwo places; without it no report of this version can be opened.\n";
    if (keys_dir.empty()) {
        std::cerr << stem
                  << ".pub is for the server: copy it into circles/ of its keys_dir, then restart it.\n";
    } else {
        std::cerr << "The server's copy is " << vault::circle_path(keys_dir, made.circle)
                  << ". Restart the server: from then on reports are sealed to it.\n";
    }
}

}  // namespace rightsline::cli

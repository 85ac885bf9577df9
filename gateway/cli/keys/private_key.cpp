#include "gateway/cli/keys/private_key.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <utility>

#include "gateway/cli/asking.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {

namespace {

constexpr int usage = 2;
constexpr int bad_data = 65;

std::optional<vault::CirclePrivateKey> read_plain(const std::string& path) {
    const Result<locales::PrivateText> text = vault::read_key_file(path, vault::Exposure::secret);
    if (!text && text.error() == vault::make_error_code(vault::errc::key_exposed)) {
        if (!is_own_secret(path)) {
            tell_no_secret(path);
            return std::nullopt;
        }
        std::cerr << path << ": others may read this private key. Run: chmod 600 " << path
                  << "   (on a stick that knows no owners: install -m 600 " << path << " ~/circle.key)\n";
        return std::nullopt;
    }
    Result<vault::CirclePrivateKey> key =
        text ? vault::CirclePrivateKey::parse(text->reveal()) : Result<vault::CirclePrivateKey>(text.error());
    if (!key) {
        std::cerr << path << ": "
                  << (text ? key.error().message()
                           : "there is no such file. Name the private key: --key FILE, or --member FILE with "
                             "--shares FILE")
                  << "\n";
        return std::nullopt;
    }
    return std::move(*key);
}

PrivateKeys with_plain(PrivateKeys read, const std::string& path) {
    std::optional<vault::CirclePrivateKey> key = read_plain(path);
    if (!key) {
        return {{}, bad_data};
    }
    read.keys.push_back(std::move(*key));
    return read;
}

PrivateKeys read_members_keys(const KeyFiles& files, Terminal& terminal) {
    std::vector<vault::Shares> shares;
    for (const std::string& path : files.shares) {
        Got<vault::Shares> one = read_shares(path);
        if (!one) {
            return {{}, one.code};
        }
        shares.push_back(std::move(*one));
    }
    Got<vault::MemberFile> file = read_member_file(files.member);
    if (!file) {
        return {{}, file.code};
    }
    Got<vault::MemberKey> member = open_member(terminal, *file);
    if (!member) {
        return {{}, member.code};
    }
    PrivateKeys opened;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        Got<vault::CirclePrivateKey> circle = open_shares(files.shares[i], shares[i], *member);
        if (!circle) {
            return {{}, circle.code};
        }
        opened.keys.push_back(std::move(*circle));
    }
    return opened;
}

}  // namespace

const vault::CirclePrivateKey& PrivateKeys::for_sealed(std::string_view sealed,
                                                       vault::SealedForm form) const {
    const auto id = vault::sealed_to(sealed, form);
    const auto found = std::ranges::find_if(
        keys, [&id](const vault::CirclePrivateKey& key) { return id && key.public_key().id() == *id; });
    return found == keys.end() ? keys.front() : *found;
}

PrivateKeys read_private_keys(const KeyFiles& files, Terminal& terminal) {
    if (files.member.empty() != files.shares.empty()) {
        std::cerr << "--member and --shares belong together: your own key, and what it opens.\n";
        return {{}, usage};
    }
    if (files.member.empty()) {
        return with_plain({}, files.key);
    }
    PrivateKeys read = read_members_keys(files, terminal);
    return read.code != 0 || files.key.empty() ? std::move(read) : with_plain(std::move(read), files.key);
}

}  // namespace rightsline::cli

#include "gateway/cli/asking.hpp"

#include <fstream>
#include <iostream>

#include "gateway/cli/error.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {
namespace {

constexpr int usage = 2;
constexpr int bad_data = 65;
constexpr int tries = 3;
constexpr std::size_t longest_first_line = 40;

template <class T>
Got<T> ended(const boost::system::error_code& error) {
    return {std::nullopt, tell_unasked(error)};
}

/// What a file says that it is, and no more of it: what follows may be a key.
std::string first_line_of(const std::string& path) {
    std::ifstream file;
    file.rdbuf()->pubsetbuf(nullptr, 0);
    file.open(path, std::ios::binary);
    std::string line;
    for (char one = 0; line.size() < longest_first_line && file.get(one) && one != '\n';) {
        line += one;
    }
    return line;
}

/// Reads and parses one file of keys.
template <class T, class Parse>
Got<T> read_as(const std::string& path, vault::Exposure exposure, Parse parse) {
    const Result<locales::PrivateText> text = vault::read_key_file(path, exposure, vault::most_shares_bytes);
    if (!text) {
        const bool open = text.error() == vault::make_error_code(vault::errc::key_exposed);
        if (open && exposure == vault::Exposure::secret && !is_own_secret(path)) {
            tell_no_secret(path);
        } else {
            tell_file(path, text.error());
        }
        return {std::nullopt, bad_data};
    }
    Result<T> parsed = parse(text->reveal());
    if (!parsed) {
        tell_file(path, parsed.error());
        return {std::nullopt, bad_data};
    }
    return {std::move(*parsed), 0};
}

}  // namespace

int tell_unasked(const boost::system::error_code& error) {
    std::cerr << error.message() << ".\n";
    return error == make_error_code(errc::no_terminal) ? usage : bad_data;
}

void tell_file(const std::string& path, const boost::system::error_code& error) {
    std::cerr << path << ": ";
    if (error == vault::make_error_code(vault::errc::no_key_file)) {
        std::cerr << "there is no such file, or it is a link, which is not followed";
    } else if (error == vault::make_error_code(vault::errc::key_exposed)) {
        std::cerr << "others may read or change it, or it is somebody else's. Run: chmod 600 " << path
                  << "   (on a stick that knows no owners: copy it to your home first)";
    } else if (error == vault::make_error_code(vault::errc::bad_key_file)) {
        std::cerr << "this is another kind of file than is needed here";
    } else {
        std::cerr << error.message();
    }
    std::cerr << "\n";
}

bool is_own_secret(const std::string& path) {
    const std::string line = first_line_of(path);
    return line.starts_with("rightsline-circle-private ") || line.starts_with("rightsline-member ");
}

void tell_no_secret(const std::string& path) {
    const bool is_public = first_line_of(path).find("-public ") != std::string::npos;
    std::cerr << path << ": "
              << (is_public ? "this is the public half of a key, which everybody may have. Name the file of "
                              "the private one"
                            : "this is no private key of rightsline")
              << "\n";
}

Got<vault::TypedSecret> ask_new_passphrase(Terminal& terminal, std::string_view name) {
    for (int i = 0; i < tries; ++i) {
        Result<vault::TypedSecret> first = terminal.ask("New passphrase (it is not shown): ");
        if (!first) {
            return ended<vault::TypedSecret>(first.error());
        }
        if (const std::optional<std::string> weak = vault::weakness_of(*first, name)) {
            std::cerr << *weak << "\n";
            continue;
        }
        const Result<vault::TypedSecret> again = terminal.ask("The same again: ");
        if (!again) {
            return ended<vault::TypedSecret>(again.error());
        }
        if (first->same_as(*again)) {
            return {std::move(*first), 0};
        }
        std::cerr << "These were not the same.\n";
    }
    std::cerr << "Nothing was made or changed.\n";
    return {std::nullopt, bad_data};
}

Got<vault::MemberFile> read_member_file(const std::string& path) {
    return read_as<vault::MemberFile>(path, vault::Exposure::secret, vault::MemberFile::parse);
}

Got<vault::Member> read_member_public(const std::string& path) {
    return read_as<vault::Member>(path, vault::Exposure::open, vault::parse_member);
}

Got<vault::Shares> read_shares(const std::string& path) {
    return read_as<vault::Shares>(path, vault::Exposure::open, vault::Shares::parse);
}

Got<vault::MemberKey> open_member(Terminal& terminal, const vault::MemberFile& file) {
    for (int i = 0; i < tries; ++i) {
        const Result<vault::TypedSecret> typed = terminal.ask("Passphrase of " + file.member().name + ": ");
        if (!typed) {
            return ended<vault::MemberKey>(typed.error());
        }
        Result<vault::MemberKey> key = file.open(*typed);
        if (key) {
            return {std::move(*key), 0};
        }
        if (key.error() != vault::make_error_code(vault::errc::wrong_secret)) {
            return ended<vault::MemberKey>(key.error());
        }
        std::cerr << "This passphrase does not open it.\n";
    }
    std::cerr << "Forgotten? With the recovery code: rightsline key recover --help\n";
    return {std::nullopt, bad_data};
}

Got<vault::CirclePrivateKey> open_shares(const std::string& path, const vault::Shares& shares,
                                         const vault::MemberKey& member) {
    Result<vault::CirclePrivateKey> circle = shares.open(member);
    if (circle) {
        return {std::move(*circle), 0};
    }
    if (circle.error() == vault::make_error_code(vault::errc::not_a_member)) {
        const std::string name = member.member().name;
        std::cerr << path << ": the key of " << name << " (" << member.member().fingerprint()
                  << ") was not admitted to version " << shares.circle().version << " of circle "
                  << shares.circle().name << ". A member can admit it: rightsline key admit --help\n";
    } else {
        std::cerr << path
                  << ": somebody who cannot open it has changed it. Take another copy, and ask who had this "
                  << "one.\n";
    }
    return {std::nullopt, bad_data};
}

}  // namespace rightsline::cli

// Asking: what the commands with members' keys have in common: passphrases, members' files, and the words when they fail.
//
// What is wrong is told here, on stderr; the caller returns the exit code: 2 no terminal, 65 the file or the secret.
// Must never: take a secret from anywhere but the terminal. Threading: one command per process.
#pragma once

#include <optional>
#include <string>

#include "gateway/cli/terminal.hpp"
#include "gateway/vault/member.hpp"
#include "gateway/vault/shares.hpp"

namespace rightsline::cli {

/// What a command got, or the exit code that it ends with.
template <class T>
struct Got {
    std::optional<T> value;
    int code = 0;

    explicit operator bool() const { return value.has_value(); }
    T& operator*() { return *value; }
    T* operator->() { return &*value; }
};

/// Says on stderr why `terminal` got no secret, or showed none; the exit code that follows.
int tell_unasked(const boost::system::error_code& error);

/// Three tries: long enough, not weak, and twice the same.
Got<vault::TypedSecret> ask_new_passphrase(Terminal& terminal, std::string_view name);

Got<vault::MemberFile> read_member_file(const std::string& path);
Got<vault::Member> read_member_public(const std::string& path);
Got<vault::Shares> read_shares(const std::string& path);
/// Asks for the passphrase, three tries.
Got<vault::MemberKey> open_member(Terminal& terminal, const vault::MemberFile& file);
/// Opens the circle's private key with the member's; says it when they are not admitted or the file was changed.
Got<vault::CirclePrivateKey> open_shares(const std::string& path, const vault::Shares& shares,
                                         const vault::MemberKey& member);

/// Its first line says that it is a private key of ours: then it is for nobody else to read.
bool is_own_secret(const std::string& path);
/// Says what was named in the place of one.
void tell_no_secret(const std::string& path);

/// "path: why", for a key file that could not be read or written.
void tell_file(const std::string& path, const boost::system::error_code& error);

}  // namespace rightsline::cli

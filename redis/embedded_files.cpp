#include "redis/embedded_files.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

#include "redis/error.hpp"
#include "redis/server_process.hpp"
#include "redis/transaction.hpp"

namespace rightsline::redis {
namespace {

constexpr std::size_t most_socket_path = 107;

std::string hex(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

Result<std::string> make_password() {
    std::array<unsigned char, 32> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
        return errc::cannot_start;
    }
    return hex(random);
}

std::string hash_password(const std::string& password) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    const std::vector<unsigned char> bytes(password.begin(), password.end());
    SHA256(bytes.data(), bytes.size(), hash.data());
    return hex(hash);
}

std::string user_line(const Address& user, const std::vector<std::string>& rules) {
    std::string line = "user " + user.user;
    for (const std::string& rule : rules) {
        line += " " + rule;
    }
    return line + " #" + hash_password(user.password) + "\n";
}

std::string configuration_text(const std::string& directory) {
    const auto quoted = [&directory](std::string_view name) {
        return " \"" + directory + std::string(name) + "\"\n";
    };
    return "port 0\n"
           "unixsocketperm 600\n"
           "unixsocket" +
           quoted("/redis.sock") + "dir" + quoted("") + "aclfile" + quoted("/users.acl") + "logfile" +
           quoted("/redis.log") +
           "daemonize no\n"
           "databases 1\n"
           "save \"\"\n"
           "appendonly yes\n"
           "appendfsync always\n"
           "no-appendfsync-on-rewrite no\n"
           "aof-load-truncated yes\n"
           "maxmemory-policy noeviction\n"
           // A backup is a stream that never stands on the disk in clear, and need not wait for others to join.
           "repl-diskless-sync yes\n"
           "repl-diskless-sync-delay 0\n"
           "enable-debug-command no\n"
           "enable-module-command no\n"
           "enable-protected-configs no\n";
}

// Redis' files know quotes and blanks; ours avoid the question.
bool plain(std::string_view text, bool blanks) {
    return std::ranges::all_of(text, [blanks](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 32 ? c != '"' && c != '\\' && byte != 127 : blanks && c == ' ';
    });
}

Result<void> write_private(const std::string& path, std::string_view text) {
    const OwnedFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0 ||
        ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return errc::cannot_start;
    }
    return boost::system::in_place_value;
}

Result<void> check(const EmbeddedOptions& options, const std::string& socket) {
    const bool patterns_plain =
        std::ranges::all_of(options.key_patterns, [](const std::string& one) { return plain(one, false); });
    if (!patterns_plain || !plain(socket, true) || socket.size() > most_socket_path) {
        return errc::cannot_start;
    }
    return boost::system::in_place_value;
}

}  // namespace

Result<EmbeddedFiles> write_embedded_files(const EmbeddedOptions& options) {
    const std::string directory = std::filesystem::absolute(options.directory).string();
    const std::string socket = directory + "/redis.sock";
    if (const auto usable = check(options, socket); !usable) {
        return usable.error();
    }
    const Result<std::string> call = make_password();
    const Result<std::string> load = make_password();
    const Result<std::string> keep = make_password();
    if (!call || !load || !keep) {
        return errc::cannot_start;
    }
    EmbeddedFiles files;
    files.configuration = directory + "/redis.conf";
    files.caller.unix_path = files.loader.unix_path = files.keeper.unix_path = socket;
    files.caller.user = "caller";
    files.caller.password = *call;
    files.loader.user = "loader";
    files.loader.password = *load;
    files.keeper.user = "keeper";
    files.keeper.password = *keep;
    // Redis replays its append-only file as the default user and drops what that user may not do: commits, which are
    // transactions there, would be lost at a restart without a word. So it may do everything, and nobody can be it: it
    // is off and has no password.
    const std::string users = "user default reset off ~* &* +@all\n" +
                              user_line(files.caller, caller_acl(options.key_patterns)) +
                              user_line(files.loader, loader_acl()) + user_line(files.keeper, keeper_acl());
    if (const auto written = write_private(directory + "/users.acl", users); !written) {
        return written.error();
    }
    if (const auto written = write_private(files.configuration, configuration_text(directory)); !written) {
        return written.error();
    }
    return files;
}

}  // namespace rightsline::redis

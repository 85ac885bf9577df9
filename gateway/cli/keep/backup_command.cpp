#include "gateway/cli/keep/backup_command.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/keep/as_owner.hpp"
#include "gateway/cli/keep/keeping.hpp"
#include "gateway/cli/keys/key_command.hpp"
#include "gateway/keep/backup.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "redis/error.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int usage = 2;
constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr auto progress_rest = 2s;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string mib(std::uint64_t bytes) {
    const std::uint64_t tenths = bytes * 10 / (1U << 20U);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MiB";
}

std::string counts_of(const keep::BackupDone& done) {
    return mib(done.store_bytes) + " of the store, " + std::to_string(done.recordings) + " recordings, " +
           std::to_string(done.spooled) + " spooled files; " + mib(done.bytes) + " written";
}

keep::BackupProgress progress() {
    return [next = std::chrono::steady_clock::now() + progress_rest](const keep::BackupDone& done) mutable {
        if (std::chrono::steady_clock::now() >= next) {
            next = std::chrono::steady_clock::now() + progress_rest;
            std::cerr << "… " << counts_of(done) << "\n";
        }
    };
}

/// Nothing: what is wrong with it was said. A circle's key is good for a seal, and wrong: whoever opens that program's reports
/// would open the whole store, and its members leave one by one.
std::optional<vault::CirclePublicKey> backup_key(const std::string& path, const std::string& keys_dir) {
    const AsOwner owner(path);
    const Result<locales::PrivateText> text = vault::read_key_file(path, vault::Exposure::open);
    Result<vault::CirclePublicKey> key =
        text ? vault::parse_public_key(text->reveal()) : Result<vault::CirclePublicKey>(text.error());
    if (key && key->name == backup_circle) {
        return std::move(*key);
    }
    std::cerr << path << ": ";
    if (key) {
        std::cerr << "this is the key of circle " << key->name
                  << ", whose members open that program's reports; a backup holds everything, and no backup "
                     "was made.";
    } else {
        std::cerr << "no public half of a backup key can be read there.";
    }
    std::cerr << " Make a pair for backups: rightsline key init-backup --keys-dir "
              << (keys_dir.empty() ? "KEYS_DIR" : keys_dir) << " --out FILE\n";
    return std::nullopt;
}

/// Whether `to` can become a file, or a file in it; why not was said.
bool has_room(const BackupOptions& options) {
    std::error_code failed;
    if (fs::is_directory(options.to, failed)) {
        return true;
    }
    const bool keeps = options.keep_hourly > 0 || options.keep_daily > 0;
    const std::string folder = keeps ? options.to : fs::absolute(options.to).parent_path().string();
    if (!keeps && fs::is_directory(folder, failed)) {
        return true;
    }
    // A disk that is not mounted: with --keep-… the first backup would be a file of that name, and all after it would fail.
    std::cerr << folder << ": no such folder; no backup was made. Mount or make it first"
              << (keeps ? ": --keep-… works in a folder that is there.\n" : ".\n");
    return false;
}

std::string path_of(const BackupOptions& options) {
    std::error_code failed;
    return fs::is_directory(options.to, failed) ? options.to + "/" + keep::backup_name(now()) : options.to;
}

int refused(const std::string& path, const boost::system::error_code& error) {
    std::cerr << path << ": no backup was made: " << error.message() << ".\n";
    if (error == redis::make_error_code(redis::errc::not_sent)) {
        std::cerr << "The store does not answer: look at readyz, and try again when it is back.\n";
    }
    if (error == redis::make_error_code(redis::errc::server_error)) {
        std::cerr << "The store's user \"keeper\" may not SYNC: deploy/redis.conf names its rights.\n";
    }
    return error == keep::make_error_code(keep::errc::there_already) ? bad_data : unavailable;
}

/// Deletes the older ones beside `path`. Those that cannot be deleted are named.
void delete_superseded(const std::string& path, keep::Retention retention) {
    const fs::path folder = fs::absolute(path).parent_path();
    std::error_code failed;
    std::vector<std::string> names;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        names.push_back(at->path().filename().string());
    }
    std::size_t gone = 0;
    for (const std::string& name : keep::superseded(std::move(names), now(), retention)) {
        const bool removed = ::unlink((folder / name).c_str()) == 0;
        gone += removed ? 1 : 0;
        if (!removed) {
            std::cerr << (folder / name).string()
                      << " cannot be deleted: " << std::generic_category().message(errno) << "\n";
        }
    }
    std::cerr << "Deleted " << gone << " older backups: the newest of each hour stays for "
              << retention.hourly << " hours, the newest of each day for " << retention.daily
              << " days, and nothing older.\n";
}

}  // namespace

int backup(const BackupOptions& options) {
    if (!has_room(options)) {
        return usage;
    }
    if (!options.key.empty() && !backup_key(options.key, "")) {
        return bad_data;
    }
    LocalApi api(options.socket);
    const Result<Keeping> keeping = ask_keeping(api);
    if (!keeping) {
        return report(api);
    }
    const std::string key_path = options.key.empty() ? backup_key_path(keeping->keys_dir) : options.key;
    const std::optional<vault::CirclePublicKey> key = backup_key(key_path, keeping->keys_dir);
    if (!key) {
        return bad_data;
    }
    const std::string path = path_of(options);
    keep::BackupJob job{keeping->keeper, keeping->state_dir, path, {}, *key};
    job.head.build = RIGHTSLINE_VERSION;
    job.head.store = keeping->store;
    const Result<keep::BackupDone> done = keep::make_backup(std::move(job), progress());
    if (!done) {
        return refused(path, done.error());
    }
    std::cout << path << "\n" << std::flush;
    std::cerr << "Made: " << counts_of(*done) << ". No key is in it: copy " << keeping->keys_dir
              << " apart from it.\n";
    if (options.keep_hourly > 0 || options.keep_daily > 0) {
        delete_superseded(path, {options.keep_hourly, options.keep_daily});
    }
    return 0;
}

}  // namespace rightsline::cli

#include "gateway/cli/keys/key_command.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "gateway/cli/keep/as_owner.hpp"
#include "gateway/cli/keys/house_keys.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/keys.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cli {
namespace {

constexpr int failed = 1;
constexpr int usage = 2;
constexpr int misconfigured = 78;

/// Writes a new file that only its owner reads; never over an old one, and whole or not at all. "" or why not.
std::string write_private(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno == EEXIST ? "is there already, and is not overwritten"
                               : std::generic_category().message(errno);
    }
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool durable = whole && ::fsync(file) == 0;
    const std::string why = durable ? "" : std::generic_category().message(errno);
    ::close(file);
    if (!durable) {
        ::unlink(path.c_str());
    }
    return why;
}

void print_troubles(const std::string& keys_dir) {
    const AsOwner owner(keys_dir);
    for (const vault::KeyTrouble& trouble : vault::key_troubles(keys_dir)) {
        std::cerr << trouble.path << ": " << trouble.what << "\n";
    }
}

// Root keeps the keys for the service: what is there belongs to the service, and what is made here shall, too.
Result<vault::Keys> load_keys(const std::string& keys_dir) { return keys_on_server(keys_dir); }

Result<void> put_public(const std::string& keys_dir, const std::string& text) {
    const Result<void> folder = vault::make_key_folder(keys_dir);
    return folder ? vault::add_circle(keys_dir, text) : folder;
}

Result<void> put_backup_key(const std::string& keys_dir, const std::string& text) {
    const Result<void> folder = vault::make_key_folder(keys_dir);
    return folder ? vault::write_key_file(backup_key_path(keys_dir), text, vault::Exposure::open) : folder;
}

bool inside(const std::string& folder, const std::string& path) { return path.starts_with(folder + "/"); }

bool out_is_apart(const KeyInitOptions& options) {
    if (inside(options.keys_dir, options.out)) {
        std::cerr << "--out lies inside the keys folder. The private key must not stay on the server: name a "
                     "file on "
                     "a stick, or one that you move away.\n";
        return false;
    }
    return true;
}

bool name_is_usable(const std::string& circle) {
    const bool usable = vault::is_circle_name(circle);
    if (!usable) {
        std::cerr << "--circle '" << circle
                  << "' cannot be a circle's name: use 1 to 64 small letters (a-z), "
                  << "digits and '-'. It is the program's name, as its folder under flows/: fair-food\n";
    }
    return usable;
}

void tell_of_circles(const KeyInitOptions& options, const vault::Keys& keys) {
    std::string there;
    for (const std::string& name : keys.circle_names()) {
        there += (there.empty() ? "" : ", ") + name;
    }
    std::cerr << "There is no circle '" << options.circle << "' in " << options.keys_dir
              << ". There: " << (there.empty() ? "none" : there)
              << ". A first pair is made with: rightsline key init --help\n";
}

/// Makes the pair and puts each half where it belongs, or neither.
int put_circle(const KeyInitOptions& options, std::uint32_t version) {
    vault::CirclePair pair = vault::make_circle(options.circle, version);
    const std::string why = write_private(options.out, pair.private_file);
    if (!why.empty()) {
        std::cerr << options.out << ": " << why << ". No key was made.\n";
        return failed;
    }
    locales::wipe(pair.private_file);
    const Result<void> added =
        as_owner_of(options.keys_dir, [&] { return put_public(options.keys_dir, pair.public_file); });
    if (!added) {
        ::unlink(options.out.c_str());
        std::cerr << options.keys_dir << ", circle " << options.circle << ": " << added.error().message()
                  << "\n";
        return failed;
    }
    return 0;
}

void tell_circle(const KeyInitOptions& options) {
    std::cerr << "The circle's private key is in " << options.out
              << ". Without it nobody can open a report of " << options.circle
              << ".\nKeep two copies away from this machine, then delete the file here.\n";
}

}  // namespace

/// All or nothing: a circle whose private key could not be written would seal reports that nobody opens.
int key_init(const KeyInitOptions& options) {
    if (!name_is_usable(options.circle) || !out_is_apart(options)) {
        return usage;
    }
    const Result<vault::Keys> keys = load_keys(options.keys_dir);
    if (!keys && keys.error() != vault::make_error_code(vault::errc::no_key_file)) {
        print_troubles(options.keys_dir);
        return failed;
    }
    if (keys && keys->circle(options.circle)) {
        std::cerr << "There is a circle key for " << options.circle
                  << " already, and it stays. If its private key is "
                  << "lost or stolen: rightsline key renew-circle --help\n";
        return failed;
    }
    const int code = put_circle(options, 1);
    if (code != 0) {
        return code;
    }
    const Result<void> made =
        keys ? Result<void>()
             : as_owner_of(options.keys_dir, [&] { return vault::make_keys(options.keys_dir); });
    if (!made) {
        ::unlink(options.out.c_str());
        ::unlink(vault::circle_path(options.keys_dir, {options.circle, 1, {}}).c_str());
        std::cerr << options.keys_dir << ": " << made.error().message() << "\n";
        return failed;
    }
    std::cerr << (keys ? "The keys in " : "Made the keys in ") << options.keys_dir
              << (keys ? " were there and stay.\n" : ".\n");
    tell_circle(options);
    return 0;
}

int key_renew_circle(const KeyInitOptions& options) {
    if (!out_is_apart(options)) {
        return usage;
    }
    const Result<vault::Keys> keys = load_keys(options.keys_dir);
    if (!keys) {
        print_troubles(options.keys_dir);
        return failed;
    }
    const Result<vault::CirclePublicKey> before = keys->circle(options.circle);
    if (!before) {
        tell_of_circles(options, *keys);
        return failed;
    }
    const int code = put_circle(options, before->version + 1);
    if (code == 0) {
        tell_circle(options);
        std::cerr << "Restart the server: from then on reports are sealed to this key. Keep the old private "
                     "key: older "
                     "reports open with nothing else.\n";
    }
    return code;
}

int key_init_backup(const KeyInitOptions& options) {
    const std::string ours = backup_key_path(options.keys_dir);
    if (!out_is_apart(options)) {
        return usage;
    }
    if (std::filesystem::exists(ours)) {
        std::cerr
            << ours
            << " is there already, and stays: older backups open with its private half alone. For a new pair "
            << "move it away first, and keep both private halves as long as their backups.\n";
        return failed;
    }
    vault::CirclePair pair = vault::make_circle(backup_circle, 1);
    const std::string why = write_private(options.out, pair.private_file);
    locales::wipe(pair.private_file);
    if (!why.empty()) {
        std::cerr << options.out << ": " << why << ". No key was made.\n";
        return failed;
    }
    const Result<void> added =
        as_owner_of(options.keys_dir, [&] { return put_backup_key(options.keys_dir, pair.public_file); });
    if (!added) {
        ::unlink(options.out.c_str());
        std::cerr << ours << ": " << added.error().message() << "\n";
        return failed;
    }
    std::cerr << "Backups are sealed to " << ours << " from now on.\nTheir private key is in " << options.out
              << ". Without it no backup can ever be opened.\nKeep two copies away from this machine, then "
                 "delete the "
                 "file here. The keys in "
              << options.keys_dir << " are in no backup: copy them apart, to another person.\n";
    return 0;
}

int key_add_audit(const std::string& keys_dir) {
    const Result<std::string> added =
        as_owner_of(keys_dir, [&keys_dir] { return vault::add_audit_key(keys_dir); });
    if (!added) {
        std::cerr << keys_dir << ": " << added.error().message() << "\n";
        return failed;
    }
    std::cerr
        << "Made the next key of the audit. Restart the server: from then on it signs.\nCopy " << *added
        << " to somebody who does not administer this machine: with it they can tell whether the audit was "
           "changed. Keep the older ones, too: they prove the older blocks.\n";
    return 0;
}

int key_add_epochs(const std::string& keys_dir) {
    if (std::error_code unknown; !std::filesystem::exists(keys_dir + "/pepper.key", unknown)) {
        std::cerr << keys_dir
                  << " is no server's folder of keys (keys_dir of its configuration). Nothing was made.\n";
        return misconfigured;
    }
    const vault::Month now = vault::this_month();
    const Result<int> added =
        as_owner_of(keys_dir, [&keys_dir, now] { return vault::add_epoch_keys(keys_dir, now); });
    if (!added) {
        std::cerr << keys_dir << ": " << added.error().message() << "\n";
        return failed;
    }
    const std::string last = vault::to_text(now + std::chrono::months(vault::months_ahead - 1));
    if (*added == 0) {
        std::cerr << "There are keys until " << last << " already. Nothing was changed.\n";
        return 0;
    }
    std::cerr
        << "Made the keys of " << *added << " months, until " << last
        << ". The running server takes them up by itself.\nCopy " << keys_dir
        << "/epochs to whoever keeps your copy of the keys, in the place of the copy before: without it a "
           "backup opens nothing. Never put it beside a backup.\n";
    return 0;
}

int key_add_state(const std::string& keys_dir) {
    const Result<void> added = as_owner_of(keys_dir, [&keys_dir] { return vault::add_state_key(keys_dir); });
    if (!added) {
        std::cerr << keys_dir << ": " << added.error().message() << "\n";
        return failed;
    }
    std::cerr << "Made the next state key in " << keys_dir
              << ". Restart the server: from then on it seals, and the older ones still open.\n";
    return 0;
}

}  // namespace rightsline::cli

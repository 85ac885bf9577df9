// key: makes the keys that live outside the store, and the next ones when a key is to be left behind.
//
// Writes a circle's private key to the named file and nowhere else; never overwrites a key.
// Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct KeyInitOptions {
    std::string keys_dir;
    std::string circle;  // the program whose cases the circle opens
    std::string out;     // where the circle's private key is written, once
};

/// Makes pepper, number key, state key, the audit's pair and two years of months (unless they are there) and the circle's pair. Returns an exit
/// code.
int key_init(const KeyInitOptions& options);

/// Makes the next version of a circle that is there: new parts are sealed to it after the server's next
/// start, and the old private key keeps opening what it opened. Returns an exit code.
int key_renew_circle(const KeyInitOptions& options);

/// Makes the pair that backups are sealed to: the public half into the keys folder, the private half to `out`. Returns an
/// exit code.
int key_init_backup(const KeyInitOptions& options);
/// Where its public half lies.
/// What the key of backups calls itself; never a program's.
inline constexpr const char* backup_circle = "backup";
inline std::string backup_key_path(const std::string& keys_dir) { return keys_dir + "/backup.pub"; }

/// Makes the next pair that signs the audit; it does after the server's next start. Returns an exit code.
int key_add_audit(const std::string& keys_dir);

/// Makes the keys of the months from now on that have none, two years ahead. Returns an exit code.
int key_add_epochs(const std::string& keys_dir);

/// Makes the next state key; it seals after the server's next start. Returns an exit code.
int key_add_state(const std::string& keys_dir);

}  // namespace rightsline::cli

// Config: everything an operator decides, in one struct. No other file reads the environment or the YAML.
//
// Precedence: flag, environment (RIGHTSLINE_section__key, or RIGHTSLINE_section__key_FILE with the value in a
// file), file, default. Every key is known or a complaint; every complaint names file and line and says how
// to mend it. Paths that do not begin with / are read from the file's own folder. Invariant: a Config that was read without an error can be used as it is. Read once at start,
// then const. Must never: hold a key (they live in keys_dir), or a secret in anything but PrivateText.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/ops/log.hpp"
#include "locales/authored.hpp"
#include "locales/private_text.hpp"

namespace rightsline::config {

struct Listen {
    std::string hooks = "0.0.0.0:8080";  // public: what providers call
    std::string console = "off";         // private: people who log in
    std::string ops = "127.0.0.1:9090";  // loopback: health and metrics
};

struct Redis {
    bool embedded = true;
    std::string url;         // used when not embedded
    std::string loader_url;  // of the user that loads the functions; "" = url
    std::string
        keeper_url;  // of the user that reads everything, for backup and fsck; "" = an outside one has none
    std::string directory;      // of the embedded one; state_dir/redis when not given
    std::size_t memory_mb = 0;  // of the embedded one, at most; 0 = half of the machine's
};

/// What becomes of a provider's own copy of a text, once ours is kept.
enum class ProviderCopies : std::uint8_t { keep, redact, erase };

struct Account {
    std::string provider;
    std::string account_sid;
    std::vector<locales::PrivateText> auth_tokens;  // all are accepted, the first signs
    std::string api_base;                           // "" = the provider's own
    ProviderCopies copies = ProviderCopies::keep;   // redact of a provider that keeps any, when not given
};

using flows::Mode;
enum class Cost : std::uint8_t { free, paid };  // what the worker pays

struct Line {
    std::string account;
    std::string program;
    std::set<Mode> modes;
    std::string language;  // the one it begins in; "" = the program asks
    std::map<Mode, Cost> cost_to_worker;
    bool calls_back = false;     // missed_call: call_back. Calls are not answered: whoever rang is called
    bool for_recording = false;  // calls: record. Its calls are of whoever records the script, by a code
    std::size_t per_second = 1;  // texts and calls that we begin on it; what the provider allows the number
    int file_line = 0;           // where it stands in the file
};

struct Limits {
    std::size_t connections = 2000;
    std::size_t connections_per_peer = 20;  // 0 = none, behind a proxy that bounds by itself
    std::size_t body_bytes = 128U << 10U;   // 10,000 characters of any script, percent-encoded: 12 bytes each
    std::size_t header_bytes = 16U << 10U;
    std::size_t spool_bytes = 64U << 20U;  // of the local disk, for what comes in while the store is gone
};

/// What a program may send, whoever causes it. Alerts are not held up by it: the roster bounds them.
struct Sending {
    std::size_t per_recipient_a_day = 40;
    std::size_t a_day = 5000;           // texts and calls of a program together: what a day may cost
    std::vector<std::string> prefixes;  // "+1": countries that are sent to; empty = all
};

/// The people of a program who are told of a report: a file of its own, for it holds their numbers.
struct Roster {
    std::string file;
    locales::PrivateText text;
};

/// The operator's own mail server, for alerts by e-mail.
struct Mail {
    std::string host;  // "" = none
    std::uint16_t port = 587;
    std::string from;
    std::string user;
    locales::PrivateText password;
};

/// Somebody else's program that is told of alerts.
struct Webhook {
    std::string url;
    std::vector<locales::PrivateText> secrets;  // all of them sign
    int file_line = 0;
};

/// Who keeps the machine: told by text when a disk or the store's memory fills up, or its clock is wrong.
struct Operators {
    std::vector<locales::PrivateText> numbers;
    std::string line;  // of ours; "" = the first that sends texts
};

/// The process that names phones and opens numbers (`rightsline vault`).
struct Vault {
    std::string socket;  // "" = in this process
};

struct Config {
    std::string file;        // its name, for complaints
    std::string public_url;  // "https://hotline.example.org", without a slash at the end
    Listen listen;
    Redis redis;
    std::string state_dir = "/var/lib/rightsline";
    std::string keys_dir = "/etc/rightsline/keys";
    Vault vault;
    std::map<std::string, Account> accounts;
    std::map<std::string, Line> lines;  // by number or short code
    std::vector<std::string> programs;  // folders
    std::string locales_dir = "locales";
    std::vector<std::string> audio_dirs;
    Limits limits;
    Sending sending;
    std::map<std::string, Roster> rosters;  // by program
    Mail mail;
    std::map<std::string, std::vector<Webhook>> webhooks;  // by program
    std::string alert_link;  // what an e-mail and a webhook point to, before the report's name; "" = nothing
    Operators operators;
    ops::Level log_level = ops::Level::info;
};

/// Where a program's recordings are kept that somebody approved in the console, and takes that wait for that. Each program
/// has its own: who records for one of them is heard by no caller of another, in the texts that they share neither.
std::string recordings_folder(const Config& config, const std::string& program);
std::string takes_folder(const Config& config, const std::string& program);
/// Every folder that a program's recordings come from: those of the console, then audio_dirs.
std::vector<std::string> audio_folders(const Config& config, const std::string& program);

/// Where values come from, so that a test can say it.
struct Sources {
    std::string text;                                // the YAML
    std::string file;                                // its name, for complaints
    std::map<std::string, std::string> flags;        // "listen__hooks" -> value
    std::map<std::string, std::string> environment;  // all of it
    std::function<std::optional<std::string>(const std::string& path)> read_file;
    std::function<bool(const std::string& path)> is_exposed{};  // others may read or change the file
    std::function<bool(const std::string& path)> is_folder{};   // it is there
};

/// The process' environment and disk. A file that cannot be read is a complaint.
Sources sources_of_process(const std::string& file, std::map<std::string, std::string> flags,
                           locales::Complaints& complaints);
/// Reads and validates. On a complaint of level error the Config must not be used.
Config read_config(const Sources& sources, locales::Complaints& complaints);

}  // namespace rightsline::config

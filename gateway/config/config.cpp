#include "gateway/config/config.hpp"

#include "gateway/config/sections.hpp"
#include "gateway/config/settings.hpp"
#include "gateway/config/shapes.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

constexpr const char* mend_of_folder =
    "make it or mend its path; what does not begin with / is read from this file's own folder";

class Reader {
 public:
    Reader(const Sources& sources, const Node& root, Complaints& complaints)
        : sources_(sources), root_(root), complaints_(complaints), settings_(sources, root, complaints) {}

    Config read() {
        known_keys();
        config_.file = sources_.file;
        settings_.take("public_url", config_.public_url);
        listen();
        redis();
        settings_.take("state_dir", config_.state_dir);
        settings_.take("keys_dir", config_.keys_dir);
        settings_.take("vault__socket", config_.vault.socket);
        settings_.take("locales_dir", config_.locales_dir);
        config_.programs = folders("programs");
        config_.audio_dirs = folders("audio_dirs");
        paths();
        limits();
        sending();
        log_level();
        for (const auto& [name, node] : root_["accounts"].entries()) {
            read_account(name, node, sources_, settings_, complaints_, config_);
        }
        for (const auto& [number, node] : root_["lines"].entries()) {
            read_line(number, node, complaints_, config_);
        }
        for (const auto& [program, node] : root_["rosters"].entries()) {
            read_roster_file(program, node, sources_, complaints_, config_);
        }
        read_mail(root_["mail"], sources_, settings_, complaints_, config_);
        for (const auto& [program, node] : root_["webhooks"].entries()) {
            read_webhooks(program, node, sources_, complaints_, config_);
        }
        read_alert_link(settings_, config_);
        read_operators(root_["operator"], settings_, complaints_, config_);
        validate();
        settings_.refuse_unknown();
        return std::move(config_);
    }

 private:
    void known_keys() {
        refuse_unknown_keys(root_,
                            {"public_url", "listen", "redis", "state_dir", "keys_dir", "accounts", "lines",
                             "programs", "locales_dir", "audio_dirs", "limits", "log_level", "sending",
                             "rosters", "operator", "mail", "webhooks", "alert_link", "vault"},
                            complaints_);
        refuse_unknown_keys(root_["vault"], {"socket"}, complaints_);
        refuse_unknown_keys(root_["listen"], {"hooks", "console", "ops"}, complaints_);
        refuse_unknown_keys(root_["redis"],
                            {"embedded", "url", "loader_url", "keeper_url", "directory", "memory_mb"},
                            complaints_);
        refuse_unknown_keys(
            root_["limits"],
            {"connections", "connections_per_peer", "body_bytes", "header_bytes", "spool_bytes"},
            complaints_);
    }

    void listen() {
        settings_.take("listen__hooks", config_.listen.hooks);
        settings_.take("listen__console", config_.listen.console);
        settings_.take("listen__ops", config_.listen.ops);
        const std::pair<std::string, const std::string&> all[] = {{"listen__hooks", config_.listen.hooks},
                                                                  {"listen__console", config_.listen.console},
                                                                  {"listen__ops", config_.listen.ops}};
        warn_if_public();
        for (std::size_t i = 0; i < std::size(all); ++i) {
            if (all[i].first == "listen__console" && all[i].second == "off") {
                continue;
            }
            if (!is_listen_address(all[i].second)) {
                settings_.complain(all[i].first, "bad-address", "this is no address to listen on",
                                   "write digits and a port up to 65535, such as 127.0.0.1:8080");
            }
            for (std::size_t earlier = 0; earlier < i; ++earlier) {
                if (collide(all[i].second, all[earlier].second)) {
                    settings_.complain(all[i].first, "same-port",
                                       "two of hooks, console and ops listen on one port",
                                       "give each its own");
                }
            }
        }
    }

    /// A list of folders, each of which is there.
    std::vector<std::string> folders(const char* list) {
        std::vector<std::string> found = read_texts(root_[list], complaints_);
        for (std::size_t i = 0; i < found.size(); ++i) {
            found[i] = beside(sources_.file, found[i]);
            if (sources_.is_folder && !sources_.is_folder(found[i])) {
                complaints_.push_back(root_[list].items()[i].complain(
                    "no-such-folder", "there is no folder " + found[i], mend_of_folder));
            }
        }
        return found;
    }

    void paths() {
        for (std::string* path :
             {&config_.state_dir, &config_.keys_dir, &config_.locales_dir, &config_.redis.directory}) {
            *path = beside(sources_.file, *path);
        }
        if (!config_.vault.socket.empty()) {
            config_.vault.socket = beside(sources_.file, config_.vault.socket);
        }
        if (sources_.is_folder && !sources_.is_folder(config_.locales_dir)) {
            settings_.complain("locales_dir", "no-such-folder", "there is no folder " + config_.locales_dir,
                               mend_of_folder);
        }
    }

    void redis() {
        settings_.take("redis__url", config_.redis.url);
        settings_.take("redis__loader_url", config_.redis.loader_url);
        settings_.take("redis__keeper_url", config_.redis.keeper_url);
        config_.redis.embedded = config_.redis.url.empty();
        settings_.take_flag("redis__embedded", config_.redis.embedded);
        settings_.take("redis__directory", config_.redis.directory);
        settings_.take_count("redis__memory_mb", 64, config_.redis.memory_mb);
        if (config_.redis.embedded && !config_.redis.url.empty()) {
            settings_.complain("redis__url", "two-stores", "redis is embedded and has a url as well",
                               "keep one of the two");
        }
        if (!config_.redis.embedded && config_.redis.url.empty()) {
            settings_.complain("redis__embedded", "no-store", "redis is neither embedded nor has a url",
                               "write embedded: true, or a url such as unix:///run/redis.sock");
        }
    }

    void limits() {
        settings_.take_count("limits__connections", 1, config_.limits.connections);
        settings_.take_count("limits__connections_per_peer", 0, config_.limits.connections_per_peer);
        settings_.take_count("limits__body_bytes", 4096, config_.limits.body_bytes);
        settings_.take_count("limits__header_bytes", 1024, config_.limits.header_bytes);
        settings_.take_count("limits__spool_bytes", 1U << 20U, config_.limits.spool_bytes);
    }

    void sending() {
        refuse_unknown_keys(root_["sending"], {"per_recipient_a_day", "a_day", "prefixes"}, complaints_);
        settings_.take_count("sending__per_recipient_a_day", 1, config_.sending.per_recipient_a_day);
        settings_.take_count("sending__a_day", 1, config_.sending.a_day);
        config_.sending.prefixes = read_texts(root_["sending"]["prefixes"], complaints_);
        for (const Node& prefix : root_["sending"]["prefixes"].items()) {
            if (!is_prefix(prefix.text())) {
                complaints_.push_back(prefix.complain("bad-prefix", "this is not how a number begins",
                                                      "write it in quotes: \"+1\" or \"+266\""));
            }
        }
    }

    void log_level() {
        const std::map<std::string, ops::Level> levels{{"debug", ops::Level::debug},
                                                       {"info", ops::Level::info},
                                                       {"warn", ops::Level::warn},
                                                       {"error", ops::Level::error}};
        const auto name = settings_.text("log_level");
        if (!name) {
            return;
        }
        const auto found = levels.find(*name);
        if (found == levels.end()) {
            settings_.complain("log_level", "unknown-level", "log_level is not a level that rightsline knows",
                               "write debug, info, warn or error");
            return;
        }
        config_.log_level = found->second;
    }

    void validate() {
        const bool secure = config_.public_url.starts_with("https://") && config_.public_url.size() > 8;
        const bool local = config_.public_url.starts_with("http://127.0.0.1") ||
                           config_.public_url.starts_with("http://localhost");
        if (!(secure || local) || config_.public_url.find_first_of(" ?#") != std::string::npos) {
            settings_.complain("public_url", "bad-public-url",
                               "public_url is not the https address that providers call",
                               "write it as https://hotline.example.org");
        }
        while (config_.public_url.ends_with('/')) {
            config_.public_url.pop_back();
        }
        if (config_.redis.directory.empty()) {
            config_.redis.directory = config_.state_dir + "/redis";
        }
        apart();
    }

    /// A thief of the store, or of its backup, must not find the keys in the same place.
    void apart() {
        for (const std::string& store : {config_.state_dir, config_.redis.directory}) {
            if (lies_in(config_.keys_dir, store)) {
                settings_.complain("keys_dir", "keys-in-store",
                                   "the keys lie inside " + store + ", the store",
                                   "move them to a folder of their own that is backed up elsewhere, such as "
                                   "/etc/rightsline/keys");
                return;
            }
        }
    }

    /// A container may mean it: so only a warning.
    void warn_if_public() {
        if (is_public_address(config_.listen.console)) {
            settings_.complain(
                "listen__console", "public-address",
                "whoever reaches this machine over the network can try to log in",
                "write 127.0.0.1:8081, and let people in by SSH, a VPN or a proxy that asks for "
                "a certificate",
                locales::Complaint::Level::warning);
        }
        if (is_public_address(config_.listen.ops)) {
            settings_.complain("listen__ops", "public-address",
                               "whoever reaches this machine over the network can read health and figures",
                               "write 127.0.0.1:9090, or see that no other machine gets through to this port",
                               locales::Complaint::Level::warning);
        }
    }

    const Sources& sources_;
    const Node& root_;
    Complaints& complaints_;
    Settings settings_;
    Config config_;
};

}  // namespace

std::string recordings_folder(const Config& config, const std::string& program) {
    return config.state_dir + "/prompts/" + program + "/audio";
}

std::string takes_folder(const Config& config, const std::string& program) {
    return config.state_dir + "/prompts/" + program + "/takes";
}

std::vector<std::string> audio_folders(const Config& config, const std::string& program) {
    std::vector<std::string> all{recordings_folder(config, program)};
    all.insert(all.end(), config.audio_dirs.begin(), config.audio_dirs.end());
    return all;
}

Config read_config(const Sources& sources, Complaints& complaints) {
    const Node root = locales::read_yaml(sources.text, sources.file, complaints);
    if (locales::has_errors(complaints)) {
        return {};
    }
    return Reader(sources, root, complaints).read();
}

}  // namespace rightsline::config

#include "gateway/config/config.hpp"

#include "gateway/config/sections.hpp"
#include "gateway/config/settings.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

class Reader {
 public:
    Reader(const Sources& sources, const Node& root, Complaints& complaints)
        : sources_(sources), root_(root), complaints_(complaints), settings_(sources, root, complaints) {}

    Config read() {
        known_keys();
        settings_.take("public_url", config_.public_url);
        listen();
        redis();
        settings_.take("state_dir", config_.state_dir);
        settings_.take("keys_dir", config_.keys_dir);
        settings_.take("locales_dir", config_.locales_dir);
        config_.programs = read_texts(root_["programs"], complaints_);
        config_.audio_dirs = read_texts(root_["audio_dirs"], complaints_);
        limits();
        log_level();
        for (const auto& [name, node] : root_["accounts"].entries()) {
            read_account(name, node, sources_, settings_, complaints_, config_);
        }
        for (const auto& [number, node] : root_["lines"].entries()) {
            read_line(number, node, complaints_, config_);
        }
        validate();
        settings_.refuse_unknown();
        return std::move(config_);
    }

 private:
    void known_keys() {
        refuse_unknown_keys(root_,
                            {"public_url", "listen", "redis", "state_dir", "keys_dir", "accounts", "lines",
                             "programs", "locales_dir", "audio_dirs", "limits", "log_level"},
                            complaints_);
        refuse_unknown_keys(root_["listen"], {"hooks", "console", "ops"}, complaints_);
        refuse_unknown_keys(root_["redis"], {"embedded", "url", "loader_url", "directory"}, complaints_);
        refuse_unknown_keys(root_["limits"],
                            {"connections", "connections_per_peer", "body_bytes", "header_bytes"},
                            complaints_);
    }

    void listen() {
        settings_.take("listen__hooks", config_.listen.hooks);
        settings_.take("listen__console", config_.listen.console);
        settings_.take("listen__ops", config_.listen.ops);
    }

    void redis() {
        settings_.take("redis__url", config_.redis.url);
        settings_.take("redis__loader_url", config_.redis.loader_url);
        config_.redis.embedded = config_.redis.url.empty();
        settings_.take_flag("redis__embedded", config_.redis.embedded);
        settings_.take("redis__directory", config_.redis.directory);
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
    }

    const Sources& sources_;
    const Node& root_;
    Complaints& complaints_;
    Settings settings_;
    Config config_;
};

}  // namespace

Config read_config(const Sources& sources, Complaints& complaints) {
    const Node root = locales::read_yaml(sources.text, sources.file, complaints);
    if (locales::has_errors(complaints)) {
        return {};
    }
    return Reader(sources, root, complaints).read();
}

}  // namespace rightsline::config

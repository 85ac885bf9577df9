#include "gateway/config/config.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/config/settings.hpp"

extern "C" char** environ;

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

std::string under(const std::string& section, const std::string& key) { return section + "__" + key; }

std::optional<Mode> mode_of(std::string_view name) {
    if (name == "sms") {
        return Mode::sms;
    }
    if (name == "voice") {
        return Mode::voice;
    }
    if (name == "ussd") {
        return Mode::ussd;
    }
    return std::nullopt;
}

std::vector<std::string> texts(const Node& list, Complaints& complaints) {
    std::vector<std::string> found;
    if (list.kind() == Node::Kind::scalar) {
        complaints.push_back(list.complain("not-a-list", "this must be a list", "write [first, second]"));
    }
    for (const Node& item : list.items()) {
        found.push_back(item.text());
    }
    return found;
}

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
        config_.programs = texts(root_["programs"], complaints_);
        config_.audio_dirs = texts(root_["audio_dirs"], complaints_);
        limits();
        log_level();
        for (const auto& [name, node] : root_["accounts"].entries()) {
            account(name, node);
        }
        for (const auto& [number, node] : root_["lines"].entries()) {
            line(number, node);
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

    void account(const std::string& name, const Node& node) {
        refuse_unknown_keys(node, {"provider", "account_sid", "auth_tokens", "api_base"}, complaints_);
        Account account;
        const std::string section = under("accounts", name);
        settings_.take(under(section, "provider"), account.provider);
        settings_.take(under(section, "account_sid"), account.account_sid);
        settings_.take(under(section, "api_base"), account.api_base);
        for (const Node& token : node["auth_tokens"].items()) {
            secret(token, account.auth_tokens);
        }
        if (auto token = settings_.text(under(section, "auth_token"))) {
            account.auth_tokens.insert(account.auth_tokens.begin(), locales::PrivateText(std::move(*token)));
        }
        if (account.provider.empty()) {
            complaints_.push_back(node.complain("no-provider", "account " + name + " has no provider",
                                                "write provider: twilio"));
        }
        if (account.provider != "simulator" && account.auth_tokens.empty()) {
            complaints_.push_back(node.complain("no-auth-token", "account " + name + " has no auth token",
                                                "write auth_tokens: [{file: /path}]"));
        }
        config_.accounts.emplace(name, std::move(account));
    }

    // A secret is named, never written down here.
    void secret(const Node& node, std::vector<locales::PrivateText>& into) {
        refuse_unknown_keys(node, {"file", "env"}, complaints_);
        std::optional<std::string> value;
        if (node.has("file")) {
            value = sources_.read_file(node["file"].text());
        } else if (const auto found = sources_.environment.find(node["env"].text());
                   found != sources_.environment.end()) {
            value = found->second;
        }
        while (value && !value->empty() && (value->back() == '\n' || value->back() == '\r')) {
            value->pop_back();
        }
        if (!value || value->empty()) {
            complaints_.push_back(
                node.complain("no-secret", "this auth token cannot be read",
                              "write {file: /path} or {env: NAME} of something that exists"));
            return;
        }
        into.emplace_back(std::move(*value));
    }

    void line(const std::string& number, const Node& node) {
        refuse_unknown_keys(node, {"account", "program", "modes", "languages", "cost_to_worker", "region"},
                            complaints_);
        Line line;
        line.account = node["account"].text();
        line.program = node["program"].text();
        line.languages = texts(node["languages"], complaints_);
        line.region = node["region"].text();
        for (const Node& name : node["modes"].items()) {
            if (const auto mode = mode_of(name.text())) {
                line.modes.insert(*mode);
            } else {
                complaints_.push_back(
                    name.complain("unknown-mode", "this is not a mode", "write sms, voice or ussd"));
            }
        }
        for (const auto& [name, cost] : node["cost_to_worker"].entries()) {
            cost_of(name, cost, line);
        }
        check_line(node, line);
        config_.lines.emplace(number, std::move(line));
    }

    void cost_of(const std::string& name, const Node& cost, Line& line) {
        const auto mode = mode_of(name);
        if (!mode || (cost.text() != "free" && cost.text() != "paid")) {
            complaints_.push_back(cost.complain("unknown-cost", "this is not a cost of a mode",
                                                "write {sms: paid, voice: free}"));
            return;
        }
        line.cost_to_worker[*mode] = cost.text() == "free" ? Cost::free : Cost::paid;
    }

    void check_line(const Node& node, const Line& line) {
        if (!config_.accounts.contains(line.account)) {
            complaints_.push_back(node.complain("unknown-account",
                                                "this line names an account that does not exist",
                                                "name one of those under accounts"));
        }
        if (line.program.empty() || line.modes.empty()) {
            complaints_.push_back(node.complain("incomplete-line", "this line has no program or no modes",
                                                "write program: name and modes: [sms, voice]"));
        }
        const bool region = line.region.empty() ||
                            (line.region.size() == 2 &&
                             std::ranges::all_of(line.region, [](char c) { return c >= 'A' && c <= 'Z'; }));
        if (!region) {
            complaints_.push_back(
                node.complain("bad-region", "this region is no country", "write two letters such as US"));
        }
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

std::optional<std::string> read_disk(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Sources sources_of_process(const std::string& file, std::map<std::string, std::string> flags,
                           Complaints& complaints) {
    Sources sources;
    sources.file = file;
    sources.flags = std::move(flags);
    sources.read_file = read_disk;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view both = *entry;
        const std::size_t equals = both.find('=');
        if (equals != std::string_view::npos) {
            sources.environment.emplace(both.substr(0, equals), both.substr(equals + 1));
        }
    }
    auto text = read_disk(file);
    if (!text) {
        complaints.push_back({file, 0, "unreadable-file", "the configuration cannot be read",
                              "check its path and its permissions", locales::Complaint::Level::error});
        return sources;
    }
    sources.text = std::move(*text);
    return sources;
}

Config read_config(const Sources& sources, Complaints& complaints) {
    const Node root = locales::read_yaml(sources.text, sources.file, complaints);
    if (locales::has_errors(complaints)) {
        return {};
    }
    return Reader(sources, root, complaints).read();
}

}  // namespace rightsline::config

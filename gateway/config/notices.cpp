// How else the people of a program are told: their mail server, and webhooks.
#include <charconv>
#include <utility>

#include "gateway/config/sections.hpp"
#include "gateway/config/shapes.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

std::optional<locales::PrivateText> read_secret_file(const Node& node, const std::string& path,
                                                     const Sources& sources, Complaints& complaints) {
    std::optional<std::string> text = sources.read_file(path);
    while (text && (text->ends_with('\n') || text->ends_with('\r'))) {
        text->pop_back();
    }
    if (!text || text->empty()) {
        complaints.push_back(node.complain("no-secret", "the secret " + path + " cannot be read",
                                           "write the path of a regular file of at most 1 MiB"));
        return std::nullopt;
    }
    if (sources.is_exposed && sources.is_exposed(path)) {
        complaints.push_back(
            node.complain("exposed-secret", "others may read or change " + path, "run: chmod 600 " + path));
    }
    return locales::PrivateText(std::move(*text));
}

}  // namespace

void read_mail(const Node& node, const Sources& sources, Settings& settings, Complaints& complaints,
               Config& config) {
    refuse_unknown_keys(node, {"server", "from", "user", "password_file"}, complaints);
    std::string server;
    settings.take("mail__server", server);
    settings.take("mail__from", config.mail.from);
    settings.take("mail__user", config.mail.user);
    std::string password_file;
    settings.take("mail__password_file", password_file);
    if (server.empty()) {
        if (!config.mail.from.empty() || !config.mail.user.empty() || !password_file.empty()) {
            settings.complain("mail", "no-mail-server", "mail names no server, so no e-mail would be sent",
                              "write server: smtp.example.org:587, or leave mail out");
        }
        return;
    }
    const std::size_t colon = server.rfind(':');
    config.mail.host = server.substr(0, colon);
    unsigned port = 0;
    if (colon != std::string::npos) {
        std::from_chars(server.data() + colon + 1, server.data() + server.size(), port);
    }
    if (config.mail.host.empty() || port == 0 || port > 65535 ||
        config.mail.host.find_first_of(" @/:") != std::string::npos) {
        settings.complain("mail__server", "bad-mail-server", "mail.server is no server and port",
                          "write server: smtp.example.org:587, or :465 for TLS from the beginning");
        config.mail = {};
        return;
    }
    config.mail.port = static_cast<std::uint16_t>(port);
    if (!password_file.empty()) {
        std::optional<locales::PrivateText> password =
            read_secret_file(node, beside(sources.file, password_file), sources, complaints);
        config.mail.password = password ? std::move(*password) : locales::PrivateText();
    }
    if (config.mail.user.empty() != config.mail.password.empty()) {
        settings.complain("mail__user", "half-a-login", "mail has a user or a password, and not both",
                          "write user and password_file, or neither");
    }
}

/// The report's name is written right behind it: without an end of its own it would become another host or page.
void read_alert_link(Settings& settings, Config& config) {
    settings.take("alert_link", config.alert_link);
    const std::string& link = config.alert_link;
    const std::size_t path = link.find('/', link.find("://") + 3);
    const bool ends = !link.empty() && std::string_view("/=?#-_").find(link.back()) != std::string_view::npos;
    if (!link.empty() && (!link.starts_with("https://") || path == std::string::npos || !ends)) {
        settings.complain("alert_link", "bad-alert-link",
                          "alert_link is no address that a report's name goes behind",
                          "write https://, and / or = at its end: https://console.example.org/reports/");
    }
}

void read_webhooks(const std::string& program, const Node& node, const Sources& sources,
                   Complaints& complaints, Config& config) {
    for (const Node& one : node.items()) {
        refuse_unknown_keys(one, {"url", "secret_file", "old_secret_file"}, complaints);
        Webhook hook;
        hook.url = one["url"].text();
        hook.file_line = one.line();
        for (const char* key : {"secret_file", "old_secret_file"}) {
            if (one.has(key)) {
                const std::string path = beside(sources.file, one[key].text());
                std::optional<locales::PrivateText> secret =
                    read_secret_file(one[key], path, sources, complaints);
                if (secret) {
                    hook.secrets.push_back(std::move(*secret));
                }
            }
        }
        if (!one.has("secret_file")) {
            complaints.push_back(one.complain("no-secret", "a webhook has no secret_file",
                                              "write one: echo whsec_$(openssl rand -base64 32) > FILE"));
        }
        config.webhooks[program].push_back(std::move(hook));
    }
    if (node && node.kind() != Node::Kind::list) {
        complaints.push_back(node.complain("not-a-list", "webhooks of a program must be a list",
                                           "write [{url: https://…, secret_file: /path}]"));
    }
}

}  // namespace rightsline::config

// Accounts at providers, and the secrets that they are used with.
#include <utility>

#include "gateway/config/sections.hpp"
#include "gateway/config/shapes.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

std::string under(const std::string& section, const std::string& key) { return section + "__" + key; }

/// A secret is named, never written down here; and its file is for nobody else to read.
void read_secret(const Node& node, const Sources& sources, Complaints& complaints,
                 std::vector<locales::PrivateText>& into) {
    refuse_unknown_keys(node, {"file", "env"}, complaints);
    std::optional<std::string> value;
    if (node.has("file")) {
        const std::string path = beside(sources.file, node["file"].text());
        value = sources.read_file(path);
        if (value && sources.is_exposed && sources.is_exposed(path)) {
            complaints.push_back(node.complain("exposed-secret", "others may read or change " + path,
                                               "run: chmod 600 " + path));
        }
    } else if (const auto found = sources.environment.find(node["env"].text());
               found != sources.environment.end()) {
        value = found->second;
    }
    while (value && !value->empty() && (value->back() == '\n' || value->back() == '\r')) {
        value->pop_back();
    }
    if (!value || value->empty()) {
        complaints.push_back(
            node.complain("no-secret", "this auth token cannot be read",
                          "write {file: /path} of a regular file of at most 1 MiB, or {env: NAME} of "
                          "what is set"));
        return;
    }
    into.emplace_back(std::move(*value));
}

/// A provider keeps what it carried for years, for whoever may ask it; so its copy goes unless the operator wants it.
ProviderCopies read_copies(const std::string& path, const std::string& provider, Settings& settings) {
    const std::optional<std::string> word = settings.text(path);
    if (!word) {
        return provider == "twilio" ? ProviderCopies::redact : ProviderCopies::keep;
    }
    if (*word != "redact" && *word != "delete" && *word != "keep") {
        settings.complain(path, "unknown-copies", "this is nothing that can become of a provider's copies",
                          "write redact (the words go), delete (the message goes) or keep");
    }
    return *word == "keep"     ? ProviderCopies::keep
           : *word == "delete" ? ProviderCopies::erase
                               : ProviderCopies::redact;
}

}  // namespace

void read_account(const std::string& name, const Node& node, const Sources& sources, Settings& settings,
                  Complaints& complaints, Config& config) {
    refuse_unknown_keys(node, {"provider", "account_sid", "auth_tokens", "api_base", "provider_copies"},
                        complaints);
    Account account;
    const std::string section = under("accounts", name);
    settings.take(under(section, "provider"), account.provider);
    settings.take(under(section, "account_sid"), account.account_sid);
    settings.take(under(section, "api_base"), account.api_base);
    account.copies = read_copies(under(section, "provider_copies"), account.provider, settings);
    for (const Node& token : node["auth_tokens"].items()) {
        read_secret(token, sources, complaints, account.auth_tokens);
    }
    if (auto token = settings.text(under(section, "auth_token"))) {
        account.auth_tokens.insert(account.auth_tokens.begin(), locales::PrivateText(std::move(*token)));
    }
    if (account.provider.empty()) {
        complaints.push_back(
            node.complain("no-provider", "account " + name + " has no provider", "write provider: twilio"));
    }
    if (!account.provider.empty() && account.provider != "twilio" && account.provider != "simulator") {
        settings.complain(under(section, "provider"), "unknown-provider",
                          "account " + name + " is at a provider that rightsline does not know",
                          "write twilio or simulator");
    }
    if (account.provider == "twilio" && !is_twilio_sid(account.account_sid)) {
        settings.complain(under(section, "account_sid"), "bad-account-sid",
                          "account " + name + " has no account_sid as Twilio writes it",
                          "copy it from Twilio's console: AC and 32 digits and letters a to f");
    }
    if (account.provider != "simulator" && account.auth_tokens.empty()) {
        complaints.push_back(node.complain("no-auth-token", "account " + name + " has no auth token",
                                           "write auth_tokens: [{file: /path}]"));
    }
    config.accounts.emplace(name, std::move(account));
}

void read_roster_file(const std::string& program, const Node& node, const Sources& sources,
                      Complaints& complaints, Config& config) {
    const std::string path = beside(sources.file, node.text());
    std::optional<std::string> text = sources.read_file(path);
    if (!text) {
        complaints.push_back(
            node.complain("no-roster", "the roster " + path + " cannot be read",
                          "write the path of a regular file; deploy/roster.example.yaml shows one"));
        return;
    }
    if (sources.is_exposed && sources.is_exposed(path)) {
        complaints.push_back(node.complain("exposed-secret", "others may read or change " + path,
                                           "it holds the numbers of people; run: chmod 600 " + path));
    }
    config.rosters.emplace(program, Roster{path, locales::PrivateText(std::move(*text))});
}

}  // namespace rightsline::config

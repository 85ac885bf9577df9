// Whether what is configured beside the roster can be used: mail and webhooks. For `check` and for the start.
#include <algorithm>

#include "gateway/http/egress.hpp"
#include "gateway/mail/address.hpp"
#include "gateway/outbox/standard_webhook.hpp"
#include "gateway/people/rosters.hpp"

namespace rightsline::people {
namespace {

using locales::Complaint;
using locales::Complaints;

constexpr std::size_t most_webhooks = 5;

void check_webhook(const config::Config& config, const config::Webhook& hook, Complaints& complaints) {
    const auto complain = [&](const char* rule, const char* what, const char* mend) {
        complaints.push_back({config.file, hook.file_line, rule, what, mend, Complaint::Level::error});
    };
    if (!http::parse_outside_url(hook.url)) {
        complain("bad-webhook", "this is no address that a webhook may have",
                 "write https://, a name with a dot, and no port, user or #");
    }
    for (const locales::PrivateText& secret : hook.secrets) {
        if (!outbox::read_webhook_secret(secret.reveal())) {
            complain("bad-webhook-secret",
                     "the secret of a webhook is not whsec_ and base64 of 24 to 64 bytes",
                     "make one: echo whsec_$(openssl rand -base64 32) > FILE");
        }
    }
}

}  // namespace

void check_notices(const config::Config& config, const std::set<std::string>& programs,
                   const std::map<std::string, Roster>& rosters, Complaints& complaints) {
    for (const auto& [program, hooks] : config.webhooks) {
        const int line = hooks.empty() ? 1 : hooks.front().file_line;
        if (!programs.contains(program)) {
            complaints.push_back({config.file, line, "unknown-program",
                                  "these are webhooks of '" + program + "', which is no program here",
                                  "name the program under webhooks as its program.yaml does",
                                  Complaint::Level::error});
        }
        if (!config.rosters.contains(program)) {
            complaints.push_back(
                {config.file, line, "no-roster",
                 "webhooks of " + program + " are called when its people are told, and it has none",
                 "write rosters: {" + program + ": FILE}", Complaint::Level::error});
        }
        if (hooks.size() > most_webhooks) {
            complaints.push_back({config.file, line, "too-many-webhooks", "a program has at most 5 webhooks",
                                  "leave those that somebody reads", Complaint::Level::error});
        }
        for (const config::Webhook& hook : hooks) {
            check_webhook(config, hook, complaints);
        }
    }
    const bool mails = !config.mail.host.empty();
    if (mails && !mail::Address::parse(config.mail.from)) {
        complaints.push_back({config.file, 1, "bad-mail-from", "mail.from is no e-mail address",
                              "write from: hotline@example.org", Complaint::Level::error});
    }
    for (const auto& [program, roster] : rosters) {
        const auto has_mail = [](const Person& one) { return one.email.has_value(); };
        if (!mails && (std::ranges::any_of(roster.people, has_mail) || !roster.organisations.empty())) {
            complaints.push_back({config.file, 1, "no-mail-server",
                                  "people of " + program +
                                      ", or of its organisations, have an email, and there is no mail server",
                                  "write mail: {server: smtp.example.org:587, from: …}",
                                  Complaint::Level::error});
        }
    }
}

}  // namespace rightsline::people

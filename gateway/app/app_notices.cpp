// How e-mails and webhooks of alerts leave this server.
#include <algorithm>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/mail/smtp.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/outbox/standard_webhook.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto webhook_budget = 5s;

providers::SendResult no_way(std::string_view what) {
    providers::Reason reason;
    reason.what = what;
    reason.mend = "Look at mail: and webhooks: in the configuration.";
    return providers::Rejected{reason};
}

}  // namespace

void App::Parts::build_notices(const net::TlsTrust& trust) {
    mail_trust = trust;
    http::EgressOptions to_anywhere;
    to_anywhere.resolve = [this](std::string name, Deadline deadline) {
        return net::resolve_aside(outside_names, std::move(name), deadline);
    };
    egress = std::make_unique<http::Egress>(loop.get_executor(), trust, std::move(to_anywhere));
    vault::KeyedId owner;
    ops::draw_fresh_bytes(owner.bytes);
    courier = std::make_unique<outbox::Courier>(outbox::CourierServices{
        *redis, *vault, clock, metrics,
        [this](Awaitable<void> task) { tasks.spawn("notice", std::move(task)); }, "gw-" + owner.hex(),
        [this](std::string program, std::string id, outbox::Notice notice, Deadline deadline) {
            return carry_notice(std::move(program), std::move(id), std::move(notice), deadline);
        }});
}

Awaitable<providers::SendResult> App::Parts::carry_notice(std::string program, std::string id,
                                                          outbox::Notice notice, Deadline deadline) {
    if (notice.by == outbox::Notice::By::mail) {
        co_return co_await carry_mail(std::move(id), std::move(notice), deadline);
    }
    co_return co_await carry_webhook(std::move(program), std::move(id), std::move(notice));
}

Awaitable<providers::SendResult> App::Parts::carry_mail(std::string id, outbox::Notice notice,
                                                        Deadline deadline) {
    const Result<mail::Address> from = mail::Address::parse(config.mail.from);
    const Result<mail::Address> to = mail::Address::parse(notice.to.reveal());
    const Result<mail::HeaderText> subject = mail::HeaderText::parse(notice.subject);
    if (config.mail.host.empty() || !from || !to || !subject) {
        co_return no_way("There is no mail server any more, or no such address.");
    }
    mail::Server server;
    server.host = config.mail.host;
    server.port = config.mail.port;
    server.user = config.mail.user;
    server.password = config.mail.password;
    const mail::Letter letter{*from,         *to,
                              *subject,      std::move(notice.body),
                              std::move(id), std::chrono::floor<std::chrono::seconds>(clock.now())};
    const auto executor = loop.get_executor();
    co_return co_await mail::deliver(executor, *mail_trust, server, letter, deadline);
}

Awaitable<providers::SendResult> App::Parts::carry_webhook(std::string program, std::string id,
                                                           outbox::Notice notice) {
    const auto hooks_of = config.webhooks.find(program);
    std::vector<std::string> secrets;
    if (hooks_of != config.webhooks.end()) {
        for (const config::Webhook& hook : hooks_of->second) {
            for (const locales::PrivateText& secret : hook.secrets) {
                if (hook.url == notice.to.reveal()) {
                    secrets.push_back(secret.reveal());
                }
            }
        }
    }
    if (secrets.empty()) {
        co_return no_way("This webhook is not configured any more.");
    }
    const auto at = std::chrono::floor<std::chrono::seconds>(clock.now());
    http::Outgoing request =
        outbox::webhook_request(notice.to.reveal(), id, at, std::move(notice.body), secrets);
    const http::Fate fate = co_await egress->send(std::move(request), clock.in(webhook_budget));
    co_return outbox::read_webhook_answer(fate);
}

/// A program that tells nobody so has nothing there, unless its configuration was another one before.
Awaitable<void> App::Parts::keep_notices() {
    bool going = true;
    for (int round = 0; going; ++round) {
        for (const std::string& program : program_names()) {
            const std::vector<people::Person>& everybody = rosters[program].people;
            const bool tells = config.webhooks.contains(program) || !rosters[program].organisations.empty() ||
                               std::ranges::any_of(everybody, [](const people::Person& one) {
                                   return one.email.has_value();
                               });
            if (tells || round % 60 == 0) {
                co_await courier->work(program);
            }
        }
        going = co_await ops::pause(500ms);
    }
}

}  // namespace rightsline::app

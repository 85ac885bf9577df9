// An alert by e-mail and webhook, beside the texts and calls of the same step and in the same commit.
#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <iterator>
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_file.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto worth_telling = 24h;

std::string time_of(ops::UtcMs at) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(second - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

/// How urgent, what it is called, since when. No word of it, no place, no number.
std::string body_of(const std::string& program, const AlertProgram& context, const Alert& alert,
                    ops::UtcMs now) {
    boost::json::object data;
    data["program"] = program;
    data["alias"] = alert.alias;
    data["urgency"] = std::string(cases::to_word(alert.urgency));
    data["age_seconds"] = std::chrono::floor<std::chrono::seconds>(now - alert.raised).count();
    if (!context.link.empty()) {
        data["link"] = context.link + alert.alias;
    }
    return boost::json::serialize(boost::json::object{
        {"type", "report.waiting"}, {"timestamp", time_of(now)}, {"data", std::move(data)}});
}

}  // namespace

Awaitable<Result<void>> AlertDesk::mail_to(const std::string& program, const AlertProgram& context,
                                           const people::Person& person, Alert& alert,
                                           redis::Commit& commit) {
    const flows::PackPtr pack = services_.packs.active(program);
    if (!person.email || services_.courier == nullptr || !pack) {
        co_return Result<void>();
    }
    outbox::Notice notice;
    notice.by = outbox::Notice::By::mail;
    notice.to = locales::PrivateText(person.email->reveal());
    notice.subject = mail_subject(*pack, person.language, alert);
    notice.body = notice.subject + "\n\n" + mail_body(*pack, person.language) + "\n";
    if (!context.link.empty()) {
        notice.body += "\n" + context.link + alert.alias + "\n";
    }
    std::string id = message_id(alert, 'e', ++alert.notices);
    co_return co_await post_notice(program, person.name, "email", std::move(id), std::move(notice), alert,
                                   commit);
}

Awaitable<Result<void>> AlertDesk::call_webhooks(const std::string& program, const AlertProgram& context,
                                                 Alert& alert, redis::Commit& commit) {
    for (const std::string& url : context.webhooks) {
        outbox::Notice notice;
        notice.by = outbox::Notice::By::webhook;
        notice.to = locales::PrivateText(url);
        notice.body = body_of(program, context, alert, services_.clock.now());
        std::string id = message_id(alert, 'h', ++alert.notices);
        const Result<void> posted = co_await post_notice(program, "webhook", "webhook", std::move(id),
                                                         std::move(notice), alert, commit);
        if (!posted) {
            co_return posted.error();
        }
    }
    co_return Result<void>();
}

Awaitable<Result<void>> AlertDesk::post_notice(const std::string& program, const std::string& who,
                                               const char* medium, std::string id, outbox::Notice notice,
                                               Alert& alert, redis::Commit& commit) {
    if (services_.courier == nullptr) {
        co_return Result<void>();
    }
    const ops::UtcMs now = services_.clock.now();
    notice.not_after = now + worth_telling;
    Result<std::vector<redis::Write>> writes =
        co_await services_.courier->post(program, id, std::move(notice));
    if (!writes) {
        co_return writes.error();
    }
    std::move(writes->begin(), writes->end(), std::back_inserter(commit.writes));
    keep_told(alert, Told{who, medium, std::move(id), now});
    audit::add_entry(commit.writes, stores::Keyspace(program),
                     {audit::What::alert_told, alert.case_id, who, medium});
    co_return Result<void>();
}

std::size_t AlertDesk::told_of_offers(const std::string& program, std::string_view organisation) const {
    const AlertProgram* context = this->program(program);
    if (context == nullptr || services_.courier == nullptr) {
        return 0;
    }
    const auto theirs = context->roster.organisations.find(organisation);
    return theirs == context->roster.organisations.end() ? 0 : theirs->second.size();
}

/// Neither the report's name nor its id: who carries it learns that there is one, and of the organisation no more than its own
/// address. Each is named by what nobody has drawn before.
Awaitable<Result<std::vector<redis::Write>>> AlertDesk::offer_notices(std::string program,
                                                                      std::string organisation) {
    std::vector<redis::Write> writes;
    const flows::PackPtr pack = services_.packs.active(program);
    if (!pack || told_of_offers(program, organisation) == 0) {
        co_return writes;
    }
    const std::vector<mail::Address> told =
        this->program(program)->roster.organisations.find(organisation)->second;
    const locales::LanguageTag language = pack->languages.front();
    for (const mail::Address& one : told) {
        outbox::Notice notice;
        notice.by = outbox::Notice::By::mail;
        notice.to = locales::PrivateText(one.reveal());
        notice.subject = offer_subject(*pack, language);
        notice.body = notice.subject + "\n\n" + mail_note(*pack, language) + "\n";
        notice.not_after = services_.clock.now() + worth_telling;
        std::string id = "e" + fresh_outside_name();
        Result<std::vector<redis::Write>> posted =
            co_await services_.courier->post(program, std::move(id), std::move(notice));
        if (!posted) {
            co_return posted.error();
        }
        std::ranges::move(*posted, std::back_inserter(writes));
    }
    co_return writes;
}

}  // namespace rightsline::alerts

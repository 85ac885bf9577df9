// What the tests of the alert desk share: a house with a roster of three, whose outbox nobody empties.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <gtest/gtest.h>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::alerts {

using namespace std::chrono_literals;
using flows::Urgency;

inline constexpr const char* roster_file = R"(
people:
  maria: {phone: "+15005550101", language: en}
  jean: {phone: "+15005550102", media: [sms]}
  ana: {phone: "+15005550103", media: [call]}
order: [maria, jean]
supervisors: [ana]
)";

class Alerting : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        open_desk(roster_file, {});
    }
    void open_desk(const std::string& roster, std::vector<std::string> prefixes) {
        outbox::LineOut out;
        out.program = "fair-food";
        out.line = "+15005550006";
        out.queue = outbox::queue_of(keys, out.line);
        out.limits.prefixes = std::move(prefixes);
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{{out.line, out}});
        courier = std::make_unique<outbox::Courier>(
            outbox::CourierServices{*client, *vault, clock, metrics, [](Awaitable<void>) {}, "gw-1", {}});
        locales::Complaints complaints;
        AlertProgram program{people::read_roster(roster, "roster.yaml", complaints), "+15005550006",
                             [](ops::UtcMs) { return 0; }, webhooks, "https://console.example/r/"};
        ASSERT_TRUE(complaints.empty());
        desk = std::make_unique<AlertDesk>(
            AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [this] { ++posted; },
                          courier.get(), [this] { ++unheard; }},
            std::map<std::string, AlertProgram>{{"fair-food", std::move(program)}});
        cases_desk = std::make_unique<cases::CaseDesk>(cases::CaseDeskServices{
            *client, *vault, clock, *packs, {{"fair-food", public_key}}, {{"fair-food", people}}});
    }
    void file(const std::string& id, Urgency urgency) {
        cases::CaseFacts facts;
        facts.id = id;
        facts.alias = "7K4-92" + std::to_string(++filed);
        facts.status = "received";
        facts.urgency = urgency;
        facts.language = "en";
        facts.mode = "sms";
        facts.reason = "asked";
        facts.filed_hour = now_hour();
        apply(cases::filing_writes(keys, facts));
    }
    cases::Casework work(const std::string& id) {
        return tests::run(io, cases_desk->standing("fair-food", {facts_of(id)}, far()))->front().work;
    }
    static cases::CaseFacts facts_of(const std::string& id) {
        cases::CaseFacts facts;
        facts.id = id;
        return facts;
    }
    /// What the team does with a case, by the desk that does it.
    void change(const std::string& id, cases::Wish wish, const std::string& who = "") {
        const auto done =
            tests::run(io, cases_desk->change("fair-food", id, {who, who}, std::move(wish), far()));
        ASSERT_TRUE(done) << done.error().message();
    }
    void change_sites(cases::SitesWish wish) {
        cases::SitesDesk sites(*client, *vault, clock);
        ASSERT_TRUE(
            tests::run(io, sites.change("fair-food", {"uid:0", "", people.all}, std::move(wish), far())));
    }
    std::vector<Alert> open_for(const std::string& person) {
        return tests::run(io, desk->open_alerts("fair-food", {person}, 100, far())).value();
    }
    void raise(const std::string& id) { apply(cases::raising_writes(keys, id, Urgency::p1, now_hour())); }
    std::int64_t now_hour() const {
        return std::chrono::floor<std::chrono::hours>(clock.now().time_since_epoch()).count() * 3600;
    }
    void step() { tests::run(io, desk->work("fair-food")); }
    /// How many messages wait in the outbox.
    std::int64_t waiting() { return number({"ZCARD", outbox->find("+15005550006")->queue.lanes[0]}); }
    Alert alert(const std::string& id) { return tests::run(io, desk->find("fair-food", id, far())).value(); }
    std::string told(const std::string& id) {
        std::string all;
        for (const Told& one : alert(id).told) {
            all += (all.empty() ? "" : " ") + one.person + ":" + one.medium;
        }
        return all;
    }
    Result<Answer> take(const std::string& id, const std::string& who) {
        return tests::run(io, desk->take("fair-food", id, who, "api", far()));
    }
    /// A text that was never told of before.
    std::string text_back(const std::string& phone, const std::string& body) {
        return text_back(phone, body, "text " + std::to_string(++texted));
    }
    std::string text_back(const std::string& phone, const std::string& body, const std::string& event) {
        return tests::run(io, desk->answer_text("fair-food", {phone, body, event})).value_or("(a worker's)");
    }

    std::vector<std::string> webhooks;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<outbox::Courier> courier;
    std::unique_ptr<AlertDesk> desk;
    cases::People people{{"maria", "jean", "ana"}, {"ana"}};
    std::unique_ptr<cases::CaseDesk> cases_desk;
    int posted = 0;
    int unheard = 0;  // how often the operator was to be told that nobody can be
    int filed = 0;
    int texted = 0;
};

}  // namespace rightsline::alerts

// What the tests of the alert desk share: a house with a roster of three, whose outbox nobody empties.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <gtest/gtest.h>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/cases/case_store.hpp"
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
        locales::Complaints complaints;
        AlertProgram program{people::read_roster(roster, "roster.yaml", complaints), "+15005550006",
                             [](ops::UtcMs) { return 0; }};
        ASSERT_TRUE(complaints.empty());
        desk = std::make_unique<AlertDesk>(
            AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [this] { ++posted; }},
            std::map<std::string, AlertProgram>{{"fair-food", std::move(program)}});
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
    std::string text_back(const std::string& phone, const std::string& body) {
        return tests::run(io, desk->answer_text("fair-food", phone, body)).value_or("(a worker's)");
    }

    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<AlertDesk> desk;
    int posted = 0;
    int filed = 0;
};

}  // namespace rightsline::alerts

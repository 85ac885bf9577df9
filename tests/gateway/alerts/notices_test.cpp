// Alerts by e-mail and webhook, beside the ladder.
#include <boost/json.hpp>
#include <set>

#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

constexpr const char* with_mail = R"(
people:
  maria: {phone: "+15005550101", language: es, email: maria@example.net}
  jean: {phone: "+15005550102", media: [sms]}
order: [maria, jean]
)";

class Noticing : public Alerting {
 protected:
    void open(std::vector<std::string> hooks) {
        webhooks = std::move(hooks);
        open_desk(with_mail, {});
    }
    std::vector<outbox::Notice> notices() {
        const redis::LeaseQueue queue = outbox::queue_of_notices(keys);
        std::vector<outbox::Notice> all;
        const redis::Reply ids = ask({"ZRANGE", queue.lanes[0], "0", "-1"});
        for (const redis::Reply& id : *ids.array()) {
            std::vector<vault::SealRequest> to_open;
            to_open.push_back({vault::Purpose::outbox, queue.jobs + *id.string(),
                               text({"HGET", queue.jobs, *id.string()})});
            all.push_back(*outbox::parse_notice(tests::run(io, vault->open(std::move(to_open)))->front()));
        }
        return all;
    }
};

TEST_F(Noticing, ThePersonWhoseTurnItIsGetsAnEMailWithTheText) {
    open({});
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(told("c1"), "maria:email maria:sms maria:call");
    ASSERT_EQ(notices().size(), 1U);
    const outbox::Notice mail = notices().front();
    EXPECT_EQ(mail.to.reveal(), "maria@example.net");
    EXPECT_NE(mail.subject.find("7K4-921"), std::string::npos);
    EXPECT_NE(mail.body.find("https://console.example/r/7K4-921"), std::string::npos);
    EXPECT_NE(mail.body.find("responde 1 a nuestro mensaje"), std::string::npos);
    EXPECT_NE(mail.body.find("Nadie recibe lo que respondas."), std::string::npos);
    EXPECT_EQ(mail.not_after, clock.now() + 24h);
    clock.advance(60s);
    step();  // jean has none
    EXPECT_EQ(told("c1"), "maria:email maria:sms maria:call jean:sms");
    EXPECT_EQ(notices().size(), 1U);
}

TEST_F(Noticing, AWebhookIsCalledWithEveryStepThatTellsSomebody) {
    open({"https://hooks.example.org/a", "https://hooks.example.org/b"});
    file("c1", Urgency::p1);
    step();
    ASSERT_EQ(notices().size(), 3U);
    clock.advance(60s);
    step();
    ASSERT_EQ(notices().size(), 5U);
    EXPECT_EQ(*take("c1", "jean"), Answer::taken);
    clock.advance(1h);
    step();
    EXPECT_EQ(notices().size(), 5U);
}

TEST_F(Noticing, AWebhookSaysHowUrgentAndWhatItIsCalledAndNoMore) {
    open({"https://hooks.example.org/a"});
    file("c1", Urgency::p2);
    step();
    for (const outbox::Notice& notice : notices()) {
        if (notice.by == outbox::Notice::By::webhook) {
            const boost::json::object body = boost::json::parse(notice.body).as_object();
            EXPECT_EQ(body.size(), 3U);
            EXPECT_EQ(body.at("type").as_string(), "report.waiting");
            const boost::json::object data = body.at("data").as_object();
            const boost::json::object expected{{"program", "fair-food"},
                                               {"alias", "7K4-921"},
                                               {"urgency", "P2"},
                                               {"age_seconds", 0},
                                               {"link", "https://console.example/r/7K4-921"}};
            EXPECT_EQ(data, expected);
        }
    }
}

TEST_F(Noticing, EveryNoticeStandsInTheAuditAndInTheAlert) {
    open({"https://hooks.example.org/a"});
    file("c1", Urgency::p3);
    step();
    EXPECT_EQ(told("c1"), "maria:email maria:sms webhook:webhook");
    EXPECT_EQ(number({"XLEN", keys.audit()}), 4);
}

TEST_F(Noticing, AnEMailDoesNotCountAsHavingReachedAnybody) {
    open({});
    file("c1", Urgency::p3);
    step();
    const redis::LeaseQueue& queue = outbox->find("+15005550006")->queue;
    ask({"HSET", queue.states, message_id(alert("c1"), 'a', 1), "d00 1 1 0 1 gw stopped"});
    ask({"HSET", outbox::queue_of_notices(keys).states, message_id(alert("c1"), 'e', 1),
         "d00 1 1 0 1 gw accepted mail"});
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:email maria:sms jean:sms");
}

TEST_F(Noticing, TheStoreHoldsNoAddressInClear) {
    open({"https://hooks.example.org/a"});
    file("c1", Urgency::p1);
    step();
    const std::string stored = redis::shared_server().append_only_bytes();
    EXPECT_EQ(stored.find("maria@example.net"), std::string::npos);
    EXPECT_EQ(stored.find("hooks.example.org"), std::string::npos);
}

TEST_F(Noticing, OfAnOfferTheOthersAreToldThatThereIsOneAndNothingOfIt) {
    open_desk(std::string(with_mail) + "organisations: {investigators: [desk@example.org, b@example.org]}\n",
              {});
    file("c1", Urgency::p2);
    EXPECT_EQ(desk->told_of_offers("fair-food", "investigators"), 2U);
    EXPECT_EQ(desk->told_of_offers("fair-food", "brand"), 0U);
    EXPECT_TRUE(tests::run(io, desk->offer_notices("fair-food", "brand"))->empty());
    auto writes = tests::run(io, desk->offer_notices("fair-food", "investigators"));
    ASSERT_TRUE(writes);
    apply(std::move(*writes));
    const std::vector<outbox::Notice> all = notices();
    ASSERT_EQ(all.size(), 2U);
    std::set<std::string> told;
    for (const outbox::Notice& mail : all) {
        told.insert(std::string(mail.to.reveal()));
        EXPECT_EQ(mail.subject, "A report is offered to your organisation. Log in to see it.");
        for (const char* word : {"7K4-92", "c1", "http", "investigators"}) {
            EXPECT_EQ((mail.subject + mail.body).find(word), std::string::npos) << word;
        }
        EXPECT_EQ(mail.not_after, clock.now() + 24h);
    }
    EXPECT_EQ(told, (std::set<std::string>{"b@example.org", "desk@example.org"}));
    const redis::LeaseQueue queue = outbox::queue_of_notices(keys);
    const redis::Reply ids = ask({"ZRANGE", queue.lanes[0], "0", "-1"});
    for (const redis::Reply& id : *ids.array()) {
        EXPECT_TRUE(outbox::is_notice(*id.string()));
        EXPECT_EQ(id.string()->find("c1-"), std::string::npos) << "a provider sees it";
    }
}

}  // namespace
}  // namespace rightsline::alerts

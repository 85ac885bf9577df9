#include "gateway/vault/key_file.hpp"
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

TEST_F(Alerting, DangerIsToldInTheOrderOfTheRosterUntilSomebodyTakesIt) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    EXPECT_EQ(waiting(), 2);
    EXPECT_EQ(posted, 1);
    step();  // not yet
    EXPECT_EQ(waiting(), 2);
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");
    clock.advance(60s);
    step();
    EXPECT_EQ(waiting(), 7);
    clock.advance(15min);
    step();
    EXPECT_EQ(waiting(), 11);
    EXPECT_EQ(*take("c1", "jean"), Answer::taken);
    clock.advance(1h);
    step();
    EXPECT_EQ(waiting(), 11);
    EXPECT_EQ(text({"HGET", keys.case_facts("c1"), "taken"}).empty(), false);
    EXPECT_EQ(*take("c1", "jean"), Answer::was_yours);
    EXPECT_EQ(*take("c1", "maria"), Answer::too_late);
}

TEST_F(Alerting, AStepThatIsMadeTwiceAtOnceTellsOnce) {
    file("c1", Urgency::p1);
    step();
    // Another server saw the same line of the index, and is late.
    ask({"ZADD", keys.alerts(), "0", "c1:1"});
    ask({"ZREM", keys.alerts(), "c1"});
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");  // it is a step, but never the same message again
    EXPECT_EQ(waiting(), 3);
}

TEST_F(Alerting, OneWhoCannotBeSentToHoldsUpNobodyElse) {
    open_desk(
        "people:\n  far: {phone: \"+26622000001\"}\n  near: {phone: \"+15005550101\", media: [sms]}\n"
        "order: [far, near]\n",
        {"+1"});
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(waiting(), 0);
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "near:sms");
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "near:sms near:sms");
}

TEST_F(Alerting, EveryStepStandsInTheAudit) {
    file("c1", Urgency::p1);
    std::int64_t entries = number({"XLEN", keys.audit()});
    for (const int people :
         {1, 1, 3, 3}) {  // one, the next, everybody and the supervisors, all of them again
        step();
        entries += people;
        EXPECT_EQ(number({"XLEN", keys.audit()}), entries) << "one of each who was told";
        clock.advance(15min);
    }
    (void)take("c1", "maria");
    EXPECT_EQ(number({"XLEN", keys.audit()}), entries + 1);
}

TEST_F(Alerting, TheStoreHoldsNoNumberOfARosterInClear) {
    file("c1", Urgency::p1);
    step();
    const std::string stored = redis::shared_server().append_only_bytes();
    EXPECT_NE(stored.find("{fair-food}:al:c1"), std::string::npos);
    EXPECT_EQ(stored.find("5005550101"), std::string::npos);
}

TEST_F(Alerting, ACaseThatBecomesDangerBeginsAgainEvenWhenItWasTaken) {
    file("c1", Urgency::p3);
    step();
    EXPECT_EQ(told("c1"), "maria:sms");
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    EXPECT_EQ(number({"HEXISTS", keys.case_facts("c1"), "taken"}), 1);
    raise("c1");
    step();
    EXPECT_EQ(number({"HEXISTS", keys.case_facts("c1"), "taken"}), 0);  // its worker hears that nobody has it
    EXPECT_EQ(told("c1"), "maria:sms maria:sms maria:call");
    EXPECT_FALSE(alert("c1").is_taken());
}

TEST_F(Alerting, ADeletedCaseIsToldToNobodyAndLeavesNothing) {
    file("c1", Urgency::p1);
    step();
    const std::int64_t before = waiting();
    apply(cases::deletion_writes(keys, "c1"));
    clock.advance(60s);
    step();
    EXPECT_EQ(waiting(), before);
    EXPECT_EQ(number({"EXISTS", keys.alert("c1")}), 0);
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
    EXPECT_EQ(take("c1", "maria").error(), make_error_code(errc::no_such_alert));
    EXPECT_EQ(text_back("+15005550101", "1"), "The worker has deleted this report. There is nothing to do.");
}

TEST_F(Alerting, DangerIsToldThoughTheClockIsThreeDaysAhead) {
    file("c1", Urgency::p1);
    clock.advance(std::chrono::days(3));
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
}

TEST_F(Alerting, ANewCryLeavesBeforeWhatIsToldAgain) {
    for (const char* old : {"c2", "c3", "c4"}) {
        file(old, Urgency::p1);
    }
    step();
    clock.advance(60s);
    step();
    clock.advance(60s);
    step();  // everybody, who knows
    file("c9", Urgency::p1);
    step();
    // Nothing has left. The ids alone would put it last.
    const redis::Reply all = ask({"ZRANGE", outbox->find("+15005550006")->queue.lanes[0], "0", "-1"});
    std::vector<std::string> ids;
    for (const redis::Reply& id : *all.array()) {
        ids.push_back(*id.string());
    }
    const auto place = [&](const char* id, std::uint32_t number) {
        const auto found = std::ranges::find(ids, message_id(alert(id), 'a', number));
        EXPECT_NE(found, ids.end()) << id << " " << number;
        return found - ids.begin();
    };
    EXPECT_LT(place("c2", 1), place("c9", 1)) << "who came first, of the same hurry";
    EXPECT_LT(place("c9", 2), place("c2", 3)) << "the second person of an older one";
    EXPECT_LT(place("c9", 2), place("c2", 4)) << "told again";
    EXPECT_LT(place("c2", 3), place("c2", 4));
}

TEST_F(Alerting, WhatWasFiledByAClockThreeDaysAheadIsToldAtOnce) {
    clock.advance(std::chrono::days(3));
    file("c1", Urgency::p1);
    clock.advance(-std::chrono::days(3));
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
}

TEST_F(Alerting, WhoWasToldIsToldAgainWhenTheLineHasSaidWhatIsNew) {
    for (const char* old : {"c1", "c2", "c3"}) {
        file(old, Urgency::p1);
    }
    for (int i = 0; i < 3; ++i) {
        step();
        clock.advance(60s);
    }
    EXPECT_EQ(waiting(), 21) << "everybody was told of each, the supervisor for the first time";
    clock.advance(15min);
    step();
    EXPECT_EQ(waiting(), 21) << "nothing has left: the same again would only stand in the way";
    file("c9", Urgency::p1);
    step();
    EXPECT_EQ(waiting(), 23) << "what is new is held back by nothing";
    ask({"DEL", outbox->find("+15005550006")->queue.lanes[0]});  // it has left
    clock.advance(10s);
    step();
    EXPECT_EQ(waiting(), 8) << "as much as the line can do";
    EXPECT_EQ(alert("c1").messages + alert("c2").messages + alert("c3").messages, 29);
}

TEST_F(Alerting, ACaseFromLongBeforeTheRosterWakesNobody) {
    file("c1", Urgency::p1);
    clock.advance(std::chrono::days(28));
    file("c2", Urgency::p2);
    clock.advance(std::chrono::days(3));
    step();
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

TEST_F(Alerting, AnAnswerOfOneTakesTheMostUrgentOrTheOneItNames) {
    file("c1", Urgency::p3);
    file("c2", Urgency::p1);
    file("c3", Urgency::p1);
    step();
    EXPECT_NE(text_back("+15005550101", "1").find("7K4-922"), std::string::npos);
    EXPECT_TRUE(alert("c2").is_taken());
    EXPECT_FALSE(alert("c3").is_taken());
    EXPECT_NE(text_back("+15005550101", "Yes 7k4 921").find("7K4-921"), std::string::npos);
    EXPECT_TRUE(alert("c1").is_taken());
    EXPECT_NE(text_back("+15005550101", "1 7K4-999").find("not passed on"), std::string::npos);
    EXPECT_FALSE(alert("c3").is_taken());  // it was not the one that was named
}

TEST_F(Alerting, TwoWhoAnswerLearnWhoseItIs) {
    file("c1", Urgency::p1);
    step();
    clock.advance(60s);
    step();
    const std::string first = text_back("+15005550101", "1");
    const std::string again = text_back("+15005550101", "1");
    const std::string second = text_back("+15005550102", "1");
    EXPECT_EQ(first, "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(again, "Report 7K4-921 is yours already.");
    EXPECT_EQ(second, "Somebody else has report 7K4-921 already. Thank you.");
}

TEST_F(Alerting, OtherWordsAreNotPassedOnAndSaidSo) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(text_back("+15005550101", "tell her I am coming"),
              "This was not passed on to anybody. To take report 7K4-921, answer 1.");
    EXPECT_FALSE(alert("c1").is_taken());
}

TEST_F(Alerting, StopAndStartAreAboutAllTextsAndNotAboutTheReport) {
    file("c1", Urgency::p1);
    step();
    for (const char* words : {"STOP", "stop", "START"}) {
        EXPECT_EQ(text_back("+15005550101", words), "(a worker's)") << words;
    }
    EXPECT_NE(text_back("+15005550101", "ok tell her I am coming").find("not passed on"), std::string::npos);
    EXPECT_FALSE(alert("c1").is_taken());
}

TEST_F(Alerting, AYesIsOneInEveryLanguageOfTheProgram) {
    for (const char* yes : {"1", "YES", "Sí", "wi 7K4-921"}) {
        const std::string id = std::string("c") + yes;
        filed = 0;
        file(id, Urgency::p1);
        step();
        EXPECT_EQ(text_back("+15005550101", yes), "Thank you. Report 7K4-921 is yours now.") << yes;
    }
}

TEST_F(Alerting, APhoneOfTheRosterGetsAnExplanationAndFilesNothing) {
    const std::string nowhere =
        "This was not passed on to anybody, and nothing waits for you. Workers are answered in the console, "
        "never from this phone.";
    EXPECT_EQ(text_back("+15005550101", "1"), nowhere);
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(text_back("+15005550102", "1"), nowhere);  // jean's turn has not come
    EXPECT_EQ(text_back("+15005550101", "1"), "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(text_back("+15005550101", "tell her I am coming"), nowhere);
    EXPECT_EQ(text_back("+15005550199", "1"), "(a worker's)");
}

class AlertCalls : public Alerting {
 protected:
    std::optional<std::vector<flows::Action>> page(const std::string& who, flows::Event event,
                                                   const std::string& token = "",
                                                   const char* sealed_for = "fair-food") {
        CallPage asked{"fair-food", token};
        if (token.empty()) {
            std::vector<vault::SealRequest> requests;
            requests.push_back(
                {vault::Purpose::alert, std::string("call page of ") + sealed_for, "c1|" + who});
            const std::string sealed = tests::run(io, vault->seal(std::move(requests)))->front();
            asked.token =
                vault::to_hex({reinterpret_cast<const std::uint8_t*>(sealed.data()), sealed.size()});
        }
        return tests::run(io, desk->answer_call(std::move(asked), std::move(event)));
    }
    static flows::Keyed key(const char* digits) { return {flows::PrivateText(digits)}; }
};

TEST_F(AlertCalls, AskAndTakeWithOneKey) {
    file("c1", Urgency::p1);
    step();
    const auto asked = page("maria", flows::Called{});
    ASSERT_TRUE(asked);
    ASSERT_TRUE(std::holds_alternative<flows::Gather>(asked->front()));
    EXPECT_NE(std::get<flows::Gather>(asked->front()).prompts.front().text.find("press 1"),
              std::string::npos);
    const auto taken = page("maria", key("1"));
    ASSERT_TRUE(taken);
    EXPECT_TRUE(std::holds_alternative<flows::Hangup>(taken->back()));
    EXPECT_TRUE(alert("c1").is_taken());
    const auto late = page("jean", flows::Called{});
    EXPECT_TRUE(std::holds_alternative<flows::Say>(late->front()));
}

TEST_F(AlertCalls, AMachineThatAnswersTakesNothing) {
    file("c1", Urgency::p1);
    step();
    const auto silent = page("maria", key(""));
    ASSERT_TRUE(silent);
    EXPECT_TRUE(std::holds_alternative<flows::Hangup>(silent->front()));
    const auto other = page("maria", key("5"));
    EXPECT_TRUE(std::holds_alternative<flows::Gather>(other->front()));
    EXPECT_FALSE(alert("c1").is_taken());
}

TEST_F(AlertCalls, AGuessedPageIsNone) {
    file("c1", Urgency::p1);
    step();
    EXPECT_FALSE(page("maria", key("1"), "0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(page("nobody", key("1")));
    EXPECT_FALSE(page("maria", key("1"), "", "lesotho-gbvh"));
    EXPECT_FALSE(page("maria", key("1"), "no hex"));
    EXPECT_FALSE(alert("c1").is_taken());
}

}  // namespace
}  // namespace rightsline::alerts

// Who is called back after a missed call, how often, and what whoever picks up hears; on a real store.
#include "gateway/missed/desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/handoff/blocked.hpp"
#include "gateway/handoff/counted_ids.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::missed {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr const char* our_line = "+15005550006";
constexpr const char* other_line = "+15005550007";
constexpr const char* worker = "+13055550171";

class MissedCalls : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        way_out.limits.prefixes = {"+1"};
        open_desk(0);
    }
    void open_desk(int minutes_east) {
        ways = std::make_unique<outbox::Outbox>(
            *client, *vault, clock,
            std::map<std::string, outbox::LineOut>{{our_line, way_out}, {other_line, way_of(other_line)}});
        desk = std::make_unique<Desk>(
            DeskServices{*client,
                         *vault,
                         clock,
                         metrics,
                         *packs,
                         *ways,
                         {{"fair-food", [minutes_east](ops::UtcMs) { return minutes_east; }}},
                         [this] { ++woken; },
                         [this] { return clock_is_right; }});
    }
    outbox::LineOut way_of(const char* line) const {
        outbox::LineOut out = way_out;
        out.line = line;
        out.queue = outbox::queue_of(keys, line);
        return out;
    }
    Taken rings(const std::string& number = worker, bool by_text = false, const std::string& language = "",
                const char* line = our_line) {
        Wish wish{"fair-food", line, *vault::PhoneNumber::parse(number), language, by_text, far()};
        const Result<Taken> taken = tests::run(io, desk->ask(std::move(wish)));
        EXPECT_TRUE(taken) << taken.error().message();
        return taken ? *taken : Taken::not_called;
    }
    /// The calls that wait in the outbox.
    std::vector<std::string> waiting() {
        std::vector<std::string> all;
        const redis::Reply ids = WithServer::ask({"ZRANGE", way_out.queue.lanes[1], "0", "-1"});
        for (const redis::Reply& id : *ids.array()) {
            all.push_back(*id.string());
        }
        return all;
    }
    outbox::Message call(const std::string& id) {
        std::vector<vault::SealRequest> sealed;
        sealed.push_back({vault::Purpose::reply, way_out.queue.jobs + id,
                          WithServer::text({"HGET", way_out.queue.jobs, id})});
        return outbox::parse_message(tests::run(io, vault->open(std::move(sealed))).value().front()).value();
    }
    alerts::CallPage page(const std::string& id) {
        const outbox::Message message = call(id);
        const std::string& path = std::get<outbox::Call>(message.what).page;
        EXPECT_TRUE(path.starts_with("/missed?"));
        return alerts::parse_page(path.substr(path.find('?') + 1)).value();
    }
    Result<void> hears(const std::string& id, const std::string& word) {
        return tests::run(io, desk->hear("fair-food", id, *vault::PhoneNumber::parse(worker), word));
    }
    /// The call was made, and its last word has come.
    void is_over(const std::string& id) {
        ASSERT_TRUE(hears(id, "completed"));
        WithServer::ask({"ZREM", way_out.queue.lanes[1], id});
    }
    std::optional<Said> asks_page(const alerts::CallPage& page, flows::Event event, bool machine = false,
                                  std::uint32_t nth = 0) {
        return tests::run(io, desk->answer_page(page, Heard{std::move(event), machine, nth}));
    }
    static flows::Event key(const std::string& keys) { return flows::Keyed{flows::PrivateText(keys)}; }
    static std::string words(const Said& said) {
        std::string all;
        for (const flows::Action& action : said.actions) {
            if (const auto* gather = std::get_if<flows::Gather>(&action)) {
                for (const flows::Utterance& one : gather->prompts) {
                    all += one.text + "\n";
                }
            }
        }
        return all;
    }
    static bool hangs_up(const Said& said) {
        return said.actions.size() == 1 && std::holds_alternative<flows::Hangup>(said.actions.front()) &&
               !said.begins;
    }
    std::string text_of_store() { return redis::shared_server().append_only_bytes(); }

    std::unique_ptr<outbox::Outbox> ways;
    std::unique_ptr<Desk> desk;
    int woken = 0;
    bool clock_is_right = true;
};

TEST_F(MissedCalls, OneIsOneCallAFewSecondsLaterAndNotLaterThanTenMinutes) {
    EXPECT_EQ(rings(), Taken::called_back);
    ASSERT_THAT(waiting(), SizeIs(1));
    EXPECT_TRUE(is_missed_call(waiting().front()));
    EXPECT_EQ(woken, 1);
    const outbox::Message message = call(waiting().front());
    EXPECT_EQ(message.to.reveal(), worker);
    EXPECT_EQ(message.not_after, clock.now() + 10min);
    EXPECT_EQ(message.copies, 0);
    EXPECT_EQ(message.lane, outbox::Lane::reply) << "what a day may cost holds for it";
    EXPECT_TRUE(std::get<outbox::Call>(message.what).hears_machines);
    const std::string due = WithServer::text({"ZSCORE", way_out.queue.lanes[1], waiting().front()});
    EXPECT_EQ(due, std::to_string((clock.now() + 4s).time_since_epoch().count()))
        << "their phone has hung up by then";
    EXPECT_THAT(text_of_store(), Not(HasSubstr("3055550171")));
}

TEST_F(MissedCalls, SeveralInARowAreOneCall) {
    EXPECT_EQ(rings(), Taken::called_back);
    clock.advance(20s);
    EXPECT_EQ(rings(), Taken::on_its_way);
    EXPECT_EQ(rings(worker, true), Taken::on_its_way) << "a text asks for no second one";
    EXPECT_THAT(waiting(), SizeIs(1));
}

TEST_F(MissedCalls, OnTwoLinesOfTheProgramTheyAreOneToo) {
    EXPECT_EQ(rings(worker, false, "", other_line), Taken::called_back);
    EXPECT_EQ(rings(), Taken::on_its_way);
    EXPECT_THAT(waiting(), SizeIs(0)) << "it waits in the other line's outbox";
}

TEST_F(MissedCalls, ANumberIsCalledTwiceADayAndTheThirdTimeItIsNot) {
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(rings(), Taken::called_back) << i;
        is_over(waiting().front());
        clock.advance(20min);
    }
    EXPECT_EQ(rings(), Taken::not_called);
    EXPECT_EQ(rings("+13057770171"), Taken::called_back) << "another number has its own day";
    clock.advance(24h);
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, TheDayEndsAtThePlacesMidnight) {
    open_desk(-5 * 60);
    clock.advance(23h);  // 18:00 there
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ(rings(), Taken::called_back) << i;
        is_over(waiting().front());
        clock.advance(45min);
    }
    EXPECT_EQ(rings(), Taken::not_called) << "half past midnight in UTC, and the same evening there";
    clock.advance(5h);
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, OfWhatNeverLeftTheNextOneIsCalled) {
    ASSERT_EQ(rings(), Taken::called_back);
    WithServer::ask({"HDEL", way_out.queue.states, waiting().front()});  // given up, and no word of it comes
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, WhoWasNeverHeardOfAgainMayAskAnewAfterElevenMinutes) {
    ASSERT_EQ(rings(), Taken::called_back);
    clock.advance(10min);
    EXPECT_EQ(rings(), Taken::on_its_way);
    clock.advance(1min);
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, ALateWordOfAnEarlierCallEndsNoLaterOne) {
    ASSERT_EQ(rings(), Taken::called_back);
    const std::string first = waiting().front();
    is_over(first);
    clock.advance(1min);
    ASSERT_EQ(rings(), Taken::called_back);
    ASSERT_TRUE(hears(first, "completed"));
    EXPECT_EQ(rings(), Taken::on_its_way);
}

TEST_F(MissedCalls, WhatOnlyRingsIsNotOver) {
    ASSERT_EQ(rings(), Taken::called_back);
    for (const char* word : {"initiated", "ringing", "in-progress"}) {
        ASSERT_TRUE(hears(waiting().front(), word));
    }
    EXPECT_EQ(rings(), Taken::on_its_way);
}

TEST_F(MissedCalls, ABlockedNumberIsNotCalled) {
    handoff::Blocked blocked(*client, *vault, clock);
    ASSERT_TRUE(tests::run(io, blocked.block("fair-food", *vault::PhoneNumber::parse(worker), "ana", far())));
    EXPECT_EQ(rings(), Taken::not_called);
    EXPECT_THAT(waiting(), SizeIs(0));
}

TEST_F(MissedCalls, WhoSaidStopIsNotCalled) {
    std::vector<vault::IdRequest> requests{{vault::IdKind::phone, worker}};
    const auto ids = tests::run(io, vault->id(std::move(requests)));
    WithServer::ask({"SADD", keys.stopped(), ids->front().hex()});
    EXPECT_EQ(rings(), Taken::not_called);
    EXPECT_THAT(waiting(), SizeIs(0));
}

/// The outbox would drop the call then, and whoever rang would wait for one that does not come.
TEST_F(MissedCalls, WhereTheDaysSendsAreUsedUpNobodyIsToldToWait) {
    const std::int64_t day = std::chrono::floor<std::chrono::days>(clock.now()).time_since_epoch().count();
    way_out.limits.sends_a_day = 3;
    open_desk(0);
    WithServer::ask({"SET", keys.sent_by_program(day), "3"});
    EXPECT_EQ(rings(), Taken::not_called);
    EXPECT_TRUE(waiting().empty());
    WithServer::ask({"SET", keys.sent_by_program(day), "2"});
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, ACountryThatIsNotNamedAndNumbersThatCostExtraAreNotCalled) {
    EXPECT_EQ(rings("+26658000171"), Taken::not_called);
    EXPECT_EQ(rings("+19005550171"), Taken::not_called) << "a premium rate";
    EXPECT_THAT(waiting(), SizeIs(0));
}

TEST_F(MissedCalls, WhileTheClockIsInDoubtNobodyIsCalled) {
    clock_is_right = false;
    EXPECT_EQ(rings(), Taken::not_called);
    clock_is_right = true;
    EXPECT_EQ(rings(), Taken::called_back);
}

TEST_F(MissedCalls, NumbersSideBySideAndAllTogetherHaveAnHour) {
    int called = 0;
    for (int i = 0; i < 30; ++i) {
        called += rings("+13055550" + std::to_string(100 + i)) == Taken::called_back ? 1 : 0;
    }
    EXPECT_EQ(called, 10);
    for (int i = 0; i < 100; ++i) {
        called += rings("+1212" + std::to_string(2'000'000 + i * 1000)) == Taken::called_back ? 1 : 0;
    }
    EXPECT_EQ(called, 60);
    clock.advance(1h);
    EXPECT_EQ(rings("+13055550110"), Taken::called_back);
}

TEST_F(MissedCalls, WhoeverPicksUpHearsAnOpenerThatNamesNothingAndOneKeyGoesOn) {
    ASSERT_EQ(rings(worker, false, "es"), Taken::called_back);
    const alerts::CallPage asked = page(waiting().front());
    const auto opener = asks_page(asked, flows::Called{});
    ASSERT_TRUE(opener);
    EXPECT_THAT(words(*opener), HasSubstr("Para seguir con esta llamada, oprime 1."));
    for (const char* word : {"work", "fair", "food", "report", "trabaj", "reporte", "line", "línea"}) {
        EXPECT_THAT(words(*opener), Not(HasSubstr(word)));
    }
    EXPECT_FALSE(opener->begins);
    const auto begun = asks_page(asked, key("1"));
    ASSERT_TRUE(begun);
    EXPECT_TRUE(begun->begins);
    EXPECT_TRUE(begun->actions.empty());
}

TEST_F(MissedCalls, WhereNobodyKnowsTheirLanguageTheOpenerIsSaidInThree) {
    ASSERT_EQ(rings(), Taken::called_back);
    const auto opener = asks_page(page(waiting().front()), flows::Called{});
    ASSERT_TRUE(opener);
    EXPECT_THAT(words(*opener), HasSubstr("press 1"));
    EXPECT_THAT(words(*opener), HasSubstr("oprime 1"));
}

TEST_F(MissedCalls, AMachineAndSilenceHearNotOneWord) {
    ASSERT_EQ(rings(), Taken::called_back);
    const alerts::CallPage asked = page(waiting().front());
    EXPECT_TRUE(hangs_up(asks_page(asked, flows::Called{}, true).value()));
    EXPECT_TRUE(hangs_up(asks_page(asked, key("1"), true).value())) << "a tone on its recording is no key";
    EXPECT_TRUE(hangs_up(asks_page(asked, key("")).value()));
    EXPECT_TRUE(hangs_up(asks_page(asked, flows::Continued{}).value()));
}

TEST_F(MissedCalls, AnotherKeyAsksAgainTwiceAndNoMore) {
    ASSERT_EQ(rings(), Taken::called_back);
    const alerts::CallPage asked = page(waiting().front());
    std::uint32_t nth = 0;
    for (int i = 0; i < 2; ++i) {
        const auto again = asks_page(asked, key("5"), false, nth);
        EXPECT_THAT(words(*again), HasSubstr("press 1"));
        nth = again->nth;
    }
    EXPECT_TRUE(hangs_up(asks_page(asked, key("5"), false, nth).value()));
}

TEST_F(MissedCalls, APageThatWasMadeForSomethingElseIsNone) {
    const auto other = tests::run(io, alerts::seal_page(*vault, "call-back of ", "fair-food", "m0 es"));
    EXPECT_FALSE(asks_page(*other, flows::Called{}));
    alerts::CallPage forged;
    forged.program = "fair-food";
    forged.token = "00";
    EXPECT_FALSE(asks_page(forged, flows::Called{}));
}

TEST_F(MissedCalls, ATextAsksForACallInEachLanguageAndOnlyAlone) {
    for (const char* text : {"please call me", "Please CALL ME!!", "call me", " call me. "}) {
        EXPECT_EQ(desk->asks_for_call("fair-food", text), "en") << text;
    }
    EXPECT_EQ(desk->asks_for_call("fair-food", "Llamame"), "es");
    for (const char* text : {"", "they call me names", "please call me a doctor", "1", "STOP"}) {
        EXPECT_EQ(desk->asks_for_call("fair-food", text), std::nullopt) << text;
    }
    EXPECT_EQ(desk->asks_for_call("nobody", "call me"), std::nullopt);
}

TEST_F(MissedCalls, ATextInAConversationIsAnAnswerInIt) {
    say(text("SM1", "hello", worker));
    EXPECT_EQ(rings(worker, true, "en"), Taken::not_called);
    EXPECT_EQ(rings(worker), Taken::called_back) << "a call is no answer";
}

}  // namespace
}  // namespace rightsline::missed

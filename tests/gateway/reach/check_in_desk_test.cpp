// The desk with a real store: who is asked, once; what an answer by text changes; and what silence is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/check_ins.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/links.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/reach/check_in_desk.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/reach/reached_worker.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;
using cases::ContactMode;
using cases::Said;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class CheckingIn : public ReachedWorker {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        flows::Bundle bundle = flows::tests::excerpt();
        bundle.files.at("flows/fair-food/program.yaml") += "check_ins: [3, 14]\n";
        flows::Compiled compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        open_line();
        desk = make_desk();
        clock.advance(12h);
        file_case(id);
        const auto now = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch()).count();
        apply({{redis::Op::hset, keys.case_facts(id), {"hour", std::to_string(now)}},
               {redis::Op::zadd, keys.to_check_in(), {"0", id}}});
    }
    std::unique_ptr<CheckInDesk> make_desk() {
        return std::make_unique<CheckInDesk>(
            PingServices{*client, *vault, clock, metrics, *packs, *outbox, [] {}},
            std::map<std::string, UtcOffset>{{"fair-food", [](ops::UtcMs) { return 0; }}});
    }
    void agree(Said::Answer answer = Said::Answer::yes) {
        say(ContactMode::relay);
        apply(cases::consent_writes(keys, id, cases::Consent::check_in, {answer, 0, "sms"}));
    }
    /// Looks until nothing is due any more, as the loop does second by second.
    void look() {
        for (int i = 0; i < 5; ++i) {
            tests::run(io, desk->work("fair-food"));
            clock.advance(2s);
        }
    }
    void pass(std::chrono::hours time) {
        for (; time > 0h; time -= 12h) {
            clock.advance(std::min(time, 12h));
            look();
        }
    }
    std::vector<cases::CheckIn> so_far() {
        cases::CheckInBook book(*client);
        return tests::run(io, book.of("fair-food", id, far())).value();
    }
    bool is_open() { return number({"EXISTS", keys.open_check_in(phone())}) == 1; }

    std::unique_ptr<CheckInDesk> desk;
};

TEST_F(CheckingIn, WhoAgreedIsAskedOnceByATextOnItsDay) {
    agree();
    look();
    EXPECT_EQ(posted(), 0);
    pass(73h);
    EXPECT_EQ(posted(), 1);
    ASSERT_EQ(so_far().size(), 1U);
    EXPECT_EQ(so_far()[0].day, 3);
    EXPECT_TRUE(so_far()[0].by_text);
    EXPECT_TRUE(is_open());
    desk = make_desk();
    apply({{redis::Op::zadd, keys.to_check_in(), {"0", id}}});
    look();
    EXPECT_EQ(posted(), 1) << "another server, the same question";
}

TEST_F(CheckingIn, WhoAskedForACallIsTextedOnlyAfterAYesToTexts) {
    agree();
    say(ContactMode::call, "08:00-21:00");
    pass(73h);
    EXPECT_EQ(posted(), 0);
    say_texts_too();
    pass(12 * 24h);
    EXPECT_EQ(posted(), 1) << "of the fourteenth day";
}

TEST_F(CheckingIn, WhoDidNotAgreeIsAskedWhenTheyComeBackAndNotTexted) {
    agree(Said::Answer::no);
    pass(73h);
    EXPECT_EQ(posted(), 0);
    ASSERT_EQ(so_far().size(), 1U);
    EXPECT_FALSE(so_far()[0].by_text);
    EXPECT_EQ(WithServer::text({"HGET", keys.case_facts(id), "check_in"}), "3");
    EXPECT_FALSE(is_open());
}

TEST_F(CheckingIn, SilenceIsUnknownAndTheNextOneStillComes) {
    agree();
    pass(73h + 7 * 24h);
    ASSERT_EQ(so_far().size(), 1U);
    EXPECT_EQ(so_far()[0].answer, "unknown");
    apply({{redis::Op::del, keys.open_check_in(phone()), {}}});  // which time does by itself
    pass(12 * 24h);
    ASSERT_EQ(so_far().size(), 2U);
    EXPECT_EQ(so_far()[1].answer, "unknown");
    EXPECT_EQ(cases::missed_in_a_row(so_far()), 2);
    const auto tasks = cases::read_tasks(WithServer::text({"GET", keys.case_tasks(id)}));
    ASSERT_EQ(tasks.size(), 1U) << "one for the two of them";
    EXPECT_EQ(tasks[0].kind, cases::task_no_answer);
    EXPECT_TRUE(tasks[0].who.empty()) << "whoever has the case";
    EXPECT_EQ(posted(), 2);
    EXPECT_EQ(number({"ZCARD", keys.to_check_in()}), 0) << "that was the last day";
}

TEST_F(CheckingIn, AnAnswerThatCameFirstIsNotOverwrittenBySilence) {
    agree();
    pass(73h);
    apply(cases::answered_writes(keys, id, {3, "fine", 5, "sms"}));
    redis::Commit late;
    late.writes = cases::unknown_writes(keys, id, 3, 9);
    EXPECT_EQ(tests::run(io, redis::commit(*client, late, far()))->outcome, redis::Committed::Outcome::unmet);
    EXPECT_EQ(so_far()[0].answer, "fine");
}

TEST_F(CheckingIn, WhoIsAskedOnlyWhenTheyComeBackIsNoTaskWhenTheyDoNot) {
    agree(Said::Answer::no);
    pass(23 * 24h);
    EXPECT_EQ(cases::missed_in_a_row(so_far()), 2);
    EXPECT_EQ(number({"EXISTS", keys.case_tasks(id)}), 0);
}

TEST_F(CheckingIn, AYesTakenBackEndsThem) {
    agree(Said::Answer::withdrawn);
    pass(73h);
    EXPECT_EQ(posted(), 0);
    EXPECT_TRUE(so_far().empty());
    EXPECT_EQ(number({"ZCARD", keys.to_check_in()}), 0);
}

TEST_F(CheckingIn, WhoHasSaidStopIsNotTexted) {
    agree();
    apply({{redis::Op::sadd, keys.stopped(), {phone()}}});
    pass(73h);
    EXPECT_EQ(posted(), 0);
    EXPECT_FALSE(so_far()[0].by_text);
}

TEST_F(CheckingIn, AReportOutsideOfWhatWeDoIsAskedForToo) {
    agree();
    apply({{redis::Op::hset, keys.case_facts(id), {"status", "outside"}}});
    pass(73h);
    EXPECT_EQ(posted(), 1);
}

TEST_F(CheckingIn, ADeletedCaseAsksNobody) {
    agree();
    apply(cases::deletion_writes(keys, id));
    apply({{redis::Op::zadd, keys.to_check_in(), {"0", id}}});
    pass(73h);
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(number({"EXISTS", keys.case_check_ins(id)}), 0);
    EXPECT_EQ(number({"ZCARD", keys.to_check_in()}), 0);
}

}  // namespace
}  // namespace rightsline::reach

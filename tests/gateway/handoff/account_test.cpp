#include "gateway/handoff/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Told = Event::Told;

const ops::UtcMs start{std::chrono::hours(500'000)};

/// Plays a hand-off and writes down what each step adds to the audit.
class Played {
 public:
    explicit Played(bool all_at_once = false, bool in_danger = false) {
        HandOff fresh;
        fresh.in_danger = in_danger;
        fresh.until = start + 75s;
        fresh.to_ring = {"ana", "ben"};
        fresh.all_at_once = all_at_once;
        now_ = begin(std::move(fresh), "turn-0", start).after;
        note(nullptr, Told::asks);
    }
    std::vector<std::string> tell(Told told, std::size_t ring = 0, std::chrono::seconds after = 0s) {
        at_ += after;
        lines_.clear();
        Event event{told, ring, "turn-" + std::to_string(++turns_)};
        const HandOff before = now_;
        now_ = step(now_, event, at_).after;
        note(&before, told);
        return lines_;
    }
    const std::vector<std::string>& lines() const { return lines_; }

 private:
    void note(const HandOff* before, Told told) {
        for (const audit::Act& act : account_of("0123456789abcdef", before, now_, told, at_)) {
            EXPECT_EQ(act.how, "01234567");
            EXPECT_EQ(act.case_id, "");
            std::string line(audit::name_of(act.what));
            line += act.who.empty() ? "" : " " + act.who;
            line += act.why.empty() ? "" : " " + act.why;
            lines_.push_back(line + (act.to.empty() ? "" : " " + act.to));
        }
    }

    ops::UtcMs at_ = start;
    int turns_ = 0;
    HandOff now_;
    std::vector<std::string> lines_;
};

TEST(HandOffAccount, SaysWhoseTurnItIsWhenItIs) {
    Played line;
    EXPECT_THAT(line.lines(), ElementsAre("call_rung ana"));
    EXPECT_THAT(line.tell(Told::picks_up, 1), IsEmpty());
    EXPECT_THAT(line.tell(Told::declines, 1), ElementsAre("call_rung ben"));
    EXPECT_THAT(line.tell(Told::fails, 2), ElementsAre("call_not_rung ben", "call_untaken nobody"));
}

TEST(HandOffAccount, SaysHowLongTheCallerWaitedAndTheyTalked) {
    Played line(true);
    EXPECT_THAT(line.tell(Told::accepts, 2, 31s), ElementsAre("call_taken ben 31"));
    EXPECT_THAT(line.tell(Told::asks, 0, 4s), IsEmpty());
    EXPECT_THAT(line.tell(Told::ends, 2, 600s), ElementsAre("call_ended ben 600"));
    EXPECT_THAT(line.tell(Told::leaves), IsEmpty());
}

TEST(HandOffAccount, WhoTookItAndWasGoneTooSoonTalkedForNoTime) {
    Played line;
    line.tell(Told::accepts, 1);
    EXPECT_THAT(line.tell(Told::parts, 1, 9s), ElementsAre("call_rung ben", "call_ended ana 0"));
    EXPECT_THAT(line.tell(Told::accepts, 2), ElementsAre("call_taken ben 9"));
}

TEST(HandOffAccount, SaysWhyNobodyTookIt) {
    EXPECT_THAT(Played().tell(Told::wants_message), ElementsAre("call_untaken asked"));
    EXPECT_THAT(Played().tell(Told::leaves), ElementsAre("call_untaken left"));
    EXPECT_THAT(Played().tell(Told::looks, 0, 75s), ElementsAre("call_untaken late"));
    Played taken;
    taken.tell(Told::accepts, 1);
    EXPECT_THAT(taken.tell(Told::leaves), ElementsAre("call_ended ana 0", "call_untaken left"));
}

TEST(HandOffAccount, SaysOfACallThatNobodyTookThatTheCallerHadSaidDanger) {
    EXPECT_THAT(Played(true, true).tell(Told::leaves), ElementsAre("call_untaken left P1"));
    EXPECT_THAT(Played(true, true).tell(Told::accepts, 1, 3s), ElementsAre("call_taken ana 3"));
}

TEST(HandOffAccount, APhoneThatWasAnsweredHasRung) {
    Played line;
    line.tell(Told::picks_up, 1);
    EXPECT_THAT(line.tell(Told::fails, 1), ElementsAre("call_rung ben"));
}

}  // namespace
}  // namespace rightsline::handoff

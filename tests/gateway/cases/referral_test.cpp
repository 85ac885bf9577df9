// A referral: every state and every event, what a step keeps of it, and what its line keeps.
#include "gateway/cases/referral.hpp"

#include <gtest/gtest.h>

#include <map>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

using State = ReferralState;
using Event = ReferralEvent;

/// Every pair, written out once more; what is not here cannot happen.
const std::map<std::pair<State, Event>, State> what_happens{
    {{State::offered, Event::pass_more}, State::offered},
    {{State::offered, Event::accept}, State::accepted},
    {{State::offered, Event::decline}, State::declined},
    {{State::offered, Event::take_back}, State::taken_back},
    {{State::offered, Event::lapse}, State::lapsed},
    {{State::offered, Event::consent_gone}, State::withdrawn},
    {{State::accepted, Event::pass_more}, State::accepted},
    {{State::accepted, Event::accept}, State::accepted},
    {{State::accepted, Event::take_back}, State::taken_back},
    {{State::accepted, Event::consent_gone}, State::withdrawn},
    {{State::declined, Event::offer}, State::offered},
    {{State::declined, Event::decline}, State::declined},
    {{State::taken_back, Event::offer}, State::offered},
    {{State::taken_back, Event::take_back}, State::taken_back},
    {{State::lapsed, Event::offer}, State::offered},
    {{State::lapsed, Event::lapse}, State::lapsed},
    {{State::withdrawn, Event::offer}, State::offered},
    {{State::withdrawn, Event::consent_gone}, State::withdrawn},
};

Referral offered() {
    return {"investigators", State::offered, "investigator", "investigate", "", "maria", 1000, 2000, 3, 4,
            {"r1"}};
}

CaseFacts facts(const std::string& status = "received") {
    CaseFacts it;
    it.id = "case";
    it.status = status;
    return it;
}

flows::Pack script() {
    flows::CaseStatus received;
    received.key = "received";
    flows::CaseStatus referred;
    referred.key = "referred";
    referred.passed_to = "investigators";
    flows::Pack pack;
    pack.statuses = {received, referred};
    return pack;
}

Result<Decision> decided(const Casework& now, const Refer& wish, const std::string& actor = "maria",
                         const std::string& status = "received") {
    return decide(script(), {{"maria", "thabo"}, {}}, now, facts(status), actor, wish, 5000);
}

Referral about_them() {
    Referral one;
    one.to = "investigators";
    return one;
}

Refer wish(Event event, Referral what = about_them(), std::string status = "") {
    return {event, std::move(what), std::move(status)};
}

Casework after(const Casework& now, const Refer& what) { return decided(now, what)->after; }

TEST(Referral, EveryStateMeetsEveryEventAsTheTableSays) {
    for (const State state : all_referral_states) {
        for (const Event event : all_referral_events) {
            const auto found = what_happens.find({state, event});
            const auto expected = found == what_happens.end() ? std::nullopt : std::optional(found->second);
            EXPECT_EQ(next_state(state, event), expected)
                << to_word(state) << ", event " << static_cast<int>(event);
        }
    }
    for (const Event event : all_referral_events) {
        EXPECT_EQ(next_state(std::nullopt, event).has_value(), event == Event::offer)
            << "never offered, event " << static_cast<int>(event);
    }
}

TEST(Referral, OnlyAnOfferThatWaitsOrWasAcceptedKeepsCopies) {
    for (const State state : all_referral_states) {
        EXPECT_EQ(is_live(state), state == State::offered || state == State::accepted) << to_word(state);
    }
    for (const Event end : {Event::decline, Event::take_back, Event::lapse, Event::consent_gone}) {
        Refer it = wish(end);
        it.what.why = "capacity";
        const Referral now = offered();
        const Result<Referral> over = decide_referral(&now, it);
        ASSERT_TRUE(over) << static_cast<int>(end);
        EXPECT_EQ(over->copies, 0);
        EXPECT_TRUE(over->recordings.empty());
        EXPECT_EQ(over->by, "maria");
    }
}

TEST(Referral, AReasonIsAWordOfOursAndNothingElse) {
    Referral it = offered();
    it.reason = "her supervisor is Jean";
    EXPECT_EQ(decide_referral(nullptr, wish(Event::offer, it)).error(), errc::bad_reason);
    it.reason = "";
    EXPECT_EQ(decide_referral(nullptr, wish(Event::offer, it)).error(), errc::bad_reason);
    const Referral now = offered();
    Refer no = wish(Event::decline);
    no.what.why = "we know her";
    EXPECT_EQ(decide_referral(&now, no).error(), errc::bad_reason);
    no.what.why = "conflict";
    EXPECT_EQ(decide_referral(&now, no)->why, "conflict");
}

TEST(Referral, MoreStandsBehindWhatIsThereAndNowhereElse) {
    const Referral now = offered();
    Referral more = about_them();
    more.at = 3;
    more.copies = 2;
    more.seen = 6;
    more.recordings = {"r2"};
    const Result<Referral> both = decide_referral(&now, wish(Event::pass_more, more));
    ASSERT_TRUE(both);
    EXPECT_EQ(both->copies, 5);
    EXPECT_EQ(both->seen, 6);
    EXPECT_EQ(both->recordings, (std::vector<std::string>{"r1", "r2"}));
    EXPECT_EQ(both->at, 1000) << "it was offered when it was offered";
    more.at = 2;
    EXPECT_EQ(decide_referral(&now, wish(Event::pass_more, more)).error(), errc::contended);
    more.at = 3;
    more.copies = most_copies;
    EXPECT_EQ(decide_referral(&now, wish(Event::pass_more, more)).error(), errc::bad_part);
}

TEST(Referral, ARefusalSaysWhatItIsOf) {
    const Referral waits = offered();
    Referral with_them = offered();
    with_them.state = State::accepted;
    Referral over = offered();
    over.state = State::lapsed;
    EXPECT_EQ(decide_referral(&waits, wish(Event::offer, offered())).error(), errc::already_offered);
    EXPECT_EQ(decide_referral(&with_them, wish(Event::offer, offered())).error(), errc::already_offered);
    EXPECT_EQ(decide_referral(&with_them, wish(Event::decline)).error(), errc::accepted_already);
    EXPECT_EQ(decide_referral(&over, wish(Event::accept)).error(), errc::no_referral);
    EXPECT_EQ(decide_referral(nullptr, wish(Event::accept)).error(), errc::no_referral);
    EXPECT_EQ(decide_referral(nullptr, wish(Event::pass_more)).error(), errc::no_referral);
}

TEST(Referral, ALineKeepsAllOfItAndJunkIsNone) {
    for (const State state : all_referral_states) {
        Referral it = offered();
        it.state = state;
        it.why = "duplicate";
        const std::optional<Referral> read = parse_referral(to_line(it));
        ASSERT_TRUE(read) << to_word(state);
        EXPECT_EQ(to_line(*read), to_line(it));
        EXPECT_EQ(read->state, state);
        EXPECT_EQ(read->recordings, it.recordings);
        EXPECT_EQ(read->until, 2000);
    }
    for (const char* junk :
         {"", "{}", "[]", R"({"state": "offered"})", R"({"state": "lost", "recordings": []})",
          R"({"state": "offered", "recordings": [7]})"}) {
        EXPECT_FALSE(parse_referral(junk)) << junk;
    }
}

TEST(Referral, InCaseworkItKeepsWhatElseThereIs) {
    Casework now;
    now.assignee = "maria";
    now.excluded = {"jean"};
    Casework waits = after(now, wish(Event::offer, offered()));
    EXPECT_EQ(waits.assignee, "maria");
    EXPECT_TRUE(waits.changes.empty()) << "its worker hears nothing new while it waits";
    const Result<Decision> accepted = decided(waits, wish(Event::accept, about_them(), "referred"), "thabo");
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->status, "referred");
    EXPECT_EQ(accepted->after.changes.back().status, "referred");
    EXPECT_EQ(accepted->what, audit::What::referral_accepted);
    EXPECT_EQ(accepted->to, "investigators");
    EXPECT_TRUE(accepted->after.keeps_out("jean"));
    const Result<Decision> again =
        decided(accepted->after, wish(Event::accept, about_them(), "referred"), "thabo", "referred");
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->changed);
    const Result<Casework> read = parse_casework(to_bytes(accepted->after), nullptr);
    ASSERT_TRUE(read);
    EXPECT_EQ(to_bytes(*read), to_bytes(accepted->after));
    EXPECT_EQ(read->referral("investigators")->state, State::accepted);
    EXPECT_EQ(read->referral("union"), nullptr);
}

TEST(Referral, StandsBesideASiteInOneDocument) {
    Casework both = after({}, wish(Event::offer, offered()));
    both.site = "sol-farm";
    const Result<Casework> read = parse_casework(to_bytes(both), nullptr);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->site, "sol-farm");
    ASSERT_NE(read->referral("investigators"), nullptr);
    EXPECT_EQ(read->referral("investigators")->state, State::offered);
}

TEST(Referral, WhomTheCaseKeepsOutAnswersNothing) {
    Casework waits = after({}, wish(Event::offer, offered()));
    waits.recused = {"thabo"};
    EXPECT_EQ(decided(waits, wish(Event::accept), "thabo").error(), errc::may_not);
    EXPECT_EQ(decided(waits, wish(Event::accept), "nobody-we-know").error(), errc::unknown_person);
}

TEST(Referral, NobodySaysThatItWasPassedOnBeforeItWas) {
    const auto set = [](const Casework& now) {
        return decide(script(), {{"maria"}, {}}, now, facts(), "maria", SetStatus{"referred"}, 1);
    };
    EXPECT_EQ(set({}).error(), errc::not_passed_on);
    Casework waits = after({}, wish(Event::offer, offered()));
    EXPECT_EQ(set(waits).error(), errc::not_passed_on);
    waits.referrals.front().state = State::accepted;
    EXPECT_TRUE(set(waits));
}

TEST(Referral, ACaseworkOfBeforeThereWereAnyIsReadAndWrittenAsItWas) {
    const std::string before = R"({"shape":1,"assignee":"maria","recused":[],"excluded":[],"changes":[]})";
    const Result<Casework> read = parse_casework(before, nullptr);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->referrals.empty());
    EXPECT_EQ(to_bytes(*read), before) << "an older build beside us reads what names none";
}

}  // namespace
}  // namespace rightsline::cases

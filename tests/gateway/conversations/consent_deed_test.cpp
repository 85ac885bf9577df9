// What a worker agrees to: noted with the turn, asked for before anything goes on, taken back at once.
#include <gmock/gmock.h>

#include "gateway/cases/consent.hpp"
#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::conversations {
namespace {

using cases::Consent;
using cases::Said;

constexpr const char* case_id = "0123456789abcdef0123456789abcdef";

class ConsentDeed : public WithTurns {
 protected:
    std::string note(const std::string& action, std::map<std::string, std::string> with) {
        DeedContext context;
        context.program = "fair-food";
        context.case_id = case_id;
        context.budget = far();
        context.worker = vault::PhoneNumber::parse("+15005550001").value();
        context.texts = true;
        context.mode = "voice";
        flows::DoRequest request;
        request.action = action;
        request.with = std::move(with);
        Deed deed = await(deeds->perform(request, std::move(context), held));
        apply(deed.writes);
        return deed.result.exit;
    }
    std::string say_to(const std::string& purpose, const std::string& answer) {
        return note("consent", {{"purpose", purpose}, {"answer", answer}});
    }
    cases::ConsentLedger ledger() {
        cases::ConsentBook book(*client);
        return tests::run(io, book.ledger("fair-food", case_id, far())).value();
    }
    bool allowed(Consent purpose) {
        cases::ConsentBook book(*client);
        return static_cast<bool>(tests::run(io, book.check("fair-food", case_id, purpose, far())));
    }

    std::optional<ReadyCode> held;
};

TEST_F(ConsentDeed, AYesCountsFromItsCommitOnWithTheHourAndHowItWasAsked) {
    file_case(case_id);
    EXPECT_FALSE(allowed(Consent::employer));
    EXPECT_EQ(say_to("employer", "yes"), "ok");
    EXPECT_TRUE(allowed(Consent::employer));
    EXPECT_FALSE(allowed(Consent::buyer));
    const Said said = *ledger().find(Consent::employer);
    EXPECT_EQ(said.hour % 3600, 0);
    EXPECT_EQ(said.how, "voice");
    EXPECT_EQ(say_to("employer", "no"), "ok");
    EXPECT_FALSE(allowed(Consent::employer));
}

TEST_F(ConsentDeed, StopSharingTakesBackEveryYesToShare) {
    file_case(case_id);
    for (const char* purpose : {"investigator", "government", "register", "survey"}) {
        say_to(purpose, "yes");
    }
    const std::int64_t before = number({"XLEN", keys.audit()});
    EXPECT_EQ(say_to("sharing", "withdraw"), "ok");
    for (const Consent purpose : {Consent::investigator, Consent::government, Consent::public_register}) {
        EXPECT_FALSE(allowed(purpose));
        EXPECT_EQ(ledger().find(purpose)->answer, Said::Answer::withdrawn);
    }
    EXPECT_TRUE(allowed(Consent::survey)) << "nothing is shared by it";
    EXPECT_EQ(ledger().find(Consent::employer), nullptr) << "never given, never taken back";
    EXPECT_EQ(number({"XLEN", keys.audit()}), before + 3);
}

TEST_F(ConsentDeed, WhoWantsToBeReachedHasAgreedThatTheNumberIsKept) {
    file_case(case_id);
    EXPECT_EQ(note("contact", {{"mode", "relay"}}), "ok");
    EXPECT_TRUE(allowed(Consent::number));
    EXPECT_EQ(note("contact", {{"mode", "none"}}), "ok");
    EXPECT_FALSE(allowed(Consent::number));
}

TEST_F(ConsentDeed, NobodyAgreesForACaseThatIsGone) {
    Deed deed;
    flows::DoRequest request;
    request.action = "consent";
    request.with = {{"purpose", "employer"}, {"answer", "yes"}};
    DeedContext context;
    context.program = "fair-food";
    context.case_id = case_id;
    context.budget = far();
    deed = await(deeds->perform(request, std::move(context), held));
    redis::Commit commit;
    commit.writes = deed.writes;
    const auto done = tests::run(io, redis::commit(*client, commit, far()));
    ASSERT_TRUE(done);
    EXPECT_EQ(done->outcome, redis::Committed::Outcome::unmet);
    EXPECT_EQ(number({"EXISTS", keys.case_consents(case_id)}), 0);
}

class SpokenConsent : public Caller {};

TEST_F(SpokenConsent, WhoSpeaksAfterWordsThatSaySoHasAgreedToBeRecorded) {
    to_the_story();
    EXPECT_EQ(count_of("{fair-food}:kl:*"), 0U);
    speak("RE1");
    const std::vector<std::string> kept = keys_like("{fair-food}:kl:*");
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_THAT(WithServer::text({"HGET", kept.front(), "recording"}), testing::StartsWith("yes "));
    EXPECT_THAT(WithServer::text({"HGET", kept.front(), "recording"}), testing::EndsWith(" voice"));
}

TEST_F(SpokenConsent, GoesWithWhatItsWorkerDeletes) {
    to_the_story();
    speak("RE1");
    press("3");  // keep it, tell it again, delete it
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 0U);
    EXPECT_EQ(count_of("{fair-food}:kl:*"), 0U);
}

}  // namespace
}  // namespace rightsline::conversations

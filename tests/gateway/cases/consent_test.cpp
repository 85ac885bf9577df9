#include "gateway/cases/consent.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/stores/error.hpp"

namespace rightsline::cases {
namespace {

using Answer = Said::Answer;

const std::vector<Consent> all{Consent::number,     Consent::recording,       Consent::investigator,
                               Consent::employer,   Consent::buyer,           Consent::labour_union,
                               Consent::government, Consent::public_register, Consent::survey,
                               Consent::check_in};

TEST(ConsentLedger, AllowsNothingUntilTheWorkerSaysYes) {
    const ConsentLedger ledger;
    for (const Consent purpose : all) {
        EXPECT_FALSE(ledger.check(purpose)) << to_word(purpose);
        EXPECT_EQ(ledger.find(purpose), nullptr);
    }
}

TEST(ConsentLedger, AYesToOnePurposeIsANoToTheOthers) {
    for (const Consent asked : all) {
        ConsentLedger ledger;
        ledger.record(asked, {Answer::yes, 3600, "voice"});
        for (const Consent purpose : all) {
            EXPECT_EQ(static_cast<bool>(ledger.check(purpose)), purpose == asked) << to_word(purpose);
        }
    }
}

TEST(ConsentLedger, TheLastWordCounts) {
    ConsentLedger ledger;
    for (const Answer answer : {Answer::yes, Answer::no, Answer::yes, Answer::withdrawn}) {
        ledger.record(Consent::employer, {answer, 3600, "sms"});
        EXPECT_EQ(static_cast<bool>(ledger.check(Consent::employer)), answer == Answer::yes);
    }
}

TEST(ConsentLedger, TheErrorNamesTheMissingConsent) {
    const ConsentLedger ledger;
    std::vector<std::string> named;
    for (const Consent purpose : all) {
        const auto error = ledger.check(purpose).error();
        EXPECT_EQ(error.category().name(), std::string("rightsline.consent"));
        named.push_back(error.message());
    }
    EXPECT_NE(ledger.check(Consent::employer).error().message().find("employer"), std::string::npos);
    EXPECT_NE(ledger.check(Consent::public_register).error().message().find("public register"),
              std::string::npos);
    std::ranges::sort(named);
    EXPECT_EQ(std::ranges::adjacent_find(named), named.end()) << "two purposes with one name";
}

TEST(ConsentLedger, StopSharingReachesWhatGoesToOthersAndNothingElse) {
    ConsentLedger ledger;
    for (const Consent purpose : all) {
        ledger.record(purpose, {Answer::yes, 3600, "ussd"});
    }
    ledger.record(Consent::buyer, {Answer::no, 3600, "ussd"});
    EXPECT_EQ(ledger.shared(),
              (std::vector<Consent>{Consent::investigator, Consent::employer, Consent::labour_union,
                                    Consent::government, Consent::public_register}));
}

TEST(ConsentLedger, ComesBackFromWhatIsStored) {
    const stores::Keyspace keys("fair-food");
    const Said said{Answer::withdrawn, 1795297200, "voice"};
    const std::vector<redis::Write> writes = consent_writes(keys, "c1", Consent::survey, said);
    ASSERT_EQ(writes.front().key, keys.case_consents("c1"));
    const Result<ConsentLedger> back =
        ConsentLedger::read({{writes.front().arguments[0], writes.front().arguments[1]}});
    ASSERT_TRUE(back);
    ASSERT_NE(back->find(Consent::survey), nullptr);
    EXPECT_EQ(*back->find(Consent::survey), said);
}

TEST(ConsentLedger, WhatCannotBeReadAllowsNothing) {
    for (const char* text : {"", "yes", "yes 12", "maybe 12 sms", "yes x sms", "yes 12x sms"}) {
        EXPECT_EQ(ConsentLedger::read({{"employer", text}}).error(), stores::errc::damaged) << text;
    }
    EXPECT_FALSE(ConsentLedger::read({{"boss", "yes 12 sms"}}));
}

TEST(ConsentLedger, EachAnswerIsInTheAuditWithItsPurpose) {
    const stores::Keyspace keys("fair-food");
    for (const auto& [answer, what] :
         {std::pair(Answer::yes, "consent_given"), std::pair(Answer::no, "consent_refused"),
          std::pair(Answer::withdrawn, "consent_withdrawn")}) {
        const auto writes = consent_writes(keys, "c1", Consent::employer, {answer, 3600, "sms"});
        const redis::Write& entry = writes.back();
        EXPECT_EQ(entry.key, keys.audit());
        EXPECT_NE(std::ranges::find(entry.arguments, what), entry.arguments.end()) << what;
        EXPECT_NE(std::ranges::find(entry.arguments, "employer"), entry.arguments.end());
    }
}

}  // namespace
}  // namespace rightsline::cases

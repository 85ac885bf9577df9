// Verifying what lies in a real store; and that an entry is there if and only if its effect is.
#include "gateway/audit/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/case_file.hpp"
#include "tests/gateway/audit/sealing.hpp"

namespace rightsline::audit {
namespace {

using testing::ElementsAre;

const std::string case_id = "0123456789abcdef0123456789abcdef";

class AuditReader : public Sealing {
 protected:
    static cases::CaseFacts facts() {
        cases::CaseFacts facts;
        facts.id = case_id;
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.filed_hour = 3600;
        return facts;
    }
    redis::Committed::Outcome outcome(const redis::Commit& commit) {
        return tests::run(io, redis::commit(*client, commit, soon()))->outcome;
    }
    std::string acts() { return text({"HGET", keys.case_facts(case_id), "acts"}); }
};

TEST_F(AuditReader, ReadsEveryEntryOnceSealedOrNot) {
    act(450);
    Sealer one = server();
    tests::run(io, one.work(program));
    act(1200);
    const Verdict verdict = verify();
    EXPECT_TRUE(verdict.whole());
    EXPECT_EQ(verdict.blocks, 5U);
    EXPECT_EQ(verdict.waiting, 1200U);
    EXPECT_EQ(seen.size(), 1650U);
}

TEST_F(AuditReader, FindsAnEntryThatSomebodyTookOutOfTheStore) {
    act(250);
    Sealer one = server();
    tests::run(io, one.work(program));
    const redis::Reply page = ask({"XRANGE", keys.audit(), "-", "+", "COUNT", "120"});
    const std::string id = *page.array()->at(110).array()->at(0).string();
    EXPECT_EQ(number({"XDEL", keys.audit(), id}), 1);
    const Verdict verdict = verify();
    ASSERT_THAT(names_in(verdict), ElementsAre("entries_missing"));
    EXPECT_EQ(verdict.findings[0].block, 2U);
    const redis::Reply there =
        ask({"XRANGE", keys.audit(), verdict.findings[0].from.str(), verdict.findings[0].to.str()});
    EXPECT_EQ(there.array()->size(), 99U) << "the place is a range that the store understands";
}

TEST_F(AuditReader, AnEmptyStoreIsWholeUnlessSomebodyRemembersAHead) {
    EXPECT_TRUE(verify().whole());
    EXPECT_FALSE(verify().head);
    act();
    ASSERT_TRUE(close_block());
    const Head head = *verify().head;
    ask({"FLUSHALL"});
    EXPECT_THAT(names_in(verify({head})), ElementsAre("cut_short"));
}

TEST_F(AuditReader, AStoreThatIsGoneIsAnErrorAndNoCleanBill) {
    client->close();
    Verifier verifier(program, {key.public_key()}, {});
    EXPECT_FALSE(tests::run(io, read_audit(*client, program, std::move(verifier), [](const Entry&) {})));
}

TEST_F(AuditReader, EffectAndEntryAreOneCommit) {
    redis::Commit filing;
    filing.writes = cases::filing_writes(keys, facts());
    filing.document_key = keys.conversation("x");
    filing.expected_version = 7;  // it is not: somebody else was faster
    filing.document = "after";
    EXPECT_EQ(outcome(filing), redis::Committed::Outcome::conflict);
    EXPECT_EQ(number({"EXISTS", keys.case_facts(case_id), keys.audit()}), 0);
    filing.expected_version = 0;
    filing.once_key = keys.guard("event");
    EXPECT_EQ(outcome(filing), redis::Committed::Outcome::committed);
    EXPECT_EQ(outcome(filing), redis::Committed::Outcome::duplicate) << "the provider sends it once more";
    verify();
    EXPECT_THAT(seen, ElementsAre("filed"));
    EXPECT_EQ(acts(), "1");
}

TEST_F(AuditReader, WhatIsDoneToADeletedCaseHasNeitherEffectNorEntry) {
    commit(cases::filing_writes(keys, facts()));
    commit(cases::adding_writes(keys, case_id, 3600));
    commit(cases::raising_writes(keys, case_id, flows::Urgency::p1, 3600));
    EXPECT_EQ(acts(), "3");
    commit(cases::deletion_writes(keys, case_id));
    verify();
    EXPECT_THAT(seen, ElementsAre("filed", "added", "raised", "deleted_by_worker"));
    redis::Commit late;
    late.writes = cases::adding_writes(keys, case_id, 3600);
    EXPECT_EQ(outcome(late), redis::Committed::Outcome::unmet);
    EXPECT_EQ(number({"EXISTS", keys.case_facts(case_id)}), 0);
    EXPECT_EQ(number({"XLEN", keys.audit()}), 4);
}

TEST_F(AuditReader, ADeletedCaseLeavesItsIdAndNothingElseOfIt) {
    cases::CaseFacts told = facts();
    told.urgency = flows::Urgency::p1;
    told.family = "canary-family";
    told.language = "canary-language";
    told.mode = "canary-mode";
    told.reason = "canary-reason";
    commit(cases::filing_writes(keys, told));
    commit(cases::raising_writes(keys, case_id, flows::Urgency::p1, 3600));
    commit(cases::deletion_writes(keys, case_id));
    const std::vector<Entry> entries = read_entries(ask({"XRANGE", keys.audit(), "-", "+"})).value();
    ASSERT_EQ(entries.size(), 3U);
    for (const Entry& entry : entries) {
        for (const auto& [name, value] : entry.fields) {
            EXPECT_TRUE(name == "what" || (name == "case" && value == case_id) ||
                        (name == "who" && value == "worker"))
                << name << " " << value;
        }
    }
}

}  // namespace
}  // namespace rightsline::audit

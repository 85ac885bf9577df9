#include "gateway/cases/case_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rightsline::cases {
namespace {

const vault::CirclePair pair = vault::make_circle("fair-food", 1);

flows::Part part(const std::string& text) {
    return {"story", locales::PrivateText(text), "", flows::Seconds{0}};
}

CaseFacts facts() {
    CaseFacts one;
    one.id = std::string(32, 'a');
    one.alias = "7K4-921";
    one.status = "received";
    one.urgency = flows::Urgency::p1;
    one.family = "pay";
    one.language = "es";
    one.mode = "voice";
    one.reason = "hang_up";
    one.filed_hour = 1795300000 / 3600 * 3600;
    return one;
}

TEST(CaseFile, APartOpensWithThePrivateKeyAndEqualsWhatWasTold) {
    const auto circle = *vault::parse_public_key(pair.public_file);
    const auto key = vault::CirclePrivateKey::parse(pair.private_file);
    ASSERT_TRUE(key);
    const std::string told = "el patrón no paga \"hace\" tres semanas 😀\n";
    const std::string sealed = seal_part(circle, "fair-food", "c1", part(told), 1795300000);
    EXPECT_EQ(sealed.find("patr"), std::string::npos);
    const Result<OpenedPart> opened = open_part(*key, "fair-food", "c1", sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->name, "story");
    EXPECT_EQ(opened->text, told);
    EXPECT_EQ(opened->at, 1795300000);
}

TEST(CaseFile, APartOfAnotherCaseOrProgramDoesNotOpen) {
    const auto circle = *vault::parse_public_key(pair.public_file);
    const auto key = vault::CirclePrivateKey::parse(pair.private_file);
    ASSERT_TRUE(key);
    const std::string sealed = seal_part(circle, "fair-food", "c1", part("told"), 0);
    EXPECT_FALSE(open_part(*key, "fair-food", "c2", sealed));
    EXPECT_FALSE(open_part(*key, "other", "c1", sealed));
}

TEST(CaseFile, ALongAndAShortPartOfOneSizeClassLookAlike) {
    const auto circle = *vault::parse_public_key(pair.public_file);
    const std::size_t brief = seal_part(circle, "p", "c", part("no"), 0).size();
    const std::size_t longer = seal_part(circle, "p", "c", part("they did not pay us since May"), 0).size();
    EXPECT_EQ(brief, longer);
}

TEST(CaseFile, FactsComeBackFromTheHashTheyAreWrittenAs) {
    const stores::Keyspace keys("fair-food");
    const std::vector<redis::Write> writes = filing_writes(keys, facts());
    const auto hash = std::find_if(writes.begin(), writes.end(),
                                   [](const redis::Write& one) { return one.op == redis::Op::hset; });
    ASSERT_NE(hash, writes.end());
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i + 1 < hash->arguments.size(); i += 2) {
        fields[hash->arguments[i]] = hash->arguments[i + 1];
    }
    const Result<CaseFacts> back = read_facts(facts().id, fields);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->alias, "7K4-921");
    EXPECT_EQ(back->urgency, flows::Urgency::p1);
    EXPECT_EQ(back->filed_hour, facts().filed_hour);
    EXPECT_EQ(back->reason, "hang_up");
}

TEST(CaseFile, DamagedFactsAreSaidToBe) {
    EXPECT_FALSE(read_facts("id", {}));
    EXPECT_FALSE(read_facts("id", {{"urgency", "P4"}, {"hour", "0"}}));
    EXPECT_FALSE(read_facts("id", {{"urgency", "P1"}, {"hour", "soon"}}));
}

TEST(CaseFile, ALanguageIsWrittenOnlyToACaseThatIsThere) {
    const stores::Keyspace keys("fair-food");
    const std::vector<redis::Write> writes = language_writes(keys, "c1", "ht");
    ASSERT_EQ(writes.size(), 2U);
    EXPECT_EQ(writes[0].op, redis::Op::must_exist);
    EXPECT_EQ(writes[1].op, redis::Op::hset);
    EXPECT_EQ(writes[1].key, keys.case_facts("c1"));
    EXPECT_EQ(writes[1].arguments, (std::vector<std::string>{"language", "ht"}));
}

TEST(CaseFile, FilingAndRaisingWakeTheDesk) {
    const stores::Keyspace keys("fair-food");
    CaseFacts facts;
    facts.id = "c1";
    facts.urgency = flows::Urgency::p2;
    facts.filed_hour = 3600;
    const redis::Write filed = filing_writes(keys, facts).back();
    EXPECT_EQ(filed.key, keys.alerts());
    EXPECT_EQ(filed.arguments, (std::vector<std::string>{"3600", "c1:2"}));
    const redis::Write raised = raising_writes(keys, "c1", flows::Urgency::p1, 7200).back();
    EXPECT_EQ(raised.arguments, (std::vector<std::string>{"7200", "c1:1"}));
}

TEST(CaseFile, AWorkerHearsWhetherAnybodyHasTheirReport) {
    CaseFacts facts;
    facts.status = "received";
    facts.urgency = flows::Urgency::p3;
    EXPECT_EQ(status_for_worker(facts), "received");
    facts.urgency = flows::Urgency::p1;
    EXPECT_EQ(status_for_worker(facts), "unanswered");
    facts.taken_hour = 3600;
    EXPECT_EQ(status_for_worker(facts), "taken");
    facts.status = "closed";
    EXPECT_EQ(status_for_worker(facts), "closed");
}

TEST(CaseFile, WhenItWasTakenIsReadBack) {
    std::map<std::string, std::string> fields{{"alias", "7K4-921"}, {"urgency", "P1"}, {"hour", "3600"}};
    EXPECT_EQ(read_facts("c1", fields)->taken_hour, 0);
    fields["taken"] = "7200";
    EXPECT_EQ(read_facts("c1", fields)->taken_hour, 7200);
    fields["taken"] = "soon";
    EXPECT_FALSE(read_facts("c1", fields));
}

TEST(CaseFile, WhenItWasRaisedIsReadBackAndMissingInOldCases) {
    std::map<std::string, std::string> fields{{"alias", "7K4-921"}, {"urgency", "P1"}, {"hour", "3600"}};
    EXPECT_EQ(read_facts("c1", fields)->raised_hour, 0);
    fields["raised"] = "7200";
    EXPECT_EQ(read_facts("c1", fields)->raised_hour, 7200);
    fields["raised"] = "soon";
    EXPECT_FALSE(read_facts("c1", fields));
}

TEST(CaseFile, WhenAWorkerToldMoreIsKeptInItsOrder) {
    const stores::Keyspace keys("fair-food");
    std::string stored;
    for (const std::int64_t at : {7200, 3600, 1'795'300'000}) {
        const redis::Write write = adding_writes(keys, "c1", at)[1];
        EXPECT_EQ(write.op, redis::Op::append);
        EXPECT_EQ(write.key, keys.case_told("c1"));
        stored += write.arguments[0];
    }
    EXPECT_EQ(read_told(stored), (std::vector<std::int64_t>{7200, 3600, 1'795'300'000}));
    EXPECT_TRUE(read_told("").empty());
    EXPECT_EQ(read_told(",,soon,12,9").size(), 2U);
}

TEST(CaseFile, DeletingReachesEveryKeyOfTheCase) {
    const stores::Keyspace keys("fair-food");
    std::vector<std::string> touched;
    for (const redis::Write& one : deletion_writes(keys, "c1")) {
        touched.push_back(one.key);
    }
    for (const std::string& key :
         {keys.case_parts("c1"), keys.case_facts("c1"), keys.case_recordings("c1"), keys.case_contact("c1"),
          keys.case_consents("c1"), keys.cases(), keys.alert("c1"), keys.alerts(), keys.casework("c1"),
          keys.case_notes("c1"), keys.case_tasks("c1"), keys.task_words("c1"), keys.handed_on("c1"),
          keys.case_told("c1"), keys.mailbox("c1"), keys.unanswered("c1"), keys.clocks()}) {
        EXPECT_NE(std::find(touched.begin(), touched.end(), key), touched.end()) << key;
    }
}

}  // namespace
}  // namespace rightsline::cases

#include <gtest/gtest.h>

#include "gateway/cases/case_store.hpp"
#include "gateway/stores/error.hpp"
#include "redis/transaction.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::cases {
namespace {

CaseFacts facts_of(const std::string& id, std::int64_t hour) {
    CaseFacts facts;
    facts.id = id;
    facts.alias = "7K4-921";
    facts.status = "received";
    facts.urgency = flows::Urgency::p1;
    facts.family = "pay";
    facts.language = "es-MX";
    facts.mode = "sms";
    facts.reason = "asked";
    facts.filed_hour = hour;
    return facts;
}

vault::CirclePrivateKey key_of(const vault::CirclePair& pair) {
    return vault::CirclePrivateKey::parse(pair.private_file).value();
}

TEST(SealedPart, OpensWithItsCircleInItsCaseAndNowhereElse) {
    const vault::CirclePair pair = vault::make_circle("fair-food", 1);
    const vault::CirclePrivateKey key = key_of(pair);
    flows::Part part;
    part.name = "story";
    part.text = locales::PrivateText("they keep our passports");
    const std::string sealed = seal_part(key.public_key(), "fair-food", "case-1", part, 1234);
    EXPECT_EQ(sealed.find("passports"), std::string::npos);
    const Result<OpenedPart> opened = open_part(key, "fair-food", "case-1", sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->name, "story");
    EXPECT_EQ(opened->text, "they keep our passports");
    EXPECT_EQ(opened->at, 1234);
    EXPECT_FALSE(open_part(key, "fair-food", "case-2", sealed));
    EXPECT_FALSE(open_part(key, "other", "case-1", sealed));
    EXPECT_FALSE(open_part(key_of(vault::make_circle("fair-food", 1)), "fair-food", "case-1", sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open_part(key, "fair-food", "case-1", changed)) << i;
        EXPECT_FALSE(open_part(key, "fair-food", "case-1", sealed.substr(0, i))) << i;
    }
}

class Cases : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        store = std::make_unique<CaseStore>(*client);
    }
    static redis::Deadline far() { return redis::in(std::chrono::seconds(10)); }
    void apply(std::vector<redis::Write> writes) {
        redis::Commit commit;
        commit.writes = std::move(writes);
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
    }
    stores::Keyspace keys{"fair-food"};
    std::unique_ptr<CaseStore> store;
};

TEST_F(Cases, AreListedNewestFirstAndReadAsTheyWereFiled) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
    apply(filing_writes(keys, facts_of("bb", 7200)));
    const auto list = tests::run(io, store->list("fair-food", 10, far()));
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 2U);
    EXPECT_EQ((*list)[0].id, "bb");
    EXPECT_EQ(tests::run(io, store->list("fair-food", 1, far()))->size(), 1U);
    const auto one = tests::run(io, store->facts("fair-food", "aa", far()));
    ASSERT_TRUE(one);
    EXPECT_EQ(one->alias, "7K4-921");
    EXPECT_EQ(one->urgency, flows::Urgency::p1);
    EXPECT_EQ(one->family, "pay");
    EXPECT_EQ(one->language, "es-MX");
    EXPECT_EQ(one->filed_hour, 3600);
}

TEST_F(Cases, OfAnotherProgramAreNotSeen) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
    EXPECT_EQ(tests::run(io, store->facts("other", "aa", far())).error(), stores::errc::no_such_case);
    EXPECT_TRUE(tests::run(io, store->list("other", 10, far()))->empty());
}

TEST_F(Cases, LeaveNothingBehindWhenTheyAreDeleted) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
    apply({{redis::Op::rpush, keys.case_parts("aa"), {"one", "two"}},
           {redis::Op::sadd, keys.case_recordings("aa"), {"r"}}});
    EXPECT_EQ(tests::run(io, store->parts("fair-food", "aa", far())).value(),
              (std::vector<std::string>{"one", "two"}));
    apply(deletion_writes(keys, "aa"));
    EXPECT_EQ(tests::run(io, store->facts("fair-food", "aa", far())).error(), stores::errc::no_such_case);
    EXPECT_TRUE(tests::run(io, store->list("fair-food", 10, far()))->empty());
    EXPECT_EQ(number({"EXISTS", keys.case_facts("aa"), keys.case_parts("aa"), keys.case_recordings("aa")}),
              0);
}

TEST(CaseFactsFromTheStore, ThatDoNotHaveOurShapeAreDamaged) {
    EXPECT_FALSE(read_facts("aa", {}));
    EXPECT_FALSE(read_facts("aa", {{"status", "received"}, {"urgency", "P9"}}));
}

}  // namespace
}  // namespace rightsline::cases

#include <gtest/gtest.h>

#include <tuple>

#include "gateway/cases/case_store.hpp"
#include "gateway/stores/error.hpp"
#include "redis/transaction.hpp"
#include "tests/gateway/cases/bound.hpp"
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
    const std::string sealed = seal_part(key.public_key(), "fair-food", "c1", part, 1234);
    EXPECT_EQ(sealed.find("passports"), std::string::npos);
    const Result<OpenedPart> opened = open_part(key, "fair-food", "c1", sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->name, "story");
    EXPECT_EQ(opened->text, "they keep our passports");
    EXPECT_EQ(opened->at, 1234);
    expect_open_in_its_place_alone(
        [&](const char* program, const char* id) { return open_part(key, program, id, sealed); });
    EXPECT_FALSE(open_part(key_of(vault::make_circle("fair-food", 1)), "fair-food", "c1", sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open_part(key, "fair-food", "c1", changed)) << i;
        EXPECT_FALSE(open_part(key, "fair-food", "c1", sealed.substr(0, i))) << i;
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

TEST_F(Cases, AreListedMostUrgentFirstThenNewestPageByPage) {
    for (const auto& [id, urgency, hour] : std::vector<std::tuple<const char*, int, int>>{
             {"old", 3, 3600}, {"new", 3, 7200}, {"danger", 1, 0}}) {
        CaseFacts facts = facts_of(id, hour);
        facts.urgency = static_cast<flows::Urgency>(urgency);
        apply(filing_writes(keys, facts));
    }
    std::vector<std::string> order;
    for (int skip = 0; skip < 4; skip += 2) {
        const auto page = tests::run(io, store->list("fair-food", skip, 2, far()));
        ASSERT_TRUE(page);
        EXPECT_EQ(page->total, 3);
        for (const CaseFacts& facts : page->cases) {
            order.push_back(facts.id);
        }
    }
    EXPECT_EQ(order, (std::vector<std::string>{"danger", "new", "old"}));
}

TEST_F(Cases, AreReadAsTheyWereFiled) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
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
    EXPECT_TRUE(tests::run(io, store->list("other", 0, 10, far()))->cases.empty());
}

TEST_F(Cases, LeaveNothingBehindWhenTheyAreDeleted) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
    apply({{redis::Op::rpush, keys.case_parts("aa"), {"one", "two"}},
           {redis::Op::sadd, keys.case_recordings("aa"), {"r"}}});
    EXPECT_EQ(tests::run(io, store->parts("fair-food", "aa", 0, far()))->parts,
              (std::vector<std::string>{"one", "two"}));
    apply(deletion_writes(keys, "aa"));
    EXPECT_EQ(tests::run(io, store->facts("fair-food", "aa", far())).error(), stores::errc::no_such_case);
    EXPECT_TRUE(tests::run(io, store->list("fair-food", 0, 10, far()))->cases.empty());
    EXPECT_EQ(number({"EXISTS", keys.case_facts("aa"), keys.case_parts("aa"), keys.case_recordings("aa")}),
              0);
}

// A worker who wrote for weeks: one reply with all of it would be too large, and cost the server its connection.
TEST_F(Cases, OfManyLongPartsAreReadInPages) {
    apply(filing_writes(keys, facts_of("aa", 3600)));
    constexpr int parts = 150;
    for (int i = 0; i < parts; ++i) {
        apply({{redis::Op::rpush, keys.case_parts("aa"), {std::to_string(i) + std::string(80'000, '.')}}});
    }
    int seen = 0;
    for (std::size_t last = 1; last != 0;) {
        const auto page = tests::run(io, store->parts("fair-food", "aa", seen, far()));
        ASSERT_TRUE(page) << page.error().message();
        EXPECT_EQ(page->total, parts);
        for (const std::string& part : page->parts) {
            EXPECT_EQ(part.substr(0, part.find('.')), std::to_string(seen++));
        }
        last = page->parts.size();
    }
    EXPECT_EQ(seen, parts);
    EXPECT_TRUE(client->connected());
}

TEST(CaseFactsFromTheStore, ThatDoNotHaveOurShapeAreDamaged) {
    EXPECT_FALSE(read_facts("aa", {}));
    EXPECT_FALSE(read_facts("aa", {{"status", "received"}, {"urgency", "P9"}}));
}

}  // namespace
}  // namespace rightsline::cases

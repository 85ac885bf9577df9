#include "gateway/audit/entry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rightsline::audit {
namespace {

using testing::ElementsAre;

const stores::Keyspace keys{"fair-food"};
const std::string case_id = "0123456789abcdef0123456789abcdef";

std::string bytes_of(const Entry& entry) {
    std::string bytes;
    append_canonical(bytes, entry);
    return bytes;
}

redis::Reply reply(std::string text) { return redis::Reply{std::move(text)}; }
redis::Reply reply(std::vector<redis::Reply> all) { return redis::Reply{std::move(all)}; }

TEST(AuditEntry, IsOneWriteAndAnActOnACaseIsCountedInIt) {
    const auto writes = entry_writes(keys, {What::alert_taken, case_id, "maria", "sms"});
    ASSERT_EQ(writes.size(), 2U);
    EXPECT_EQ(writes[0].op, redis::Op::hincrby);
    EXPECT_EQ(writes[0].key, keys.case_facts(case_id));
    EXPECT_THAT(writes[0].arguments, ElementsAre("acts", "1"));
    EXPECT_EQ(writes[1].op, redis::Op::xadd);
    EXPECT_EQ(writes[1].key, keys.audit());
    EXPECT_THAT(writes[1].arguments,
                ElementsAre("what", "alert_taken", "case", case_id, "who", "maria", "how", "sms"));
}

TEST(AuditEntry, WhatMayOutliveItsCaseIsNotCountedAndNothingEmptyIsWritten) {
    const auto writes = entry_writes(keys, {What::recording_held, case_id});
    ASSERT_EQ(writes.size(), 1U);
    EXPECT_THAT(writes[0].arguments, ElementsAre("what", "recording_held", "case", case_id));
    EXPECT_FALSE(is_counted("deleted_by_worker"));
    EXPECT_FALSE(is_counted("something else"));
    EXPECT_TRUE(is_counted("filed"));
}

TEST(AuditEntry, IdsAreReadAsTheyAreWritten) {
    EXPECT_EQ(parse_stream_id("1763800000000-12"), (StreamId{1'763'800'000'000, 12}));
    for (const char* odd :
         {"", "12", "12-", "-12", "12-x", "x-1", "1-2 ", "1-2-3", "+", "99999999999999999999-1"}) {
        EXPECT_FALSE(parse_stream_id(odd)) << odd;
    }
    EXPECT_EQ((StreamId{5, 6}).str(), "5-6");
    EXPECT_EQ(last_of_all.str(), "+");
    EXPECT_EQ((StreamId{5, 6}).next(), (StreamId{5, 7}));
    EXPECT_EQ((StreamId{5, 0}).before(), (StreamId{4, last_of_all.number}));
    EXPECT_EQ((StreamId{5, 0}).before().next(), (StreamId{5, 0}));
    EXPECT_EQ(last_of_all.next(), last_of_all);
    EXPECT_EQ(StreamId{}.before(), StreamId{});
}

TEST(AuditEntry, ARangeIsReadWithItsFieldsInTheirOrder) {
    const redis::Reply range = reply(std::vector{
        reply({reply("5-6"), reply({reply("what"), reply("filed"), reply("case"), reply(case_id)})}),
        reply({reply("5-7"), reply(std::vector<redis::Reply>{})})});
    const auto entries = read_entries(range);
    ASSERT_TRUE(entries && entries->size() == 2);
    EXPECT_EQ(entries->front().field("what"), "filed");
    EXPECT_EQ(entries->front().field("who"), "");
    EXPECT_FALSE(read_entries(reply("OK")));
    EXPECT_FALSE(read_entries(reply(std::vector{reply("5-6")})));
    EXPECT_FALSE(read_entries(reply(std::vector{reply({reply("5"), reply(std::vector<redis::Reply>{})})})));
    EXPECT_FALSE(read_entries(reply(std::vector{reply({reply("5-6"), reply(std::vector{reply("what")})})})));
}

TEST(AuditEntry, NoTwoEntriesHaveTheSameBytes) {
    const Entry entry{{5, 6}, {{"what", "filed"}, {"case", "ab"}}};
    const std::string bytes = bytes_of(entry);
    for (const Entry& other :
         {Entry{{5, 7}, entry.fields}, Entry{{6, 5}, entry.fields}, Entry{{5, 6}, {{"what", "filed"}}},
          Entry{{5, 6}, {{"case", "ab"}, {"what", "filed"}}},
          Entry{{5, 6}, {{"what", "filedcase"}, {"ab", ""}}},
          Entry{{5, 6}, {{"wha", "tfiled"}, {"case", "ab"}}},
          Entry{{5, 6}, {{"what", "filed"}, {"case", "ab"}, {"", ""}}}}) {
        EXPECT_NE(bytes_of(other), bytes);
    }
    EXPECT_EQ(bytes_of(entry), bytes);
}

}  // namespace
}  // namespace rightsline::audit

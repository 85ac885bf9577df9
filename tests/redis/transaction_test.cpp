#include "redis/transaction.hpp"

#include <chrono>

#include "redis/functions.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::string_literals;
using Outcome = Committed::Outcome;

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

class Transaction : public WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, load_functions(*client, in(std::chrono::seconds(5)))));
    }

    static Commit event(const std::string& once, std::uint64_t expected, const std::string& document) {
        Commit commit;
        commit.once_key = once;
        commit.once_index = "{p}:once";
        commit.answer = "answer of " + once;
        commit.document_key = "{p}:doc";
        commit.expected_version = expected;
        commit.document = document;
        commit.now_ms = now_ms();
        return commit;
    }
    Result<Committed> try_put(Commit one) {
        return tests::run(io, commit(*client, std::move(one), in(std::chrono::seconds(5))));
    }
    Committed put(Commit one) {
        Result<Committed> done = try_put(std::move(one));
        EXPECT_TRUE(done) << done.error().message();
        return done ? *done : Committed{};
    }
    Loaded get(LoadKeys keys) {
        Result<Loaded> loaded = tests::run(io, load(*client, std::move(keys), in(std::chrono::seconds(5))));
        EXPECT_TRUE(loaded) << loaded.error().message();
        return loaded ? *loaded : Loaded{};
    }
    // What the whole database holds, to show that a refusal left no trace.
    std::string everything() {
        std::string all;
        const Reply keys = ask({"KEYS", "*"});
        for (const Reply& key : *keys.array()) {
            all += *key.string() + "=" + text({"DUMP", *key.string()}) + "\n";
        }
        return all;
    }
};

TEST_F(Transaction, LoadOfNothingIsVersionZero) {
    const Loaded loaded = get({"{p}:e1", "{p}:doc", {"{p}:x"}});
    EXPECT_FALSE(loaded.answer);
    EXPECT_EQ(loaded.version, 0U);
    EXPECT_EQ(loaded.document, "");
    ASSERT_EQ(loaded.extras.size(), 1U);
    EXPECT_FALSE(loaded.extras[0]);
}

TEST_F(Transaction, CommitThenLoadGivesDocumentVersionAndExtras) {
    EXPECT_EQ(put(event("{p}:e1", 0, "one\0\r\n%s"s)).version, 1U);
    ask({"SET", "{p}:x", "extra\0"s});
    const Loaded loaded = get({"{p}:e2", "{p}:doc", {"{p}:missing", "{p}:x"}});
    EXPECT_FALSE(loaded.answer);
    EXPECT_EQ(loaded.version, 1U);
    EXPECT_EQ(loaded.document, "one\0\r\n%s"s);
    ASSERT_EQ(loaded.extras.size(), 2U);
    EXPECT_FALSE(loaded.extras[0]);
    EXPECT_EQ(loaded.extras[1], "extra\0"s);
}

TEST_F(Transaction, LoadWithoutGuardOrWithoutDocument) {
    put(event("{p}:e1", 0, "doc"));
    EXPECT_EQ(get({"", "{p}:doc", {}}).document, "doc");
    const Loaded extras = get({"{p}:e9", "", {"{p}:doc"}});
    EXPECT_EQ(extras.version, 0U);
    EXPECT_TRUE(extras.extras.at(0));
    EXPECT_EQ(get({"{p}:e1", "", {}}).answer, "answer of {p}:e1");
}

TEST_F(Transaction, DuplicateGetsTheStoredAnswerAndChangesNothing) {
    put(event("{p}:e1", 0, "one"));
    const std::string before = everything();
    Commit again = event("{p}:e1", 1, "two");
    again.answer = "another";
    again.writes.push_back({Op::set, "{p}:w", {"x"}});
    const Committed repeated = put(std::move(again));
    EXPECT_EQ(repeated.outcome, Outcome::duplicate);
    EXPECT_EQ(repeated.answer, "answer of {p}:e1");
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(get({"{p}:e1", "{p}:doc", {}}).answer, "answer of {p}:e1");
}

TEST_F(Transaction, DuplicateComesBeforeConflictAndAnEmptyAnswerIsAnAnswer) {
    Commit first = event("{p}:e1", 0, "one");
    first.answer = "";
    put(std::move(first));
    const Committed repeated = put(event("{p}:e1", 0, "one"));
    EXPECT_EQ(repeated.outcome, Outcome::duplicate);
    EXPECT_EQ(repeated.answer, "");
    EXPECT_EQ(get({"{p}:e1", "{p}:doc", {}}).answer, "");
}

TEST_F(Transaction, ConflictTellsTheVersionAndChangesNothing) {
    put(event("{p}:e1", 0, "one"));
    put(event("{p}:e2", 1, "two"));
    const std::string before = everything();
    for (const std::uint64_t expected : {0U, 1U, 3U}) {
        const Committed lost = put(event("{p}:e3", expected, "three"));
        EXPECT_EQ(lost.outcome, Outcome::conflict);
        EXPECT_EQ(lost.version, 2U);
    }
    EXPECT_EQ(everything(), before);
}

TEST_F(Transaction, VersionsSurviveEveryByteBoundary) {
    for (const std::uint64_t version : {255ULL, 256ULL, 65535ULL, 0xFFFFFFFFULL, 0x00FFFFFFFFFFFFFFULL}) {
        std::string stored(8, '\0');
        for (int i = 0; i < 8; ++i) {
            stored[static_cast<std::size_t>(7 - i)] = static_cast<char>(version >> (8 * i) & 0xFFU);
        }
        ask({"SET", "{p}:doc", stored + "x"});
        EXPECT_EQ(get({"{p}:e", "{p}:doc", {}}).version, version);
        EXPECT_EQ(put(event("{p}:e" + std::to_string(version), version, "y")).version, version + 1);
        EXPECT_EQ(get({"{p}:e", "{p}:doc", {}}).version, version + 1);
    }
}

TEST_F(Transaction, NoDocumentDeletesItAndVersionZeroMeansAbsent) {
    put(event("{p}:e1", 0, "one"));
    Commit end = event("{p}:e2", 1, "");
    end.document.reset();
    EXPECT_EQ(put(std::move(end)).version, 0U);
    EXPECT_EQ(number({"EXISTS", "{p}:doc"}), 0);
    EXPECT_EQ(put(event("{p}:e3", 0, "again")).version, 1U);
}

TEST_F(Transaction, EmptyDocumentIsADocument) {
    put(event("{p}:e1", 0, ""));
    const Loaded loaded = get({"{p}:e2", "{p}:doc", {}});
    EXPECT_EQ(loaded.version, 1U);
    EXPECT_EQ(loaded.document, "");
}

TEST_F(Transaction, HousekeepingNeedsNoGuardAndNoDocument) {
    Commit bare;
    bare.now_ms = now_ms();
    bare.writes.push_back({Op::set, "{p}:a", {"1"}});
    EXPECT_EQ(put(bare).outcome, Outcome::committed);
    EXPECT_EQ(put(bare).outcome, Outcome::committed);
    EXPECT_EQ(number({"DBSIZE"}), 1);
}

TEST_F(Transaction, GuardIsIndexedByTheServersTime) {
    const std::int64_t before = now_ms() - 1;
    put(event("{p}:e1", 0, "one"));
    const std::int64_t score = std::stoll(text({"ZSCORE", "{p}:once", "{p}:e1"}));
    EXPECT_GE(score, before);
    EXPECT_LE(score, now_ms() + 1);
}

TEST_F(Transaction, EveryOpWrites) {
    ask({"MSET", "{p}:old", "x", "{p}:text", "ab", "{p}:count", "5"});
    ask({"HSET", "{p}:hash2", "a", "1", "b", "2", "n", "10"});
    ask({"ZADD", "{p}:zset2", "1", "a", "2", "b"});
    ask({"RPUSH", "{p}:list2", "a", "b"});
    ask({"SADD", "{p}:set2", "a", "b"});
    Commit all = event("{p}:e1", 0, "one");
    all.writes = {{Op::set, "{p}:s", {"v\0"s}},
                  {Op::set_for, "{p}:ttl", {"v", "100"}},
                  {Op::del, "{p}:old", {}},
                  {Op::append, "{p}:text", {"cd"}},
                  {Op::hset, "{p}:hash", {"f", "1", "g", "2"}},
                  {Op::hdel, "{p}:hash2", {"a", "b"}},
                  {Op::hincrby, "{p}:hash2", {"n", "-3"}},
                  {Op::incrby, "{p}:count", {"37"}},
                  {Op::zadd, "{p}:zset", {"1.5", "m", "-2", "n"}},
                  {Op::zrem, "{p}:zset2", {"a"}},
                  {Op::rpush, "{p}:list", {"1", "2", "3"}},
                  {Op::lpop, "{p}:list2", {}},
                  {Op::sadd, "{p}:set", {"1", "2"}},
                  {Op::srem, "{p}:set2", {"a"}},
                  {Op::xadd, "{p}:stream", {"f", "v", "g", ""}}};
    EXPECT_EQ(put(std::move(all)).outcome, Outcome::committed);
    EXPECT_EQ(text({"GET", "{p}:s"}), "v\0"s);
    EXPECT_GT(number({"TTL", "{p}:ttl"}), 90);
    EXPECT_EQ(number({"EXISTS", "{p}:old"}), 0);
    EXPECT_EQ(text({"GET", "{p}:text"}), "abcd");
    EXPECT_EQ(text({"HGET", "{p}:hash", "g"}), "2");
    EXPECT_EQ(number({"HLEN", "{p}:hash2"}), 1);
    EXPECT_EQ(text({"HGET", "{p}:hash2", "n"}), "7");
    EXPECT_EQ(text({"GET", "{p}:count"}), "42");
    EXPECT_EQ(text({"ZSCORE", "{p}:zset", "m"}), "1.5");
    EXPECT_EQ(number({"ZCARD", "{p}:zset2"}), 1);
    EXPECT_EQ(text({"LINDEX", "{p}:list", "2"}), "3");
    EXPECT_EQ(text({"LINDEX", "{p}:list2", "0"}), "b");
    EXPECT_EQ(number({"SCARD", "{p}:set"}), 2);
    EXPECT_EQ(number({"SISMEMBER", "{p}:set2", "a"}), 0);
    EXPECT_EQ(number({"XLEN", "{p}:stream"}), 1);
}

TEST_F(Transaction, WritesOnOneKeyFollowEachOther) {
    Commit chain = event("{p}:e1", 0, "one");
    chain.writes = {{Op::set, "{p}:k", {"a"}},       {Op::append, "{p}:k", {"b"}},
                    {Op::del, "{p}:k", {}},          {Op::hset, "{p}:k", {"f", "1"}},
                    {Op::hset, "{p}:k", {"g", "2"}}, {Op::hdel, "{p}:k", {"f"}}};
    EXPECT_EQ(put(std::move(chain)).outcome, Outcome::committed);
    EXPECT_EQ(number({"HLEN", "{p}:k"}), 1);
}

TEST_F(Transaction, AnUnmetConditionWritesNothingAndTheEventMayComeAgain) {
    put(event("{p}:e0", 0, "one"));
    ask({"SET", "{p}:tries", "5"});
    const std::string before = everything();
    for (const Write& condition :
         {Write{Op::must_exist, "{p}:case", {}}, Write{Op::must_be_below, "{p}:tries", {"5"}}}) {
        Commit add = event("{p}:e1", 1, "two");
        add.writes = {{Op::rpush, "{p}:parts", {"sealed"}}, condition};
        EXPECT_EQ(put(add).outcome, Outcome::unmet);
        EXPECT_EQ(everything(), before);
    }
    ask({"HSET", "{p}:case", "f", "v"});
    Commit add = event("{p}:e1", 1, "two");
    add.writes = {{Op::must_exist, "{p}:case", {}},
                  {Op::must_be_below, "{p}:tries", {"6"}},
                  {Op::must_be_below, "{p}:nothing", {"1"}},
                  {Op::incrby, "{p}:tries", {"1"}}};
    EXPECT_EQ(put(add).outcome, Outcome::committed);
    EXPECT_EQ(text({"GET", "{p}:tries"}), "6");
}

TEST_F(Transaction, MustLackLooksAtTheHashAndAtTheCommitItself) {
    ask({"HSET", "{p}:hash", "there", ""});
    const auto with = [](std::vector<Write> writes) {
        Commit bare;
        bare.now_ms = now_ms();
        bare.writes = std::move(writes);
        return bare;
    };
    const Write lack{Op::must_lack, "{p}:hash", {"new"}};
    const Write set{Op::hset, "{p}:hash", {"new", "v"}};
    EXPECT_EQ(put(with({{Op::must_lack, "{p}:hash", {"there"}}, set})).outcome, Outcome::unmet);
    EXPECT_EQ(put(with({lack, set, lack, set})).outcome, Outcome::unmet);
    EXPECT_EQ(text({"HGET", "{p}:hash", "new"}), "(none)");
    EXPECT_EQ(put(with({lack, set})).outcome, Outcome::committed);
    EXPECT_EQ(text({"HGET", "{p}:hash", "new"}), "v");
    EXPECT_EQ(put(with({lack, set})).outcome, Outcome::unmet);
}

TEST_F(Transaction, ASecondDocumentIsWrittenOnlyUponTheVersionThatWasRead) {
    const auto second = [](std::uint64_t expected, const char* bytes) {
        Commit both;
        both.now_ms = now_ms();
        both.document_key = "{p}:first";
        both.document = "one";
        add_document(both.writes, "{p}:second", expected, bytes);
        return both;
    };
    EXPECT_EQ(put(second(0, "a")).outcome, Outcome::committed);
    Commit late = second(0, "b");  // upon what it was before
    late.expected_version = 1;
    EXPECT_EQ(put(late).outcome, Outcome::unmet);
    EXPECT_EQ(text({"GET", "{p}:first"}).substr(8), "one");
    Commit next = second(1, "c");
    next.expected_version = 1;
    EXPECT_EQ(put(next).outcome, Outcome::committed);
    const Document now = read_document(text({"GET", "{p}:second"})).value();
    EXPECT_EQ(now.version, 2U);
    EXPECT_EQ(now.bytes, "c");
    EXPECT_EQ(read_document(std::nullopt)->version, 0U);
    EXPECT_FALSE(read_document("short"));
}

TEST_F(Transaction, MustBeMustBeFieldAndMustStandCompareWithWhatIsThere) {
    ask({"SET", "{p}:string", "old"});
    ask({"HSET", "{p}:hash", "f", "old"});
    ask({"RPUSH", "{p}:list", "zero", "one"});
    const auto with = [](std::vector<Write> writes) {
        Commit bare;
        bare.now_ms = now_ms();
        bare.writes = std::move(writes);
        return bare;
    };
    const std::string before = everything();
    for (const Write& wrong :
         {Write{Op::must_be, "{p}:string", {"other"}}, Write{Op::must_be, "{p}:string", {""}},
          Write{Op::must_be_field, "{p}:hash", {"f", "other"}},
          Write{Op::must_be_field, "{p}:hash", {"f", ""}}, Write{Op::must_be_field, "{p}:hash", {"g", "old"}},
          Write{Op::must_stand, "{p}:list", {"1", "zero"}}, Write{Op::must_stand, "{p}:list", {"2", ""}},
          Write{Op::must_stand, "{p}:none", {"0", "zero"}}}) {
        EXPECT_EQ(put(with({wrong, {Op::set, "{p}:first", {"v"}}})).outcome, Outcome::unmet);
        EXPECT_EQ(everything(), before);
    }
    EXPECT_EQ(put(with({{Op::must_be, "{p}:string", {"old"}},
                        {Op::must_be, "{p}:none", {""}},
                        {Op::must_be_field, "{p}:hash", {"f", "old"}},
                        {Op::must_be_field, "{p}:hash", {"g", ""}},
                        {Op::must_stand, "{p}:list", {"0", "zero"}},
                        {Op::must_stand, "{p}:list", {"1", "one"}},
                        {Op::set, "{p}:string", {"new"}},
                        {Op::hset, "{p}:hash", {"f", "new"}},
                        {Op::lset, "{p}:list", {"1", "new"}}}))
                  .outcome,
              Outcome::committed);
    EXPECT_EQ(text({"GET", "{p}:string"}), "new");
    EXPECT_EQ(text({"HGET", "{p}:hash", "f"}), "new");
    EXPECT_EQ(text({"LINDEX", "{p}:list", "1"}), "new");
    EXPECT_EQ(text({"LINDEX", "{p}:list", "0"}), "zero");
}

struct Refused {
    const char* label;
    std::vector<Write> writes;
};
void PrintTo(const Refused& one, std::ostream* out) { *out << one.label; }

class TransactionRefuses : public Transaction, public testing::WithParamInterface<Refused> {};

TEST_P(TransactionRefuses, AndWritesNothing) {
    ask({"MSET", "{p}:string", "text", "{p}:bad", "007", "{p}:huge", "9223372036854775807"});
    ask({"HSET", "{p}:hash", "f", "text", "big", "9223372036854775807", "zero", "-0"});
    put(event("{p}:e0", 0, "one"));
    const std::string before = everything();
    Commit bad = event("{p}:e1", 1, "two");
    bad.writes = {{Op::set, "{p}:first", {"written before?"}}};
    bad.writes.insert(bad.writes.end(), GetParam().writes.begin(), GetParam().writes.end());
    const Result<Committed> refused = try_put(std::move(bad));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::server_error);
    EXPECT_EQ(everything(), before);
}

const std::string k = "{p}:k";
INSTANTIATE_TEST_SUITE_P(
    Table, TransactionRefuses,
    testing::Values(
        Refused{"wrong_type_hset", {{Op::hset, "{p}:string", {"f", "v"}}}},
        Refused{"wrong_type_append", {{Op::append, "{p}:hash", {"v"}}}},
        Refused{"wrong_type_incrby", {{Op::incrby, "{p}:hash", {"1"}}}},
        Refused{"wrong_type_zadd", {{Op::zadd, "{p}:string", {"1", "m"}}}},
        Refused{"wrong_type_rpush", {{Op::rpush, "{p}:string", {"1"}}}},
        Refused{"wrong_type_lpop", {{Op::lpop, "{p}:string", {}}}},
        Refused{"wrong_type_sadd", {{Op::sadd, "{p}:string", {"1"}}}},
        Refused{"wrong_type_xadd", {{Op::xadd, "{p}:string", {"f", "v"}}}},
        Refused{"counter_is_text", {{Op::incrby, "{p}:string", {"1"}}}},
        Refused{"counter_has_zeros", {{Op::incrby, "{p}:bad", {"1"}}}},
        Refused{"counter_would_overflow", {{Op::incrby, "{p}:huge", {"1"}}}},
        Refused{"field_is_text", {{Op::hincrby, "{p}:hash", {"f", "1"}}}},
        Refused{"field_would_overflow", {{Op::hincrby, "{p}:hash", {"big", "1"}}}},
        Refused{"field_is_minus_zero", {{Op::hincrby, "{p}:hash", {"zero", "1"}}}},
        Refused{"step_is_no_number", {{Op::incrby, k, {"1x"}}}},
        Refused{"step_has_zeros", {{Op::incrby, k, {"01"}}}},
        Refused{"step_too_large", {{Op::incrby, k, {"99999999999999"}}}},
        Refused{"score_is_no_number", {{Op::zadd, k, {"nan", "m"}}}},
        Refused{"score_is_an_option", {{Op::zadd, k, {"NX", "1", "m", "2"}}}},
        Refused{"set_without_value", {{Op::set, k, {}}}},
        Refused{"set_with_option", {{Op::set, k, {"v", "NX"}}}},
        Refused{"set_for_zero_seconds", {{Op::set_for, k, {"v", "0"}}}},
        Refused{"set_for_text", {{Op::set_for, k, {"v", "ten"}}}},
        Refused{"del_with_argument", {{Op::del, k, {"x"}}}},
        Refused{"hset_odd", {{Op::hset, k, {"f", "v", "g"}}}}, Refused{"hset_empty", {{Op::hset, k, {}}}},
        Refused{"hdel_empty", {{Op::hdel, k, {}}}}, Refused{"zadd_empty", {{Op::zadd, k, {}}}},
        Refused{"xadd_odd", {{Op::xadd, k, {"f"}}}}, Refused{"lpop_with_count", {{Op::lpop, k, {"2"}}}},
        Refused{"rpush_empty", {{Op::rpush, k, {}}}}, Refused{"srem_empty", {{Op::srem, k, {}}}},
        Refused{"kinds_mixed_in_one_commit", {{Op::set, k, {"v"}}, {Op::hset, k, {"f", "v"}}}},
        Refused{"counter_set_in_one_commit", {{Op::set, k, {"v"}}, {Op::incrby, k, {"1"}}}},
        Refused{"field_set_in_one_commit", {{Op::hset, k, {"f", "v"}}, {Op::hincrby, k, {"f", "1"}}}},
        Refused{"op_out_of_range", {{static_cast<Op>(23), k, {"v"}}}},
        Refused{"must_exist_with_argument", {{Op::must_exist, k, {"v"}}}},
        Refused{"limit_is_no_number", {{Op::must_be_below, k, {"five"}}}},
        Refused{"limit_of_what_is_no_counter", {{Op::must_be_below, "{p}:string", {"5"}}}},
        Refused{"lack_of_no_field", {{Op::must_lack, k, {}}}},
        Refused{"lack_of_two_fields", {{Op::must_lack, k, {"f", "g"}}}},
        Refused{"lack_in_what_is_no_hash", {{Op::must_lack, "{p}:string", {"f"}}}},
        Refused{"version_of_seven_bytes", {{Op::must_be_version, k, {"1234567"}}}},
        Refused{"version_of_what_is_no_string", {{Op::must_be_version, "{p}:hash", {""}}}},
        Refused{"lset_unseen", {{Op::lset, k, {"0", "v"}}}},
        Refused{"lset_of_another_place", {{Op::must_stand, k, {"0", "v"}}, {Op::lset, k, {"1", "v"}}}},
        Refused{"stand_at_no_number", {{Op::must_stand, k, {"first", "v"}}}},
        Refused{"stand_in_what_is_no_list", {{Op::must_stand, "{p}:string", {"0", "v"}}}},
        Refused{"be_of_two_values", {{Op::must_be, k, {"v", "w"}}}},
        Refused{"be_after_a_write", {{Op::set, k, {"v"}}, {Op::must_be, k, {"v"}}}},
        Refused{"field_after_a_write", {{Op::hset, k, {"f", "v"}}, {Op::must_be_field, k, {"f", "v"}}}},
        Refused{"condition_on_the_document", {{Op::must_exist, "{p}:doc", {}}}},
        Refused{"write_on_the_document", {{Op::set, "{p}:doc", {"v"}}}},
        Refused{"write_on_the_guard", {{Op::set, "{p}:e1", {"v"}}}},
        Refused{"write_on_the_index", {{Op::del, "{p}:once", {}}}},
        Refused{"too_many_writes", std::vector<Write>(256, Write{Op::incrby, k, {"1"}})},
        Refused{"too_many_arguments", {{Op::rpush, k, std::vector<std::string>(1025, "v")}}},
        Refused{"too_many_bytes", {{Op::set, k, {std::string(1U << 20U, 'v')}}}}),
    [](const auto& one) { return std::string(one.param.label); });

TEST_F(Transaction, TheLargestCommitPasses) {
    Commit largest = event("{p}:e1", 0, std::string(100000, 'd'));
    largest.writes.assign(255, Write{Op::rpush, "{p}:list", {"v", "w"}});
    largest.writes.push_back({Op::set, "{p}:blob", {std::string(1000000, 'b')}});
    EXPECT_EQ(put(std::move(largest)).outcome, Outcome::committed);
    EXPECT_EQ(number({"LLEN", "{p}:list"}), 510);
}

TEST_F(Transaction, ClockSuspectIsReportedAndTheCommitGoesOn) {
    for (const std::int64_t skew : {-31000, 31000}) {
        Commit late = event("{p}:e" + std::to_string(skew), 0, "x");
        late.document_key = "";
        late.now_ms = now_ms() + skew;
        const Committed done = put(std::move(late));
        EXPECT_EQ(done.outcome, Outcome::committed);
        EXPECT_TRUE(done.clock_suspect);
    }
    Commit exact = event("{p}:e3", 0, "x");
    exact.now_ms = now_ms() + 20000;
    EXPECT_FALSE(put(std::move(exact)).clock_suspect);
}

TEST_F(Transaction, DueGivesMembersInOrder) {
    ask({"ZADD", "{p}:due", "30", "c", "10", "a", "20", "b", "40", "d"});
    const auto three = tests::run(io, due(*client, "{p}:due", 30, 10, in(std::chrono::seconds(5))));
    EXPECT_EQ(*three, (std::vector<std::string>{"a", "b", "c"}));
    const auto one = tests::run(io, due(*client, "{p}:due", 30, 1, in(std::chrono::seconds(5))));
    EXPECT_EQ(*one, std::vector<std::string>{"a"});
    const auto none = tests::run(io, due(*client, "{p}:due", 5, 10, in(std::chrono::seconds(5))));
    EXPECT_TRUE(none->empty());
}

TEST_F(Transaction, SweepDeletesOldGuardsOnly) {
    for (int i = 0; i < 3; ++i) {
        put(event("{p}:e" + std::to_string(i), static_cast<std::uint64_t>(i), "x"));
    }
    ask({"ZADD", "{p}:once", "1000", "{p}:e0", "2000", "{p}:e1"});
    const auto until = in(std::chrono::seconds(5));
    EXPECT_EQ(*tests::run(io, sweep(*client, "{p}:once", 1000, now_ms() + 60000, 10, until)), 0);
    EXPECT_EQ(*tests::run(io, sweep(*client, "{p}:once", now_ms() + 9000, now_ms(), 10, until)), 0);
    EXPECT_EQ(number({"ZCARD", "{p}:once"}), 3);
    EXPECT_EQ(*tests::run(io, sweep(*client, "{p}:once", 2000, now_ms(), 1, until)), 1);
    EXPECT_EQ(number({"EXISTS", "{p}:e0"}), 0);
    EXPECT_EQ(*tests::run(io, sweep(*client, "{p}:once", 2000, now_ms(), 10, until)), 1);
    EXPECT_EQ(*tests::run(io, sweep(*client, "{p}:once", 2000, now_ms(), 10, until)), 0);
    EXPECT_EQ(number({"EXISTS", "{p}:e2"}), 1);
    EXPECT_EQ(number({"EXISTS", "{p}:doc"}), 1);
}

TEST_F(Transaction, LoadAndCommitAreOneRoundTripEach) {
    const Traffic before = client->traffic();
    get({"{p}:e1", "{p}:doc", {"{p}:x"}});
    put(event("{p}:e1", 0, "one"));
    EXPECT_EQ(client->traffic().commands - before.commands, 2U);
    EXPECT_EQ(client->traffic().sends - before.sends, 2U);
}

TEST_F(Transaction, LoadingFunctionsAgainChangesNothing) {
    const std::string listed = *(*(*ask({"FUNCTION", "LIST"}).array())[0].array())[1].string();
    EXPECT_EQ(listed, functions::library);
    EXPECT_TRUE(tests::run(io, load_functions(*client, in(std::chrono::seconds(5)))));
    EXPECT_EQ(ask({"FUNCTION", "LIST"}).array()->size(), 1U);
}

TEST_F(Transaction, FlushedFunctionsAreToldApartFromARefusal) {
    ask({"FUNCTION", "FLUSH"});
    const auto asked = tests::run(io, due(*client, "{p}:zset", 1, 1, in(std::chrono::seconds(5))));
    ASSERT_TRUE(asked.has_error());
    EXPECT_EQ(asked.error(), errc::functions_gone);
    EXPECT_TRUE(tests::run(io, load_functions(*client, in(std::chrono::seconds(5)))));
    EXPECT_TRUE(tests::run(io, due(*client, "{p}:zset", 1, 1, in(std::chrono::seconds(5)))));
}

TEST_F(Transaction, TwoBuildsLiveSideBySide) {
    std::string other = functions::source;
    const std::string ours = functions::library;
    const std::string theirs = "rl_000000000000";
    for (std::size_t at = other.find(ours); at != std::string::npos; at = other.find(ours, at)) {
        other.replace(at, ours.size(), theirs);
    }
    EXPECT_EQ(text({"FUNCTION", "LOAD", other}), theirs);
    EXPECT_TRUE(tests::run(io, load_functions(*client, in(std::chrono::seconds(5)))));
    EXPECT_EQ(ask({"FUNCTION", "LIST"}).array()->size(), 2U);
    put(event("{p}:e1", 0, "one"));
    const Reply loaded = ask({"FCALL_RO", theirs + "_load", "2", "{p}:e1", "{p}:doc"});
    ASSERT_NE(loaded.array(), nullptr);
    ASSERT_EQ(loaded.array()->size(), 2U);
    EXPECT_EQ(*loaded.array()->front().string(), "answer of {p}:e1");
    ask({"FUNCTION", "DELETE", theirs});
}

TEST_F(Transaction, OutOfMemoryRefusesTheWholeCommitAndLoadStillReads) {
    put(event("{p}:e0", 0, "one"));
    const std::string before = everything();
    ask({"CONFIG", "SET", "maxmemory", "1"});
    Commit full = event("{p}:e1", 1, "two");
    full.writes.push_back({Op::del, "{p}:e0", {}});
    const Result<Committed> refused = try_put(std::move(full));
    const Loaded loaded = get({"{p}:e9", "{p}:doc", {}});
    ask({"CONFIG", "SET", "maxmemory", "0"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::server_error);
    EXPECT_EQ(loaded.document, "one");
    EXPECT_EQ(everything(), before);
}

TEST_F(Transaction, CommitsAndFunctionsSurviveKillMinusNine) {
    put(event("{p}:e1", 0, "one"));
    shared_server().kill();
    shared_server().start();
    const Loaded loaded = get({"{p}:e2", "{p}:doc", {}});
    EXPECT_EQ(loaded.document, "one");
    EXPECT_EQ(put(event("{p}:e1", 1, "two")).outcome, Outcome::duplicate);
    EXPECT_EQ(client->traffic().reconnects, 1U);
}

}  // namespace
}  // namespace rightsline::redis

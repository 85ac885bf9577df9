// The two users: what each may do, and above all what not.
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "redis/functions.hpp"
#include "redis/lease_queue.hpp"
#include "redis/transaction.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

constexpr auto soon = std::chrono::seconds(5);

class Access : public WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ask({"FUNCTION", "FLUSH"});
        caller = make_user("caller", caller_acl({"{p}:*"}));
        loader = make_user("loader", loader_acl());
        ASSERT_TRUE(tests::run(io, load_functions(*loader, in(soon))));
    }
    void TearDown() override {
        ask({"ACL", "DELUSER", "caller", "loader"});
        WithServer::TearDown();
    }
    std::unique_ptr<Client> make_user(const std::string& name, std::vector<std::string> rules) {
        Command set{"ACL", "SETUSER", name};
        set.insert(set.end(), rules.begin(), rules.end());
        set.push_back(">" + name + " password");
        EXPECT_EQ(text(std::move(set)), "OK");
        Address address = address_of(shared_server());
        address.user = name;
        address.password = name + " password";
        return make_client(io.get_executor(), address);
    }
    std::string refusal(Client& user, Command command) {
        const Result<Reply> reply = tests::run(io, user.execute(std::move(command), in(soon)));
        EXPECT_TRUE(reply);
        return reply && reply->error() != nullptr ? reply->error()->text : "(allowed)";
    }

    std::unique_ptr<Client> caller;
    std::unique_ptr<Client> loader;
};

TEST_F(Access, CallerIsDeniedEverythingThatIsNotItsWork) {
    const std::vector<Command> denied = {{"EVAL", "return 1", "0"},
                                         {"EVAL_RO", "return 1", "0"},
                                         {"EVALSHA", "00", "0"},
                                         {"FUNCTION", "LIST"},
                                         {"FUNCTION", "FLUSH"},
                                         {"FUNCTION", "LOAD", "#!lua name=x"},
                                         {"FUNCTION", "DUMP"},
                                         {"CONFIG", "GET", "*"},
                                         {"CONFIG", "SET", "dir", "/tmp"},
                                         {"KEYS", "*"},
                                         {"SCAN", "0"},
                                         {"RANDOMKEY"},
                                         {"DBSIZE"},
                                         {"RESTORE", "{p}:k", "0", "x"},
                                         {"DUMP", "{p}:k"},
                                         {"DEBUG", "SLEEP", "0"},
                                         {"FLUSHALL"},
                                         {"FLUSHDB"},
                                         {"ACL", "LIST"},
                                         {"ACL", "WHOAMI"},
                                         {"ACL", "SETUSER", "caller", "+@all"},
                                         {"SCRIPT", "FLUSH"},
                                         {"SCRIPT", "LOAD", "return 1"},
                                         {"SAVE"},
                                         {"BGREWRITEAOF"},
                                         {"SHUTDOWN"},
                                         {"REPLICAOF", "h", "1"},
                                         {"MONITOR"},
                                         {"CLIENT", "LIST"},
                                         {"CLIENT", "KILL", "ID", "1"},
                                         {"INFO"},
                                         {"MODULE", "LIST"},
                                         {"SLOWLOG", "GET"},
                                         {"SUBSCRIBE", "c"},
                                         {"PUBLISH", "c", "m"},
                                         {"MIGRATE", "h", "1", "k", "0", "1"},
                                         {"OBJECT", "ENCODING", "{p}:k"},
                                         {"SORT", "{p}:k"},
                                         {"RENAME", "{p}:k", "{p}:l"},
                                         {"EXPIRE", "{p}:k", "1"},
                                         {"XDEL", "{p}:k", "1-1"},
                                         {"XTRIM", "{p}:k", "MAXLEN", "0"},
                                         {"XSETID", "{p}:k", "1-1"}};
    for (const Command& command : denied) {
        EXPECT_TRUE(refusal(*caller, command).starts_with("NOPERM")) << command[0] << ' ' << command[1];
    }
}

TEST_F(Access, CallerTouchesItsOwnKeysOnly) {
    EXPECT_TRUE(refusal(*caller, {"GET", "{q}:k"}).starts_with("NOPERM"));
    EXPECT_TRUE(refusal(*caller, {"HGETALL", "{q}:k"}).starts_with("NOPERM"));
    EXPECT_TRUE(refusal(*caller, {"LRANGE", "{q}:k", "0", "1"}).starts_with("NOPERM"));
    EXPECT_TRUE(refusal(*caller, {"FCALL_RO", functions::load, "2", "{q}:e", "{q}:d"}).starts_with("NOPERM"));
    Commit foreign;
    foreign.writes = {{Op::set, "{p}:mine", {"v"}}, {Op::set, "{q}:theirs", {"v"}}};
    const auto refused = tests::run(io, commit(*caller, foreign, in(soon)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::server_error);
    EXPECT_EQ(number({"DBSIZE"}), 0);
}

// A command that the caller's rules forget would be refused in the middle of a commit: this is the test
// against it.
TEST_F(Access, CallerMayDoEverythingTheFunctionsDo) {
    Commit all;
    all.once_key = "{p}:once";
    all.once_index = "{p}:index";
    all.document_key = "{p}:doc";
    all.document = "d";
    ask({"RPUSH", "{p}:l2", "old"});
    all.writes = {{Op::must_be, "{p}:none", {""}},
                  {Op::must_be_field, "{p}:none2", {"f", ""}},
                  {Op::must_stand, "{p}:l2", {"0", "old"}},
                  {Op::lset, "{p}:l2", {"0", "new"}},
                  {Op::set, "{p}:s", {"v"}},
                  {Op::set_for, "{p}:t", {"v", "100"}},
                  {Op::append, "{p}:a", {"cd"}},
                  {Op::hset, "{p}:h", {"f", "1"}},
                  {Op::hincrby, "{p}:h", {"n", "1"}},
                  {Op::hdel, "{p}:h", {"f"}},
                  {Op::incrby, "{p}:n", {"1"}},
                  {Op::zadd, "{p}:z", {"1", "m"}},
                  {Op::zrem, "{p}:z", {"m"}},
                  {Op::rpush, "{p}:l", {"1"}},
                  {Op::lpop, "{p}:l", {}},
                  {Op::sadd, "{p}:m", {"1"}},
                  {Op::srem, "{p}:m", {"1"}},
                  {Op::xadd, "{p}:x", {"f", "v"}},
                  {Op::del, "{p}:s", {}}};
    const auto committed = tests::run(io, commit(*caller, all, in(soon)));
    ASSERT_TRUE(committed) << committed.error().message();
    const auto loaded = tests::run(io, load(*caller, {"{p}:e", "{p}:doc", {"{p}:a"}}, in(soon)));
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->document, "d");
    ask({"ZADD", "{p}:index", "1", "{p}:once"});
    const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    const auto swept = tests::run(io, sweep(*caller, "{p}:index", 5, now, 10, in(soon)));
    ASSERT_TRUE(swept);
    EXPECT_EQ(*swept, 1);
    Commit deletion;
    deletion.document_key = "{p}:doc";
    deletion.expected_version = 1;
    EXPECT_TRUE(tests::run(io, commit(*caller, deletion, in(soon))));
}

TEST_F(Access, CallerMayDoEverythingTheLeaseQueueDoes) {
    const LeaseQueue queue{
        "{p}:oj", "{p}:os", "{p}:oi", "{p}:ou", "{p}:oz", "{p}:ol:1", {"{p}:oq:1:0", "{p}:oq:1:1"},
        "{p}:or:"};
    const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    Commit turn;
    turn.writes = enqueue(queue, 1, "a", "payload", 0).value();
    ASSERT_TRUE(tests::run(io, commit(*caller, turn, in(soon))));
    ask({"ZADD", queue.lanes[0], "1", "stray"});
    const auto claim_all = [&] {
        Claim claim{"gw-1", 30'000, 5, 3, {}, Rate{1000, 5}, now};
        return tests::run(io, redis::claim(*caller, queue, claim, in(soon)));
    };
    const Result<Claimed> claimed = claim_all();
    ASSERT_TRUE(claimed) << claimed.error().message();
    ASSERT_EQ(claimed->jobs.size(), 1U);
    EXPECT_EQ(claimed->aside, 1);
    Guards guards{0, {{"{p}:so", "phone"}}, {{"{p}:cap", 5, 1}}, "{p}:ex", Rate{1000, 5}};
    const Lease first = claimed->jobs[0].lease;
    ASSERT_EQ(tests::run(io, mark_submitting(*caller, queue, first, 10'000, guards, in(soon)))->outcome,
              Marked::Outcome::go);
    ASSERT_TRUE(tests::run(io, settle(*caller, queue, first, {Settlement::What::unknown}, in(soon))));
    const Result<Claimed> looks =
        tests::run(io, claim_unknown(*caller, queue, {"gw-1", 30'000, 5, 0, {}, {}, now}, in(soon)));
    ASSERT_TRUE(looks && looks->jobs.size() == 1);
    ASSERT_TRUE(
        tests::run(io, settle(*caller, queue, looks->jobs[0].lease, {Settlement::What::again}, in(soon))));
    const Result<Claimed> second = claim_all();
    ASSERT_TRUE(second && second->jobs.size() == 1);
    ask({"ZADD", queue.leased, "1", "a"});
    const Result<Reaped> reaped = tests::run(io, reap(*caller, queue, 10, now, in(soon)));
    ASSERT_TRUE(reaped && reaped->queued.size() == 1);
    const Result<Claimed> third = claim_all();
    ASSERT_TRUE(third && third->jobs.size() == 1);
    ASSERT_TRUE(
        tests::run(io, settle(*caller, queue, third->jobs[0].lease, {Settlement::What::done}, in(soon))));
    ASSERT_TRUE(*tests::run(io, look(*caller, queue, "a", in(soon))));
    for (const char* page : {"2:0", "1:0", "3:0", "4:0", "5:0", "7:0", "8:0"}) {
        EXPECT_TRUE(tests::run(io, survey(*caller, queue, page, in(soon)))) << page;
    }
    ask({"ZADD", queue.settled, "1", "a"});
    EXPECT_EQ(*tests::run(io, sweep_settled(*caller, queue, 5, now, 10, in(soon))), 1);
}

TEST_F(Access, CallerMayReadWhatScreensAndAlarmsRead) {
    const std::vector<Command> plain = {{"HGET", "{p}:h", "f"},
                                        {"HGETALL", "{p}:h"},
                                        {"HLEN", "{p}:h"},
                                        {"HMGET", "{p}:h", "f"},
                                        {"LLEN", "{p}:l"},
                                        {"LRANGE", "{p}:l", "0", "1"},
                                        {"SISMEMBER", "{p}:m", "1"},
                                        {"SMEMBERS", "{p}:m"},
                                        {"ZCARD", "{p}:z"},
                                        {"ZCOUNT", "{p}:z", "-inf", "1"},
                                        {"ZMSCORE", "{p}:z", "m"},
                                        {"ZRANGEBYSCORE", "{p}:z", "-inf", "1"},
                                        {"ZREVRANGE", "{p}:z", "0", "1"},
                                        {"XRANGE", "{p}:x", "-", "+", "COUNT", "1"}};
    for (const Command& command : plain) {
        EXPECT_EQ(refusal(*caller, command), "(allowed)") << command[0];
    }
    const std::int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    ask({"ZADD", "{p}:z", std::to_string(now + 7'200'000), "m"});
    EXPECT_EQ(*tests::run(io, pull_back(*caller, "{p}:z", 3'600'000, now, 10, in(soon))), 1);
}

TEST_F(Access, AnOperatorIsToldTheCallersRights) {
    std::ifstream file(std::string(RIGHTSLINE_SOURCE_DIR) + "/deploy/redis.conf");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t begin = text.find("user caller reset on");
    const std::string told = text.substr(begin, text.find("(one line", begin) - begin);
    std::istringstream words(told);
    std::set<std::string> rights;
    for (std::string word; words >> word;) {
        if (word.starts_with('+')) {
            rights.insert(word);
        }
    }
    std::set<std::string> wanted;
    for (const std::string& rule : caller_acl({})) {
        if (rule.starts_with('+')) {
            wanted.insert(rule);
        }
    }
    EXPECT_EQ(rights, wanted);
}

TEST_F(Access, TheLeaseQueueOfOthersIsOutOfReach) {
    const LeaseQueue theirs{"{q}:oj", "{q}:os", "{q}:oi", "{q}:ou", "{q}:oz", "{q}:ol:1", {"{q}:oq:1:0"}, ""};
    const Result<Claimed> refused =
        tests::run(io, claim(*caller, theirs, {"gw-1", 30'000, 5, 0, {}, {}, 0}, in(soon)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::server_error);
}

TEST_F(Access, LoaderLoadsAndForgetsFunctionsAndNothingElse) {
    const std::vector<Command> denied = {{"GET", "{p}:k"},
                                         {"SET", "{p}:k", "v"},
                                         {"FUNCTION", "FLUSH"},
                                         {"FUNCTION", "RESTORE", "x"},
                                         {"FCALL", functions::load, "0"},
                                         {"FCALL_RO", functions::load, "0"},
                                         {"EVAL", "return 1", "0"},
                                         {"CONFIG", "GET", "*"},
                                         {"KEYS", "*"},
                                         {"ACL", "LIST"},
                                         {"FLUSHALL"},
                                         {"DEBUG", "SLEEP", "0"}};
    for (const Command& command : denied) {
        EXPECT_TRUE(refusal(*loader, command).starts_with("NOPERM")) << command[0] << ' ' << command[1];
    }
}

TEST_F(Access, CallerCannotLoadFunctions) {
    const auto refused = tests::run(io, load_functions(*caller, in(soon)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::server_error);
}

}  // namespace
}  // namespace rightsline::redis

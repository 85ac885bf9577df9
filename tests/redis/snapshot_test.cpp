// A snapshot of a running Redis: whole, of one moment, by a user who may do nothing else of the kind.
#include "redis/snapshot.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::chrono_literals;

class Snapshots : public WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ask({"CONFIG", "SET", "repl-diskless-sync-delay", "0"});
        keeper = user("keeper", keeper_acl());
    }
    void TearDown() override {
        ask({"ACL", "DELUSER", "keeper"});
        ask({"CONFIG", "SET", "repl-diskless-sync", "yes"});
        WithServer::TearDown();
    }
    Address user(const std::string& name, const std::vector<std::string>& rules) {
        Command set{"ACL", "SETUSER", name};
        set.insert(set.end(), rules.begin(), rules.end());
        set.push_back(">secret");
        EXPECT_EQ(text(std::move(set)), "OK");
        Address address = address_of(shared_server());
        address.user = name;
        address.password = "secret";
        return address;
    }
    static Result<std::string> take(const Address& address) {
        Result<Snapshot> snapshot = Snapshot::ask(address, 10s);
        if (!snapshot) {
            return snapshot.error();
        }
        std::string all;
        for (;;) {
            const Result<std::string_view> bytes = snapshot->next();
            if (!bytes || bytes->empty()) {
                return bytes ? Result<std::string>(all) : bytes.error();
            }
            all += *bytes;
        }
    }
    /// What a redis-server says that starts with `rdb` as the base of its append-only file.
    std::int64_t keys_after_start(const std::string& rdb) {
        tests::RedisServer other;
        other.kill();
        const std::string folder =
            std::filesystem::path(other.socket()).parent_path().string() + "/appendonlydir";
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        std::ofstream(folder + "/appendonly.aof.1.base.rdb", std::ios::binary) << rdb;
        std::ofstream(folder + "/appendonly.aof.1.incr.aof");
        std::ofstream(folder + "/appendonly.aof.manifest")
            << "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n";
        other.start();
        const auto asker = make_client(io.get_executor(), address_of(other));
        Command size{"DBSIZE"};
        const Result<Reply> reply = tests::run(io, asker->execute(std::move(size), in(5s)));
        asker->close();
        return reply && reply->integer() != nullptr ? *reply->integer() : -1;
    }

    Address keeper;
};

TEST_F(Snapshots, HoldEverythingAndLoadAsTheBaseOfAnAppendOnlyFile) {
    for (int i = 0; i < 2000; ++i) {
        ask({"SET", "{p}:k" + std::to_string(i), std::string(300, 'x')});
    }
    const Result<std::string> rdb = take(keeper);
    ASSERT_TRUE(rdb) << rdb.error().message();
    EXPECT_TRUE(rdb->starts_with("REDIS"));
    EXPECT_EQ(keys_after_start(*rdb), 2000);
}

TEST_F(Snapshots, ComeFromAServerThatTellsTheirLengthToo) {
    ask({"SET", "{p}:k", "v"});
    ask({"CONFIG", "SET", "repl-diskless-sync", "no"});
    const Result<std::string> rdb = take(keeper);
    ASSERT_TRUE(rdb) << rdb.error().message();
    EXPECT_EQ(keys_after_start(*rdb), 1);
}

TEST_F(Snapshots, AnEmptyStoreIsOneToo) {
    const Result<std::string> rdb = take(keeper);
    ASSERT_TRUE(rdb) << rdb.error().message();
    EXPECT_EQ(keys_after_start(*rdb), 0);
}

TEST_F(Snapshots, AreRefusedToOthers) {
    const Result<std::string> caller = take(user("keeper", caller_acl({"{p}:*"})));
    ASSERT_FALSE(caller);
    EXPECT_EQ(caller.error(), make_error_code(errc::server_error));
    Address nobody = keeper;
    nobody.password = "wrong";
    EXPECT_FALSE(take(nobody));
    nobody.unix_path = "/nowhere/redis.sock";
    EXPECT_EQ(take(nobody).error(), make_error_code(errc::not_sent));
}

TEST_F(Snapshots, TheirUserWritesNothing) {
    const auto user = make_client(io.get_executor(), keeper);
    for (const Command& command :
         {Command{"SET", "{p}:k", "v"}, Command{"DEL", "{p}:k"}, Command{"FLUSHALL"},
          Command{"CONFIG", "GET", "*"}, Command{"ZADD", "{p}:z", "1", "m"}, Command{"FUNCTION", "LIST"},
          Command{"REPLICAOF", "NO", "ONE"}, Command{"ACL", "LIST"}, Command{"EVAL", "return 1", "0"},
          Command{"SHUTDOWN"}}) {
        Command asked = command;
        const Result<Reply> reply = tests::run(io, user->execute(std::move(asked), in(5s)));
        ASSERT_TRUE(reply && reply->error() != nullptr) << command.front();
        EXPECT_TRUE(reply->error()->text.starts_with("NOPERM")) << command.front();
    }
    user->close();
}

}  // namespace
}  // namespace rightsline::redis

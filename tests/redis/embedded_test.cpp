#include "redis/embedded.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "redis/left_behind.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

constexpr auto soon = std::chrono::seconds(8);

class EmbeddedTest : public testing::Test {
 protected:
    Result<std::unique_ptr<Embedded>> try_start(EmbeddedOptions options,
                                                std::chrono::milliseconds time = soon) {
        return tests::run(io, start_embedded(std::move(options), in(time)), std::chrono::seconds(20));
    }
    std::unique_ptr<Embedded> start() {
        auto started = try_start({directory(), {"{*}:*"}, "redis-server"});
        EXPECT_TRUE(started);
        return started ? std::move(*started) : nullptr;
    }
    std::string directory() const { return parent.path() + "/state"; }
    /// The bytes of the append-only files.
    std::string on_disk() const {
        std::string bytes;
        for (const auto& entry : std::filesystem::directory_iterator(directory() + "/appendonlydir")) {
            std::ifstream file(entry.path(), std::ios::binary);
            bytes.append(std::istreambuf_iterator<char>(file), {});
        }
        return bytes;
    }
    /// A process of its own that starts the server and waits to be killed: its pid, and the server's (0: none came up).
    std::pair<pid_t, int> start_in_a_parent() const {
        int ready[2];
        EXPECT_EQ(::pipe(ready), 0);
        const pid_t parent_process = ::fork();
        if (parent_process == 0) {
            boost::asio::io_context own(1);
            auto server = tests::run(own, start_embedded({directory(), {"{*}:*"}, "redis-server"}, in(soon)));
            const int pid = server ? (*server)->pid() : 0;
            if (::write(ready[1], &pid, sizeof pid) != static_cast<ssize_t>(sizeof pid)) {
                ::_exit(1);
            }
            ::pause();
            ::_exit(0);
        }
        int pid = 0;
        EXPECT_EQ(::read(ready[0], &pid, sizeof pid), static_cast<ssize_t>(sizeof pid));
        ::close(ready[0]);
        ::close(ready[1]);
        return {parent_process, pid};
    }
    Result<Reply> ask(Client& client, Command command) {
        return tests::run(io, client.execute(std::move(command), in(soon)));
    }

    tests::TemporaryDirectory parent;
    boost::asio::io_context io{1};
};

// Redis replays the append-only file as the default user. While that user had no rights, a commit of several writes
// (a transaction in the file) was dropped at a restart, and only the server's log said so.
TEST_F(EmbeddedTest, ACommitOfSeveralWritesIsThereAfterARestart) {
    {
        const auto server = start();
        ASSERT_NE(server, nullptr);
        const auto loader = make_client(io.get_executor(), server->loader());
        ASSERT_TRUE(tests::run(io, load_functions(*loader, in(soon))));
        const auto caller = make_client(io.get_executor(), server->caller());
        Commit several;
        several.once_key = "{p}:once";
        several.once_index = "{p}:index";
        several.answer = "answer";
        several.document_key = "{p}:doc";
        several.document = "told";
        several.writes = {{Op::hset, "{p}:case", {"status", "received"}},
                          {Op::rpush, "{p}:parts", {"sealed"}}};
        ASSERT_TRUE(tests::run(io, commit(*caller, several, in(soon))));
        loader->close();
        caller->close();
        io.poll();
    }
    const auto server = start();
    ASSERT_NE(server, nullptr);
    const auto caller = make_client(io.get_executor(), server->caller());
    const auto status = ask(*caller, {"HGET", "{p}:case", "status"});
    ASSERT_TRUE(status);
    ASSERT_NE(status->string(), nullptr);
    EXPECT_EQ(*status->string(), "received");
    const auto again = tests::run(io, load(*caller, {"{p}:once", "{p}:doc", {}}, in(soon)));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->answer, "answer");
    EXPECT_EQ(again->document, "told");
}

// Redis 7 leaves its files so when the directory cannot be synced in the midst of a rewrite, and then does not start.
TEST_F(EmbeddedTest, ABaseThatRedisRemovedIsNamedAgainAndNothingIsLost) {
    {
        const auto server = start();
        ASSERT_NE(server, nullptr);
        const auto caller = make_client(io.get_executor(), server->caller());
        ASSERT_TRUE(ask(*caller, {"SET", "{p}:k", "v"}));
        caller->close();
        io.poll();
    }
    const std::string files = directory() + "/appendonlydir/";
    std::ofstream(files + "appendonly.aof.2.incr.aof").close();
    std::ofstream(files + "appendonly.aof.manifest", std::ios::trunc)
        << "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.1.incr.aof seq 1 type h\n"
           "file appendonly.aof.1.base.rdb seq 1 type h\nfile appendonly.aof.2.incr.aof seq 2 type i\n";
    int mended = 0;
    EmbeddedOptions options{directory(), {"{*}:*"}, "redis-server"};
    options.mended = [&mended] { ++mended; };
    auto started = try_start(std::move(options));
    ASSERT_TRUE(started);
    EXPECT_EQ(mended, 1);
    const auto caller = make_client(io.get_executor(), (*started)->caller());
    const auto kept = ask(*caller, {"GET", "{p}:k"});
    ASSERT_TRUE(kept);
    EXPECT_EQ(*kept->string(), "v");
}

TEST_F(EmbeddedTest, WhatWasDeletedIsGoneFromTheDiskWhenTheFileIsWrittenAnew) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    const auto caller = make_client(io.get_executor(), server->caller());
    const auto loader = make_client(io.get_executor(), server->loader());
    ASSERT_TRUE(ask(*caller, {"SET", "{p}:deleted", "canary of the deleted"}));
    ASSERT_TRUE(ask(*caller, {"SET", "{p}:kept", "canary of the kept"}));
    ASSERT_TRUE(ask(*caller, {"DEL", "{p}:deleted"}));
    EXPECT_NE(on_disk().find("canary of the deleted"), std::string::npos);
    EXPECT_EQ(tests::run(io, forget_deleted(*caller, in(soon))).error(), errc::server_error);
    ASSERT_TRUE(tests::run(io, forget_deleted(*loader, in(soon))));
    const Deadline patience = in(soon);
    while (on_disk().find("canary of the deleted") != std::string::npos &&
           std::chrono::steady_clock::now() < patience) {
        ASSERT_TRUE(ask(*caller, {"PING"}));  // Redis takes the new file over between two commands
    }
    const std::string left = on_disk();
    EXPECT_EQ(left.find("canary of the deleted"), std::string::npos);
    EXPECT_NE(left.find("canary of the kept"), std::string::npos);
}

TEST_F(EmbeddedTest, NobodyIsTheDefaultUser) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    Address nobody = server->caller();
    nobody.user.clear();
    nobody.password.clear();
    const auto stranger = make_client(io.get_executor(), nobody);
    const auto answer =
        tests::run(io, stranger->execute({"GET", "{p}:doc"}, in(std::chrono::milliseconds(500))));
    EXPECT_TRUE(!answer || answer->error() != nullptr);
}

TEST_F(EmbeddedTest, ServesCommitsOnAPrivateSocketWithoutATcpPort) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    const auto loader = make_client(io.get_executor(), server->loader());
    ASSERT_TRUE(tests::run(io, load_functions(*loader, in(soon))));
    const auto caller = make_client(io.get_executor(), server->caller());
    Commit one;
    one.document_key = "{p}:doc";
    one.document = "d";
    EXPECT_TRUE(tests::run(io, commit(*caller, one, in(soon))));
    EXPECT_TRUE(ask(*caller, {"GET", "other"})->error() != nullptr);
    EXPECT_TRUE(ask(*caller, {"CONFIG", "GET", "*"})->error() != nullptr);
    struct stat facts{};
    ASSERT_EQ(::stat(directory().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    std::ifstream configuration(directory() + "/redis.conf");
    const std::string text(std::istreambuf_iterator<char>(configuration), {});
    EXPECT_NE(text.find("port 0\n"), std::string::npos);
    EXPECT_NE(text.find("appendfsync always\n"), std::string::npos);
    EXPECT_NE(text.find("maxmemory-policy noeviction\n"), std::string::npos);
}

TEST_F(EmbeddedTest, NobodyEntersWithoutAPassword) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    Address anonymous;
    anonymous.unix_path = server->caller().unix_path;
    const auto stranger = make_client(io.get_executor(), anonymous);
    const auto refused = tests::run(io, stranger->execute({"PING"}, in(std::chrono::milliseconds(100))));
    EXPECT_EQ(refused.error(), errc::not_sent);
}

TEST_F(EmbeddedTest, PasswordsAreNotOnTheDisk) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory())) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(file), {});
        EXPECT_EQ(bytes.find(server->caller().password), std::string::npos) << entry.path();
        EXPECT_EQ(bytes.find(server->loader().password), std::string::npos) << entry.path();
        EXPECT_EQ(static_cast<unsigned>(entry.status().permissions()) & 077U, 0U) << entry.path();
    }
    EXPECT_EQ(server->caller().password.size(), 64U);
    EXPECT_NE(server->caller().password, server->loader().password);
}

TEST_F(EmbeddedTest, AKilledServerIsStartedAgainWithItsData) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    const auto caller = make_client(io.get_executor(), server->caller());
    ASSERT_TRUE(ask(*caller, {"SET", "{p}:k", "v"}));
    const int first = server->pid();
    for (int round = 1; round <= 2; ++round) {
        ::kill(server->pid(), SIGKILL);
        while (server->restarts() < round) {
            io.run_one_for(std::chrono::seconds(5));
        }
        const auto kept = ask(*caller, {"GET", "{p}:k"});
        ASSERT_TRUE(kept);
        EXPECT_EQ(*kept->string(), "v");
    }
    EXPECT_NE(server->pid(), first);
    EXPECT_EQ(server->restarts(), 2);
}

// It lives and holds the socket, but answers nobody: a disk that hangs, a debugger, SIGSTOP.
TEST_F(EmbeddedTest, AServerThatNoLongerAnswersIsKilledAndStartedAgainWithItsData) {
    std::vector<bool> told;
    EmbeddedOptions options{directory(), {"{*}:*"}, "redis-server"};
    options.silence = std::chrono::milliseconds(300);
    options.restarting = [&told](bool hung) { told.push_back(hung); };
    auto started = try_start(std::move(options));
    ASSERT_TRUE(started);
    const std::unique_ptr<Embedded> server = std::move(*started);
    const auto caller = make_client(io.get_executor(), server->caller());
    ASSERT_TRUE(ask(*caller, {"SET", "{p}:k", "v"}));
    const int first = server->pid();
    io.run_for(std::chrono::milliseconds(400));  // its pulse is felt
    ASSERT_EQ(::kill(first, SIGSTOP), 0);
    const auto kept = ask(*caller, {"GET", "{p}:k"});  // its own deadline is longer than all of that
    EXPECT_FALSE(kept) << "it was written to the server that hung: nobody may send it again";
    const auto again = ask(*caller, {"GET", "{p}:k"});
    ASSERT_TRUE(again);
    EXPECT_EQ(*again->string(), "v");
    EXPECT_NE(server->pid(), first);
    EXPECT_EQ(told, std::vector<bool>{true});
}

TEST_F(EmbeddedTest, AServerThatAnswersIsLeftAlone) {
    EmbeddedOptions options{directory(), {"{*}:*"}, "redis-server"};
    options.silence = std::chrono::milliseconds(300);
    auto started = try_start(std::move(options));
    ASSERT_TRUE(started);
    io.run_for(std::chrono::milliseconds(1500));
    EXPECT_EQ((*started)->restarts(), 0);
}

TEST_F(EmbeddedTest, EndsWithItsHandleAndStartsAgainOnTheSameData) {
    int pid = 0;
    {
        const auto server = start();
        ASSERT_NE(server, nullptr);
        pid = server->pid();
        const auto caller = make_client(io.get_executor(), server->caller());
        ASSERT_TRUE(ask(*caller, {"SET", "{p}:k", "v"}));
    }
    EXPECT_EQ(::kill(pid, 0), -1);
    const auto again = start();
    ASSERT_NE(again, nullptr);
    const auto caller = make_client(io.get_executor(), again->caller());
    const auto kept = ask(*caller, {"GET", "{p}:k"});
    ASSERT_TRUE(kept);
    EXPECT_EQ(*kept->string(), "v");
}

TEST_F(EmbeddedTest, TwoServersNeverShareADirectory) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    const auto second = try_start({directory(), {"{*}:*"}, "redis-server"}, std::chrono::milliseconds(150));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error(), errc::cannot_start);
    const auto caller = make_client(io.get_executor(), server->caller());
    EXPECT_TRUE(ask(*caller, {"SET", "{p}:k", "v"}));
}

// The parent dies by SIGKILL with its server running: the server goes too, and the next start gets the lock
// and data.
TEST_F(EmbeddedTest, ALeftoverOfACrashedParentIsWaitedFor) {
    const auto [parent_process, pid] = start_in_a_parent();
    ASSERT_GT(pid, 0);
    ::kill(parent_process, SIGKILL);
    ::waitpid(parent_process, nullptr, 0);
    const auto server = start();
    ASSERT_NE(server, nullptr);
    EXPECT_NE(server->pid(), pid);
}

// The same with a server that hangs: it cannot hear that its parent is gone, and would hold the directory for ever.
TEST_F(EmbeddedTest, AHungLeftoverIsNamedAndEnded) {
    const auto [parent_process, pid] = start_in_a_parent();
    ASSERT_GT(pid, 0);
    EXPECT_FALSE(LeftBehind::find(directory(), "redis-server")) << "its parent lives";
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    ::kill(parent_process, SIGKILL);
    ::waitpid(parent_process, nullptr, 0);
    EXPECT_FALSE(LeftBehind::find(directory(), "another-server"));
    std::vector<std::pair<int, bool>> told;
    EmbeddedOptions options{directory(), {"{*}:*"}, "redis-server"};
    options.silence = std::chrono::milliseconds(300);
    options.left_behind = [&told](int left, bool ended) { told.emplace_back(left, ended); };
    const auto server = try_start(std::move(options));
    ASSERT_TRUE(server);
    EXPECT_EQ(told, (std::vector<std::pair<int, bool>>{{pid, false}, {pid, true}}));
}

TEST_F(EmbeddedTest, AServerWhoseParentLivesIsNotEndedForItsFolder) {
    const auto server = start();
    ASSERT_NE(server, nullptr);
    EmbeddedOptions options{directory(), {"{*}:*"}, "redis-server"};
    options.silence = std::chrono::milliseconds(100);
    int told = 0;
    options.left_behind = [&told](int, bool) { ++told; };
    EXPECT_FALSE(try_start(std::move(options), std::chrono::milliseconds(2000)));
    EXPECT_EQ(told, 0);
    EXPECT_EQ(::kill(server->pid(), 0), 0);
}

TEST_F(EmbeddedTest, CannotStartIsToldEarly) {
    const auto before = std::chrono::steady_clock::now();
    const auto missing = try_start({directory(), {"{*}:*"}, "no-such-redis-server"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error(), errc::cannot_start);
    const auto broken = try_start({directory(), {"{*}:*"}, "false"});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error(), errc::cannot_start);
    EXPECT_LT(std::chrono::steady_clock::now() - before, soon);
}

TEST_F(EmbeddedTest, RefusesWhatItsFilesCannotHold) {
    EXPECT_EQ(try_start({directory(), {"{p}:* +@all"}, "redis-server"}).error(), errc::cannot_start);
    EXPECT_EQ(try_start({directory(), {"a\nuser x on nopass"}, "redis-server"}).error(), errc::cannot_start);
    EXPECT_EQ(try_start({parent.path() + "/a\"b", {}, "redis-server"}).error(), errc::cannot_start);
    EXPECT_EQ(try_start({parent.path() + "/" + std::string(100, 'x'), {}, "redis-server"}).error(),
              errc::cannot_start);
}

}  // namespace
}  // namespace rightsline::redis

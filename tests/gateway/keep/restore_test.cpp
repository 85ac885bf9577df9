// A store that lives, its backup, and what a server finds after a restore; and everything that must not be restored.
#include "gateway/keep/restore.hpp"
#include "gateway/spool/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/audit/reader.hpp"
#include "gateway/audit/sealer.hpp"
#include "gateway/keep/backup.hpp"
#include "gateway/keep/check.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/outbox/line_out.hpp"
#include "redis/embedded.hpp"
#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::keep {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using conversations::Caller;
using Phase = redis::JobState::Phase;

constexpr const char* our_line = "+15005550006";

class Restoring : public Caller {
 protected:
    void SetUp() override {
        Caller::SetUp();
        ASSERT_TRUE(vault::add_circle(folder.path(), circle.public_file));
        pair = vault::make_circle("backup", 1);
        fs::create_directory_symlink(blobs.path(), state.path() + "/blobs");
        ask({"CONFIG", "SET", "repl-diskless-sync-delay", "0"});
        redis::Command user{"ACL", "SETUSER", "keeper"};
        for (const std::string& rule : redis::keeper_acl()) {
            user.push_back(rule);
        }
        user.push_back(">secret");
        ASSERT_EQ(WithServer::text(std::move(user)), "OK");
        to_the_story();
        speak("RE1");
        outside.replies = {{200, conversations::sound("canary voice")}, {204}};
        work();
        hang_up();
    }
    void TearDown() override {
        ask({"ACL", "DELUSER", "keeper"});
        Caller::TearDown();
    }
    Result<BackupDone> back_up() {
        BackupJob job{address_of(redis::shared_server()), state.path(), file, {}, {}};
        job.keeper.user = "keeper";
        job.keeper.password = "secret";
        job.head.build = "0.3.0";
        job.key = vault::parse_public_key(pair.public_file).value();
        return make_backup(std::move(job), [](const BackupDone&) {});
    }
    Result<Restored> bring_back() const { return bring_back(pair.private_file); }
    Result<Restored> bring_back(const std::string& key) const {
        Result<ArchiveReader> archive = ArchiveReader::open(file);
        if (!archive) {
            return archive.error();
        }
        return restore(*archive, vault::CirclePrivateKey::parse(key).value(), place);
    }
    /// What stands below the folder that was restored into, but for the locks.
    std::vector<std::string> there() const {
        std::vector<std::string> names;
        if (!fs::exists(place.state_dir)) {
            return names;
        }
        for (const fs::directory_entry& one : fs::recursive_directory_iterator(place.state_dir)) {
            if (one.is_regular_file() && one.file_size() != 0) {
                names.push_back(one.path().string());
            }
        }
        return names;
    }
    void post(const std::string& id, std::int64_t due_ms) {
        apply(redis::enqueue(queue, 1, id, "sealed", due_ms).value());
    }

    tests::TemporaryDirectory state;
    tests::TemporaryDirectory target;
    tests::TemporaryDirectory shelf;
    std::string file = shelf.path() + "/one.backup";
    RestorePlace place{target.path() + "/new", target.path() + "/new/redis"};
    vault::CirclePair pair;
    redis::LeaseQueue queue = outbox::queue_of(keys, our_line);
};

/// The restored store, started as a server starts it.
class Started {
 public:
    Started(boost::asio::io_context& io, const std::string& folder) : io_(io) {
        redis::EmbeddedOptions options;
        options.directory = folder;
        options.key_patterns = {"{*}:*"};
        store = tests::run(io, redis::start_embedded(std::move(options), redis::in(20s))).value();
        caller = redis::make_client(io.get_executor(), store->caller());
        keeper = redis::make_client(io.get_executor(), store->keeper());
        const auto loader = redis::make_client(io.get_executor(), store->loader());
        EXPECT_TRUE(tests::run(io, redis::load_functions(*loader, redis::in(5s))));
        loader->close();
    }
    ~Started() {
        caller->close();
        keeper->close();
    }
    std::int64_t size() {
        redis::Command command{"DBSIZE"};
        return *tests::run(io_, keeper->execute(std::move(command), redis::in(5s)))->integer();
    }
    redis::JobState state(const redis::LeaseQueue& queue, const std::string& id) {
        const auto found = tests::run(io_, redis::look(*caller, queue, id, redis::in(5s)));
        return found && *found ? **found : redis::JobState{};
    }

    boost::asio::io_context& io_;
    std::unique_ptr<redis::Embedded> store;
    std::unique_ptr<redis::Client> caller;
    std::unique_ptr<redis::Client> keeper;
};

TEST_F(Restoring, WhatLivedIsThereAgainAndFitsTogether) {
    const std::int64_t size = number({"DBSIZE"});
    const Result<BackupDone> made = back_up();
    ASSERT_TRUE(made) << made.error().message();
    EXPECT_EQ(made->recordings, 1U);
    const Result<Restored> restored = bring_back();
    ASSERT_TRUE(restored) << restored.error().message();
    EXPECT_EQ(restored->cases, 1);
    EXPECT_EQ(restored->keys, size);
    EXPECT_EQ(restored->recordings, 1U);
    Started store(io, place.redis_dir);
    EXPECT_EQ(store.size(), size);
    const vault::Keys all = vault::Keys::load(folder.path()).value();
    CheckedStore checked{
        *store.keeper, *vault, all, {"fair-food"}, {{"fair-food", our_line}}, place.state_dir + "/blobs"};
    const Result<Checked> result = tests::run(io, check_store(std::move(checked), [](const Checked&) {}));
    ASSERT_TRUE(result) << result.error().message();
    EXPECT_THAT(result->findings, testing::IsEmpty());
    EXPECT_EQ(result->cases, 1);
}

TEST_F(Restoring, TheAuditComesBackWholeAndSaysThatItIsABackups) {
    const vault::Keys all = vault::Keys::load(folder.path()).value();
    ops::SystemClock now;
    audit::Sealer sealer(*client, *all.audit_signer(), now, metrics);
    tests::run(io, sealer.work("fair-food"));
    const auto verify = [&](redis::Client& in, std::vector<std::string>& seen) {
        audit::Verifier verifier("fair-food", all.audits(), {});
        const auto note = [&seen](const audit::Entry& one) { seen.emplace_back(one.field("what")); };
        return tests::run(io, audit::read_audit(in, "fair-food", std::move(verifier), note)).value();
    };
    std::vector<std::string> before;
    const audit::Verdict live = verify(*client, before);
    ASSERT_TRUE(live.whole() && live.head);
    ASSERT_TRUE(back_up());
    ASSERT_TRUE(bring_back());
    Started store(io, place.redis_dir);
    std::vector<std::string> after;
    const audit::Verdict restored = verify(*store.keeper, after);
    EXPECT_TRUE(restored.whole());
    EXPECT_EQ(restored.head, live.head);
    EXPECT_EQ(restored.waiting, 1U);
    before.emplace_back("restored");
    EXPECT_EQ(after, before);
    audit::Sealer next(*store.caller, *all.audit_signer(), now, metrics);
    tests::run(io, next.work("fair-food"));
    after.clear();
    EXPECT_EQ(verify(*store.keeper, after).waiting, 0U) << "the chain goes on with the rights of a server";
}

TEST_F(Restoring, WhatMayHaveLeftSinceIsInDoubtAndWhatIsDueLaterIsNot) {
    const std::int64_t now = std::stoll(*ask({"TIME"}).array()->at(0).string()) * 1000;
    post("due", 0);
    post("later", now + 3'600'000);
    ASSERT_TRUE(back_up());
    const Result<Restored> restored = bring_back();
    ASSERT_TRUE(restored) << restored.error().message();
    EXPECT_EQ(restored->in_doubt.at("fair-food"), 1);
    Started store(io, place.redis_dir);
    EXPECT_EQ(store.state(queue, "due").phase, Phase::unknown);
    EXPECT_EQ(store.state(queue, "due").note, "restored");
    EXPECT_GT(store.state(queue, "due").at_ms, now - 60'000);
    EXPECT_EQ(store.state(queue, "later").phase, Phase::queued);
}

TEST_F(Restoring, NothingIsOverwritten) {
    ASSERT_TRUE(back_up());
    ASSERT_TRUE(bring_back());
    const std::vector<std::string> before = there();
    const Result<Restored> again = bring_back();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), make_error_code(errc::there_already));
    EXPECT_EQ(there(), before);
    fs::remove_all(place.redis_dir + "/appendonlydir");
    EXPECT_EQ(in_the_way(place), place.state_dir + "/blobs");
}

TEST_F(Restoring, NotWhileAServerHoldsTheFolder) {
    ASSERT_TRUE(back_up());
    fs::create_directories(place.redis_dir);
    const auto held = redis::lock_directory(place.redis_dir);
    ASSERT_TRUE(held);
    EXPECT_EQ(bring_back().error(), make_error_code(errc::in_use));
}

TEST_F(Restoring, ADamagedOneLeavesNothingBehind) {
    ASSERT_TRUE(back_up());
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(-40, std::ios::end);
    const int drawn = bytes.get();  // another one, whatever was drawn for it
    bytes.seekp(-40, std::ios::end);
    bytes.put(static_cast<char>(drawn ^ 1));
    bytes.close();
    EXPECT_EQ(bring_back().error(), make_error_code(errc::damaged));
    EXPECT_THAT(there(), testing::IsEmpty());
    EXPECT_EQ(in_the_way(place), "");
    fs::resize_file(file, fs::file_size(file) / 2);
    EXPECT_EQ(bring_back().error(), make_error_code(errc::damaged));
    EXPECT_THAT(there(), testing::IsEmpty());
}

TEST_F(Restoring, AnotherKeyLeavesNothingBehind) {
    ASSERT_TRUE(back_up());
    EXPECT_EQ(bring_back(vault::make_circle("backup", 2).private_file).error(),
              make_error_code(errc::wrong_key));
    EXPECT_FALSE(fs::exists(place.state_dir)) << "an empty folder looks like a server's";
}

TEST_F(Restoring, AFolderThatWasThereStays) {
    ASSERT_TRUE(back_up());
    fs::create_directories(place.state_dir);
    EXPECT_FALSE(bring_back(vault::make_circle("backup", 2).private_file));
    EXPECT_TRUE(fs::exists(place.state_dir));
    EXPECT_FALSE(fs::exists(place.redis_dir));
}

TEST_F(Restoring, AnArchiveThatNamesFilesElsewhereIsRefused) {
    for (const char* name : {"blobs/../../escaped", "/tmp/escaped", "blobs/.hidden.sealed", "keys/pepper.key",
                             "blobs/a", "spool/a/b", "spool/"}) {
        fs::remove(file);
        Result<ArchiveWriter> writer =
            ArchiveWriter::create(file, {}, vault::parse_public_key(pair.public_file).value());
        ASSERT_TRUE(writer && writer->begin(name) && writer->write("x") && writer->end() && writer->finish());
        EXPECT_EQ(bring_back().error(), make_error_code(errc::damaged)) << name;
        EXPECT_THAT(there(), testing::IsEmpty()) << name;
    }
}

TEST_F(Restoring, AStoreThatRedisDoesNotLoadIsRefused) {
    Result<ArchiveWriter> writer =
        ArchiveWriter::create(file, {}, vault::parse_public_key(pair.public_file).value());
    ASSERT_TRUE(writer && writer->begin("store.rdb") && writer->write("REDIS0010junk") && writer->end() &&
                writer->finish());
    EXPECT_EQ(bring_back().error(), make_error_code(errc::store_refused));
    EXPECT_THAT(there(), testing::IsEmpty());
}

TEST_F(Restoring, TheSpoolComesAlong) {
    fs::create_directories(state.path() + "/spool");
    std::ofstream(state.path() + "/spool/0001.spool") << "sealed";
    ASSERT_TRUE(back_up());
    const Result<Restored> restored = bring_back();
    ASSERT_TRUE(restored) << restored.error().message();
    EXPECT_EQ(restored->spooled, 1U);
    EXPECT_TRUE(fs::exists(place.state_dir + "/spool/0001.spool"));
}

TEST_F(Restoring, AnEmptySpoolIsLeftOut) {  // it is 64 MiB of nothing
    fs::create_directories(state.path() + "/spool");
    ASSERT_TRUE(spool::open_file(spool::path_in(state.path()), 8U << 20U));
    ASSERT_TRUE(back_up());
    EXPECT_LT(fs::file_size(file), 2U << 20U);
    const Result<Restored> restored = bring_back();
    ASSERT_TRUE(restored) << restored.error().message();
    EXPECT_EQ(restored->spooled, 0U);
}

TEST_F(Restoring, WhatTheSpoolHeldIsReadBeforeTheStore) {  // or what is drained meanwhile would be in neither
    fs::create_directories(state.path() + "/spool");
    std::ofstream(state.path() + "/spool/events") << "a text";
    ASSERT_TRUE(back_up());
    Result<ArchiveReader> archive = ArchiveReader::open(file);
    ASSERT_TRUE(archive);
    std::vector<std::string> order;
    const auto nothing = []() -> Result<void> { return {}; };
    const auto begun = [&order](const std::string& name) -> Result<void> {
        order.push_back(name);
        return {};
    };
    const auto skipped = [](std::string_view) -> Result<void> { return {}; };
    ASSERT_TRUE(
        archive->read(vault::CirclePrivateKey::parse(pair.private_file).value(), {begun, skipped, nothing}));
    ASSERT_EQ(order.size(), 3U);
    EXPECT_EQ(order[0], "spool/events");
    EXPECT_EQ(order[1], "store.rdb");
    EXPECT_THAT(order[2], testing::StartsWith("blobs/"));
}

TEST_F(Restoring, ABackupOfNobodyIsNone) {
    BackupJob job{{}, state.path(), file, {}, {}};
    job.keeper.unix_path = "/nowhere/redis.sock";
    job.key = vault::parse_public_key(pair.public_file).value();
    EXPECT_FALSE(make_backup(std::move(job), [](const BackupDone&) {}));
    EXPECT_TRUE(fs::is_empty(shelf.path()));
}

}  // namespace
}  // namespace rightsline::keep

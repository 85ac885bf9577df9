#include "gateway/app/state_lock.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/redis_server.hpp"

namespace rightsline::app {
namespace {

TEST(ClaimFolder, MakesAFolderForUsAlone) {
    const tests::TemporaryDirectory parent;
    const std::string folder = parent.path() + "/a/state";
    EXPECT_EQ(claim_folder(folder, ::geteuid()), "");
    struct stat facts{};
    ASSERT_EQ(::stat(folder.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    ::chmod(folder.c_str(), 0777);
    EXPECT_EQ(claim_folder(folder, ::geteuid()), "");
    ASSERT_EQ(::stat(folder.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST(ClaimFolder, RefusesOneThatBelongsToAnotherUser) {
    const tests::TemporaryDirectory folder;
    uid_t me = ::geteuid();
    if (me == 0) {
        ASSERT_EQ(::chown(folder.path().c_str(), 65534, 65534), 0);
    } else {
        ++me;  // somebody else than the folder's owner
    }
    const std::string refusal = claim_folder(folder.path(), me);
    EXPECT_NE(refusal.find(folder.path() + " belongs to "), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("chown -R "), std::string::npos) << refusal;
}

TEST(ClaimFolder, RefusesAFileAndWhatCannotBeMade) {
    const tests::TemporaryDirectory parent;
    const std::string file = parent.path() + "/file";
    std::ofstream(file) << "x";
    EXPECT_NE(claim_folder(file, ::geteuid()).find("is a file"), std::string::npos);
    EXPECT_NE(claim_folder(file + "/below", ::geteuid()), "");
}

TEST(StateLock, IsHeldOnceAndNamesTheSettingThatPartsTheTwo) {
    const tests::TemporaryDirectory folder;
    const StateLock first = StateLock::take(folder.path(), "server.lock", "redis.directory");
    EXPECT_TRUE(first.held());
    const StateLock second = StateLock::take(folder.path(), "server.lock", "redis.directory");
    EXPECT_FALSE(second.held());
    EXPECT_NE(second.refusal().find("give this one a redis.directory of its own"), std::string::npos);
    EXPECT_TRUE(StateLock::take(folder.path()).held()) << "another lock";
}

}  // namespace
}  // namespace rightsline::app

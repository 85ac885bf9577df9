// What backup and restore refuse before a server is asked or a file is touched, and why nothing answered at a socket.
#include "gateway/cli/keep/backup_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "gateway/cli/keep/restore_command.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/net/error.hpp"
#include "gateway/vault/circle.hpp"
#include "tests/gateway/cli/scripted_terminal.hpp"
#include "tests/gateway/vault/key_folder.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class BackupCommand : public testing::Test {
 protected:
    void SetUp() override { std::filesystem::create_directories(folder_.path()); }
    std::string put(const std::string& name, const std::string& text) const {
        const std::string path = folder_.path() + "/" + name;
        std::ofstream(path) << text;
        return path;
    }
    std::string at(const std::string& name) const { return folder_.path() + "/" + name; }
    int run() {
        testing::internal::CaptureStderr();
        const int code = backup(options);
        said = testing::internal::GetCapturedStderr();
        return code;
    }

    vault::KeyFolder folder_;
    BackupOptions options{folder_.path() + "/api.sock", folder_.path(), "", 0, 0};
    std::string said;
};

TEST_F(BackupCommand, TheKeyOfACircleIsRefusedAndTheWayToARightOneSaid) {
    options.key = put("fair-food.1.pub", vault::make_circle("fair-food", 1).public_file);
    EXPECT_EQ(run(), 65);
    EXPECT_THAT(said, HasSubstr("the key of circle fair-food"));
    EXPECT_THAT(said, HasSubstr("rightsline key init-backup"));
    EXPECT_THAT(said, Not(HasSubstr("api.sock"))) << "the server was asked first";
}

TEST_F(BackupCommand, AKeyForBackupsIsTaken) {
    options.key = put("backup.pub", vault::make_circle("backup", 1).public_file);
    EXPECT_EQ(run(), 69) << "nobody listens";
    EXPECT_THAT(said, HasSubstr("api.sock: there is no such socket"));
}

TEST_F(BackupCommand, AFolderThatIsNotThereIsNamed) {
    options.to = at("not-mounted/today.backup");
    EXPECT_EQ(run(), 2);
    EXPECT_THAT(said, HasSubstr(at("not-mounted") + ": no such folder"));
    options.to = at("not-mounted");
    options.keep_daily = 30;
    EXPECT_EQ(run(), 2);
    EXPECT_THAT(said, HasSubstr(at("not-mounted") + ": no such folder"));
}

TEST(RestoreCommand, WhatIsNoFileIsSaidBeforeAnythingElse) {
    const vault::KeyFolder folder;
    std::filesystem::create_directories(folder.path());
    NoTerminal none;
    RestoreOptions options;
    options.state_dir = folder.path() + "/state";
    for (const auto& [from, words] :
         {std::pair(folder.path() + "/gone.backup", "no such file"), std::pair(folder.path(), "a folder")}) {
        options.from = from;
        testing::internal::CaptureStderr();
        EXPECT_EQ(restore(options, none), 65);
        EXPECT_THAT(testing::internal::GetCapturedStderr(),
                    testing::AllOf(HasSubstr(from + ": "), HasSubstr(words)));
        EXPECT_FALSE(std::filesystem::exists(options.state_dir));
    }
}

TEST(Unreachable, SaysWhatToDo) {
    const boost::system::error_code refused = net::make_error_code(net::errc::refused);
    EXPECT_THAT(unreachable_words("/a.sock", ENOENT, refused), HasSubstr("--socket or --dir"));
    EXPECT_THAT(unreachable_words("/a.sock", EACCES, refused), HasSubstr("as the server's user, or as root"));
    EXPECT_THAT(unreachable_words("/a.sock", 0, refused), HasSubstr("Is the server running?"));
}

}  // namespace
}  // namespace rightsline::cli

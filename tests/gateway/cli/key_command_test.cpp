#include "gateway/cli/keys/key_command.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/epoch.hpp"
#include "tests/gateway/vault/key_folder.hpp"

namespace rightsline::cli {
namespace {

class KeyCommand : public testing::Test {
 protected:
    KeyInitOptions options(const std::string& out) const {
        return {folder_.path(), "fair-food", out_of(out)};
    }
    std::string out_of(const std::string& name) const { return folder_.path() + "-" + name; }
    static vault::CirclePrivateKey private_key(const std::string& path) {
        std::ifstream file(path);
        return vault::CirclePrivateKey::parse(std::string(std::istreambuf_iterator<char>(file), {})).value();
    }
    vault::Keys keys() const { return vault::Keys::load(folder_.path()).value(); }

    vault::KeyFolder folder_;
};

TEST_F(KeyCommand, InitGivesACircleWhosePrivateHalfIsOnlyInTheNamedFile) {
    ASSERT_EQ(key_init(options("first")), 0);
    const vault::CirclePublicKey circle = keys().circle("fair-food").value();
    EXPECT_EQ(circle.version, 1U);
    EXPECT_EQ(private_key(out_of("first")).public_key().key, circle.key);
    struct stat info{};
    ASSERT_EQ(::stat(out_of("first").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(KeyCommand, InitTwiceKeepsTheFirstCircle) {
    ASSERT_EQ(key_init(options("first")), 0);
    const auto before = keys().circle("fair-food").value().key;
    EXPECT_NE(key_init(options("second")), 0);
    EXPECT_EQ(keys().circle("fair-food").value().key, before);
    EXPECT_FALSE(std::filesystem::exists(out_of("second")));
}

TEST_F(KeyCommand, InitNeverOverwritesAFileOrLeavesThePrivateKeyBesideTheKeys) {
    std::ofstream(out_of("first")) << "something else";
    EXPECT_NE(key_init(options("first")), 0);
    EXPECT_FALSE(vault::Keys::load(folder_.path())) << "no key was made";
    EXPECT_EQ(key_init({folder_.path(), "fair-food", folder_.path() + "/private"}), 2);
}

TEST_F(KeyCommand, InitMakesAllOrNothing) {
    const auto made = [this] {
        std::vector<std::string> files;
        std::error_code absent;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path(), absent)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path().filename().string());
            }
        }
        return files;
    };
    EXPECT_NE(key_init({folder_.path(), "fair-food", "/nonexistent/circle.key"}), 0);
    EXPECT_TRUE(made().empty()) << "a private key that cannot be written";
    std::filesystem::create_directory(folder_.path());
    std::ofstream(folder_.path() + "/circles") << "no folder";
    EXPECT_NE(key_init(options("first")), 0);
    std::filesystem::remove(folder_.path() + "/circles");
    EXPECT_TRUE(made().empty()) << "a public key that cannot be kept";
    EXPECT_FALSE(std::filesystem::exists(out_of("first")));
    std::ofstream(folder_.path() + "/number.key") << "left over";
    EXPECT_NE(key_init(options("first")), 0);
    EXPECT_EQ(made(), std::vector<std::string>{"number.key"}) << "a server's key that is there already";
    EXPECT_FALSE(std::filesystem::exists(out_of("first")));
    std::filesystem::remove(folder_.path() + "/number.key");
    EXPECT_EQ(key_init(options("first")), 0);
    EXPECT_EQ(made().size(),
              7U);  // pepper, number, state, the audit's pair, the months, the circle's public half
}

TEST_F(KeyCommand, AddAuditMakesTheNextPairAndKeepsTheOlderOne) {
    ASSERT_EQ(key_init(options("first")), 0);
    const Result<vault::Keys> before = vault::Keys::load(folder_.path());
    ASSERT_EQ(key_add_audit(folder_.path()), 0);
    const Result<vault::Keys> after = vault::Keys::load(folder_.path());
    ASSERT_TRUE(before && after && after->audits().size() == 2);
    EXPECT_EQ(after->audits()[0].id(), before->audits()[0].id());
    EXPECT_EQ(after->audit_signer()->public_key().id(), after->audits()[1].id());
    EXPECT_NE(key_add_audit(folder_.path() + "/nowhere"), 0);
}

TEST_F(KeyCommand, AddEpochsMakesTheMonthsThatAreWantingAndChangesNoOther) {
    ASSERT_EQ(key_init(options("first")), 0);
    const std::string path = folder_.path() + "/epochs/epochs.key";
    const std::string before = folder_.read("epochs/epochs.key");
    EXPECT_EQ(key_add_epochs(folder_.path()), 0);
    EXPECT_EQ(folder_.read("epochs/epochs.key"), before) << "two years are there already";
    std::filesystem::remove_all(folder_.path() + "/epochs");
    EXPECT_TRUE(vault::Keys::load(folder_.path())->epochs()->empty());
    EXPECT_EQ(key_add_epochs(folder_.path()), 0);
    EXPECT_EQ(vault::Keys::load(folder_.path())->epochs()->epochs().size(), 24U);
    EXPECT_NE(key_add_epochs(folder_.path() + "/nowhere"), 0);
}

TEST_F(KeyCommand, ARenewedCircleSealsWhatTheOldKeyCannotOpenAndTheOldKeyOpensItsOwn) {
    ASSERT_EQ(key_init(options("first")), 0);
    const std::string old_part =
        vault::seal_to_circle(keys().circle("fair-food").value(), "context", "before");
    ASSERT_EQ(key_renew_circle(options("second")), 0);
    EXPECT_EQ(keys().circle("fair-food").value().version, 2U);
    const std::string new_part =
        vault::seal_to_circle(keys().circle("fair-food").value(), "context", "after");
    EXPECT_EQ(private_key(out_of("first")).open("context", old_part).value(), "before");
    EXPECT_FALSE(private_key(out_of("first")).open("context", new_part));
    EXPECT_EQ(private_key(out_of("second")).open("context", new_part).value(), "after");
}

TEST_F(KeyCommand, OnlyACircleThatIsThereCanBeRenewed) {
    EXPECT_NE(key_renew_circle(options("first")), 0);
    ASSERT_EQ(key_init(options("first")), 0);
    EXPECT_NE(key_renew_circle({folder_.path(), "elsewhere", out_of("second")}), 0);
    EXPECT_FALSE(std::filesystem::exists(out_of("second")));
}

std::string said_by(int (*command)(const KeyInitOptions&), const KeyInitOptions& options) {
    testing::internal::CaptureStderr();
    EXPECT_NE(command(options), 0);
    return testing::internal::GetCapturedStderr();
}

TEST_F(KeyCommand, SaysWhatACirclesNameMayHold) {
    for (const char* name : {"Fair Food", "", "fair/food"}) {
        const std::string said = said_by(key_init, {folder_.path(), name, out_of("first")});
        EXPECT_NE(said.find("small letters (a-z), digits and '-'"), std::string::npos) << said;
        EXPECT_NE(said.find("'" + std::string(name) + "'"), std::string::npos) << said;
    }
    EXPECT_FALSE(std::filesystem::exists(out_of("first")));
}

TEST_F(KeyCommand, NamesTheUnknownCircleAndThoseThatAreThere) {
    ASSERT_EQ(key_init(options("first")), 0);
    ASSERT_EQ(key_init({folder_.path(), "another", out_of("second")}), 0);
    ASSERT_EQ(key_renew_circle(options("third")), 0);
    const std::string said = said_by(key_renew_circle, {folder_.path(), "elsewhere", out_of("fourth")});
    EXPECT_NE(said.find("'elsewhere'"), std::string::npos) << said;
    EXPECT_NE(said.find("another, fair-food."), std::string::npos) << said;
}

TEST_F(KeyCommand, ABackupKeyLeavesItsPrivateHalfOutsideAndNoCircleBehind) {
    ASSERT_EQ(key_init(options("first")), 0);
    ASSERT_EQ(key_init_backup({folder_.path(), "", out_of("backup")}), 0);
    std::ifstream file(backup_key_path(folder_.path()));
    const std::string text(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(private_key(out_of("backup")).public_key().key, vault::parse_public_key(text).value().key);
    EXPECT_EQ(keys().circle_names(), std::vector<std::string>{"fair-food"});
    struct stat info{};
    ASSERT_EQ(::stat(out_of("backup").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(KeyCommand, ASecondBackupKeyDoesNotTakeTheFirstOnesPlace) {
    ASSERT_EQ(key_init_backup({folder_.path(), "", out_of("backup")}), 0);
    EXPECT_EQ(key_init_backup({folder_.path(), "", out_of("other")}), 1);
    EXPECT_FALSE(std::filesystem::exists(out_of("other")));
    EXPECT_EQ(key_init_backup({folder_.path(), "", folder_.path() + "/private"}), 2);
}

TEST_F(KeyCommand, AStateKeyIsAddedBehindTheOthers) {
    EXPECT_NE(key_add_state(folder_.path()), 0);
    ASSERT_EQ(key_init(options("first")), 0);
    const vault::KeyId first = keys().states().back().id;
    ASSERT_EQ(key_add_state(folder_.path()), 0);
    ASSERT_EQ(keys().states().size(), 2U);
    EXPECT_EQ(keys().states().front().id, first);
    EXPECT_NE(keys().states().back().id, first);
}

// The runbook gives the folder to the service, and root makes the next keys in it.
TEST_F(KeyCommand, RootMakesTheNextKeysAsTheServiceThatOwnsTheFolder) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can act as somebody else";
    }
    constexpr uid_t service = 65534;
    ASSERT_EQ(key_init(options("first")), 0);
    const std::filesystem::path parent = std::filesystem::path(folder_.path()).parent_path();
    ASSERT_EQ(::chmod(parent.c_str(), 0755), 0);
    ASSERT_EQ(::chown(folder_.path().c_str(), service, service), 0);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        ASSERT_EQ(::chown(entry.path().c_str(), service, service), 0);
    }
    EXPECT_EQ(key_add_state(folder_.path()), 0);
    EXPECT_EQ(key_renew_circle(options("second")), 0);
    EXPECT_EQ(key_init_backup({folder_.path(), "", out_of("backup")}), 0);
    for (const char* made : {"/state.2.key", "/circles/fair-food.2.pub", "/backup.pub"}) {
        struct stat info{};
        EXPECT_EQ(::stat((folder_.path() + made).c_str(), &info), 0) << made;
        EXPECT_EQ(info.st_uid, service) << made;
    }
}

}  // namespace
}  // namespace rightsline::cli

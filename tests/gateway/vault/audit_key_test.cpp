#include "gateway/vault/audit_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "gateway/vault/error.hpp"
#include "tests/gateway/vault/key_folder.hpp"

namespace rightsline::vault {
namespace {

namespace fs = std::filesystem;

class AuditKeys : public testing::Test {
 protected:
    AuditKeys() { (void)folder.keys(); }
    std::string path(const std::string& name) const { return folder.path() + "/" + name; }
    KeyFolder folder;
};

TEST_F(AuditKeys, AFreshFolderHasAPairWhoseHalvesBelongTogether) {
    const Keys keys = folder.keys();
    ASSERT_NE(keys.audit_signer(), nullptr);
    ASSERT_EQ(keys.audits().size(), 1U);
    const AuditSignature signature = keys.audit_signer()->sign("a block");
    EXPECT_TRUE(keys.audits()[0].signed_this("a block", signature));
    EXPECT_FALSE(keys.audits()[0].signed_this("another", signature));
    EXPECT_EQ(keys.audits()[0].id(), keys.audit_signer()->public_key().id());
}

TEST_F(AuditKeys, ThePrivateHalfIsForItsOwnerAloneAndStandsNowhereElse) {
    struct stat info{};
    ASSERT_EQ(::stat(path("audit.1.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    const std::string secret = folder.read("audit.1.key");
    const std::string line = secret.substr(secret.find("key: ") + 5, 40);
    EXPECT_EQ(folder.read("audit.1.pub").find(line), std::string::npos);
    fs::permissions(path("audit.1.key"), fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::key_exposed);
}

TEST_F(AuditKeys, TheNextOneSignsAndTheOlderOnesStillProve) {
    const AuditSignature before = folder.keys().audit_signer()->sign("a block");
    const Result<std::string> added = add_audit_key(folder.path());
    ASSERT_TRUE(added);
    EXPECT_EQ(*added, path("audit.2.pub"));
    fs::remove(path("audit.1.key"));
    const Keys keys = folder.keys();
    EXPECT_EQ(keys.audit_signer()->public_key().version, 2U);
    ASSERT_EQ(keys.audits().size(), 2U);
    EXPECT_TRUE(keys.audits()[0].signed_this("a block", before));
    EXPECT_FALSE(keys.audits()[1].signed_this("a block", before));
}

TEST_F(AuditKeys, AFolderFromBeforeThereWereAnyIsLoadedAndSignsNothing) {
    fs::remove(path("audit.1.key"));
    fs::remove(path("audit.1.pub"));
    EXPECT_EQ(folder.keys().audit_signer(), nullptr);
    EXPECT_TRUE(folder.keys().audits().empty());
    ASSERT_TRUE(add_audit_key(folder.path()));
    EXPECT_NE(folder.keys().audit_signer(), nullptr);
}

TEST_F(AuditKeys, WhatIsNoKeyIsRefusedByName) {
    const std::string open = folder.read("audit.1.pub");
    EXPECT_TRUE(parse_audit_public(open));
    for (const std::string& odd : {std::string(), open.substr(0, open.size() - 10),
                                   folder.read("audit.1.key"), folder.read("pepper.key")}) {
        EXPECT_FALSE(parse_audit_public(odd));
    }
    EXPECT_FALSE(AuditKey::parse(open));
    EXPECT_EQ(read_audit_public(path("none.pub")).error(), errc::no_key_file);
    EXPECT_TRUE(read_audit_public(path("audit.1.pub")));
    fs::rename(path("audit.1.pub"), path("audit.7.pub"));
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::bad_key_file);
    const std::vector<KeyTrouble> troubles = key_troubles(folder.path());
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].path.find("audit"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::vault

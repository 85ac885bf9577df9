#include "gateway/cli/keep/as_owner.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/vault/key_folder.hpp"

namespace rightsline::cli {
namespace {

constexpr uid_t somebody = 65534;

// Root reads the keys of the service as the service; anybody else is who they are.
TEST(AsOwner, RootReadsKeysThatAreTheServicesOwn) {
    const vault::KeyFolder folder;
    ASSERT_TRUE(vault::make_keys(folder.path()));
    const uid_t before = ::geteuid();
    if (before == 0) {
        std::filesystem::permissions(std::filesystem::path(folder.path()).parent_path(),
                                     std::filesystem::perms::owner_all | std::filesystem::perms::group_exec |
                                         std::filesystem::perms::others_exec);
        ASSERT_EQ(::chown(folder.path().c_str(), somebody, somebody), 0);
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path())) {
            ASSERT_EQ(::chown(file.path().c_str(), somebody, somebody), 0);
        }
        EXPECT_FALSE(vault::Keys::load(folder.path())) << "the rule that this is for";
    }
    {
        const AsOwner owner(folder.path());
        EXPECT_EQ(::geteuid(), before == 0 ? somebody : before);
        EXPECT_TRUE(vault::Keys::load(folder.path()));
    }
    EXPECT_EQ(::geteuid(), before);
}

TEST(AsOwner, AFolderThatIsNotThereChangesNothing) {
    const uid_t before = ::geteuid();
    const AsOwner owner("/nowhere/at/all");
    EXPECT_EQ(::geteuid(), before);
}

}  // namespace
}  // namespace rightsline::cli

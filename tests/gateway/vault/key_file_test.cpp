#include "gateway/vault/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

class KeyFile : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(make_key_folder(folder_.path())); }
    KeyFolder folder_;
    std::string path_ = folder_.path() + "/some.key";
};

mode_t mode_of(const std::string& path) {
    struct stat info{};
    EXPECT_EQ(::stat(path.c_str(), &info), 0);
    return info.st_mode & 0777;
}

TEST_F(KeyFile, IsForItsOwnerOnly) {
    ASSERT_TRUE(write_key_file(path_, "text", Exposure::secret));
    EXPECT_EQ(mode_of(path_), 0600U);
    EXPECT_EQ(mode_of(folder_.path()), 0700U);
    EXPECT_EQ(read_key_file(path_, Exposure::secret)->reveal(), "text");
}

TEST_F(KeyFile, IsNeverOverwritten) {
    ASSERT_TRUE(write_key_file(path_, "first", Exposure::secret));
    EXPECT_EQ(write_key_file(path_, "second", Exposure::secret).error(), errc::key_exists);
    EXPECT_EQ(read_key_file(path_, Exposure::secret)->reveal(), "first");
}

TEST_F(KeyFile, ThatOthersMayReadIsRefused) {
    ASSERT_TRUE(write_key_file(path_, "text", Exposure::secret));
    for (const mode_t mode : {0640U, 0604U, 0620U, 0666U}) {
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
        EXPECT_EQ(read_key_file(path_, Exposure::secret).error(), errc::key_exposed) << std::oct << mode;
    }
}

TEST_F(KeyFile, ThatIsOpenMayBeReadButNotWrittenByOthers) {
    ASSERT_TRUE(write_key_file(path_, "text", Exposure::open));
    EXPECT_TRUE(read_key_file(path_, Exposure::open));
    ASSERT_EQ(::chmod(path_.c_str(), 0664), 0);
    EXPECT_EQ(read_key_file(path_, Exposure::open).error(), errc::key_exposed);
}

TEST_F(KeyFile, IsNotALinkAFolderOrHuge) {
    ASSERT_TRUE(write_key_file(path_, std::string(5000, 'x'), Exposure::secret));
    EXPECT_EQ(read_key_file(path_, Exposure::secret).error(), errc::bad_key_file);
    const std::string link = folder_.path() + "/link.key";
    ASSERT_EQ(::symlink(path_.c_str(), link.c_str()), 0);
    EXPECT_EQ(read_key_file(link, Exposure::secret).error(), errc::no_key_file);
    EXPECT_EQ(read_key_file(folder_.path(), Exposure::secret).error(), errc::bad_key_file);
    EXPECT_EQ(read_key_file(folder_.path() + "/none", Exposure::secret).error(), errc::no_key_file);
}

TEST_F(KeyFile, FolderThatOthersMayWriteIsRefused) {
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0770), 0);
    EXPECT_EQ(check_key_folder(folder_.path()).error(), errc::key_exposed);
}

TEST(KeyFileText, ReadsNamesOnce) {
    const std::string_view text = "head 1\nname: fair-food\nkey: AAEC\n";
    const KeyFileText file = KeyFileText::parse(text, "head 1").value();
    std::array<std::uint8_t, 3> key{};
    EXPECT_EQ(file.get("name"), "fair-food");
    EXPECT_EQ(file.get("other"), "");
    EXPECT_TRUE(file.get_bytes("key", key));
    EXPECT_EQ(key, (std::array<std::uint8_t, 3>{0, 1, 2}));
}

TEST(KeyFileText, RefusesWhatIsNotOurs) {
    std::array<std::uint8_t, 3> key{};
    for (const std::string_view text : {"", "head 2\n", "head 1\nname fair-food\n", "head 1\na: 1\na: 2\n"}) {
        EXPECT_EQ(KeyFileText::parse(text, "head 1").error(), errc::bad_key_file) << text;
    }
    for (const std::string_view text :
         {"head 1\nkey: AAECAw==\n", "head 1\nkey: AAE=\n", "head 1\nkey: ?\n", "head 1\n"}) {
        EXPECT_FALSE(KeyFileText::parse(text, "head 1")->get_bytes("key", key)) << text;
    }
}

}  // namespace
}  // namespace rightsline::vault

#include "gateway/vault/keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "gateway/vault/blob.hpp"
#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

TEST(MakeKeys, MakesFilesForTheOwnerOnly) {
    const KeyFolder folder;
    ASSERT_TRUE(make_keys(folder.path()));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        const bool open = entry.path().extension() == ".pub";  // a public half: nobody else may write it
        const auto others = entry.status().permissions() & std::filesystem::perms(open ? 022 : 077);
        EXPECT_EQ(others, std::filesystem::perms::none) << entry.path();
    }
    EXPECT_TRUE(Keys::load(folder.path()));
}

TEST(MakeKeys, RefusesToOverwriteAndChangesNothing) {
    for (const std::string kept : {"pepper.key", "number.key", "state.1.key"}) {
        const KeyFolder folder;
        ASSERT_TRUE(make_keys(folder.path()));
        const std::string before = folder.read(kept);
        for (const std::string gone : {"pepper.key", "number.key", "state.1.key"}) {
            if (gone != kept) {
                std::filesystem::remove(folder.path() + "/" + gone);
            }
        }
        EXPECT_EQ(make_keys(folder.path()).error(), errc::key_exists) << kept;
        EXPECT_EQ(folder.read(kept), before);
    }
}

TEST(Keys, AreDifferentEveryTime) {
    const KeyFolder one;
    const KeyFolder two;
    EXPECT_NE(one.keys().pepper().id, two.keys().pepper().id);
    EXPECT_NE(one.keys().pepper().id, one.keys().number().id);
}

TEST(Keys, MissingOrExposedFilesAreRefused) {
    const KeyFolder folder;
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::no_key_file);
    for (const std::string name : {"pepper.key", "number.key", "state.1.key"}) {
        const KeyFolder other;
        ASSERT_TRUE(make_keys(other.path()));
        ASSERT_EQ(::chmod((other.path() + "/" + name).c_str(), 0644), 0);
        EXPECT_EQ(Keys::load(other.path()).error(), errc::key_exposed) << name;
        std::filesystem::remove(other.path() + "/" + name);
        EXPECT_EQ(Keys::load(other.path()).error(), errc::no_key_file) << name;
    }
}

TEST(Keys, ADamagedOrSwappedFileIsRefused) {
    const KeyFolder folder;
    ASSERT_TRUE(make_keys(folder.path()));
    const std::string good = folder.read("pepper.key");
    for (std::size_t i = 0; i < good.size() - 2; ++i) {
        std::string bad = good;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        std::ofstream(folder.path() + "/pepper.key") << bad;
        EXPECT_EQ(Keys::load(folder.path()).error(), errc::bad_key_file) << i;
    }
    std::ofstream(folder.path() + "/pepper.key") << folder.read("number.key");
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::bad_key_file);
}

TEST(Keys, AfterARotationTheNewestSealsAndAllOpen) {
    const KeyFolder folder;
    const Keys before = folder.keys();
    const std::string old = seal_blob(before.states().back(), Purpose::answer, "k", "old");
    for (int i = 0; i < 10; ++i) {  // past ten: the order is by number, not by name
        ASSERT_TRUE(add_state_key(folder.path()));
    }
    const Keys after = folder.keys();
    ASSERT_EQ(after.states().size(), 11U);
    EXPECT_EQ(after.states().front().id, before.states().front().id);
    const std::string fresh = seal_blob(after.states().back(), Purpose::answer, "k", "new");
    EXPECT_EQ(open_blob(after.states(), Purpose::answer, "k", old).value(), "old");
    EXPECT_EQ(open_blob(after.states(), Purpose::answer, "k", fresh).value(), "new");
    EXPECT_EQ(open_blob(before.states(), Purpose::answer, "k", fresh).error(), errc::unknown_key);
    EXPECT_NE(folder.read("state.11.key"), "");
}

TEST(Keys, KnowTheNewestVersionOfACircle) {
    const KeyFolder folder;
    ASSERT_TRUE(make_keys(folder.path()));
    const CirclePair first = make_circle("fair-food", 9);
    const CirclePair second = make_circle("fair-food", 10);
    ASSERT_TRUE(add_circle(folder.path(), second.public_file));
    ASSERT_TRUE(add_circle(folder.path(), first.public_file));
    EXPECT_EQ(add_circle(folder.path(), first.public_file).error(), errc::key_exists);
    const Keys keys = folder.keys();
    EXPECT_EQ(keys.circle("fair-food")->version, 10U);
    EXPECT_EQ(keys.circle("fair-food")->key, parse_public_key(second.public_file)->key);
    EXPECT_EQ(keys.circle("other").error(), errc::unknown_key);
}

TEST(Keys, APrivateKeyOfACircleIsNeverTaken) {
    const KeyFolder folder;
    ASSERT_TRUE(make_keys(folder.path()));
    const CirclePair pair = make_circle("fair-food", 1);
    EXPECT_EQ(add_circle(folder.path(), pair.private_file).error(), errc::bad_key_file);
    std::ofstream(folder.path() + "/circles/fair-food.1.pub") << pair.private_file;
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::bad_key_file);
}

TEST(KeyTroubles, NameEachFileAndWhatIsWrongWithIt) {
    const KeyFolder folder;
    ASSERT_EQ(::mkdir(folder.path().c_str(), 0700), 0);
    EXPECT_EQ(key_troubles(folder.path()).size(), 4U) << "pepper, number, state, circles";
    ASSERT_TRUE(make_keys(folder.path()));
    EXPECT_TRUE(key_troubles(folder.path()).empty());
    std::ofstream(folder.path() + "/circles/garbage.pub") << "garbage";
    const CirclePair pair = make_circle("fair-food", 2);
    std::ofstream(folder.path() + "/circles/renamed.1.pub") << pair.public_file;
    ASSERT_EQ(::chmod((folder.path() + "/number.key").c_str(), 0644), 0);
    const std::vector<KeyTrouble> troubles = key_troubles(folder.path());
    ASSERT_EQ(troubles.size(), 3U);
    EXPECT_EQ(troubles[0].path, folder.path() + "/number.key");
    EXPECT_EQ(troubles[0].error, errc::key_exposed);
    EXPECT_EQ(troubles[1].path, folder.path() + "/circles/garbage.pub");
    EXPECT_NE(troubles[1].what.find("no public key of a circle"), std::string::npos);
    EXPECT_EQ(troubles[2].path, folder.path() + "/circles/renamed.1.pub");
    EXPECT_NE(troubles[2].what.find("fair-food.2.pub"), std::string::npos);
    EXPECT_EQ(key_troubles(folder.path() + "/nowhere").size(), 1U);
}

TEST(Keys, ACirclesFolderThatOthersMayWriteIsRefused) {
    const KeyFolder folder;
    ASSERT_TRUE(make_keys(folder.path()));
    ASSERT_EQ(::chmod((folder.path() + "/circles").c_str(), 0777), 0);
    EXPECT_EQ(Keys::load(folder.path()).error(), errc::key_exposed);
}

}  // namespace
}  // namespace rightsline::vault

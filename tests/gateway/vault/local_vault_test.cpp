#include "gateway/vault/local_vault.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/vault/blob.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/keyed_names.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

template <class T>
T run(Awaitable<T> work) {
    boost::asio::io_context loop;
    auto done = boost::asio::co_spawn(loop, std::move(work), boost::asio::use_future);
    loop.run();
    return done.get();
}

class LocalVault : public testing::Test {
 protected:
    KeyFolder folder_;
    std::unique_ptr<Vault> vault_ = make_vault(folder_.keys());
};

TEST_F(LocalVault, NamesABatchInOrder) {
    const auto ids = run(vault_->id(
        {{IdKind::phone, "+15005550006"}, {IdKind::event, "SM1"}, {IdKind::phone, "+15005550006"}}));
    ASSERT_TRUE(ids);
    ASSERT_EQ(ids->size(), 3U);
    EXPECT_EQ((*ids)[0], (*ids)[2]);
    EXPECT_NE((*ids)[0], (*ids)[1]);
}

TEST_F(LocalVault, OpensABatchThatItSealed) {
    const auto sealed = run(vault_->seal({{Purpose::conversation, "c", "one"},
                                          {Purpose::number, "n", "+15005550006"},
                                          {Purpose::receipt_note, "r", ""}}));
    ASSERT_TRUE(sealed);
    const auto plain = run(vault_->open({{Purpose::conversation, "c", (*sealed)[0]},
                                         {Purpose::number, "n", (*sealed)[1]},
                                         {Purpose::receipt_note, "r", (*sealed)[2]}}));
    ASSERT_TRUE(plain);
    EXPECT_EQ(*plain, (std::vector<std::string>{"one", "+15005550006", ""}));
}

TEST_F(LocalVault, SealsNumbersUnderAnotherKeyThanConversations) {
    const auto sealed = run(vault_->seal({{Purpose::conversation, "c", "x"}, {Purpose::number, "c", "x"}}));
    const auto key_id = [&](std::size_t i) { return (*sealed)[i].substr(2, 4); };
    EXPECT_NE(key_id(0), key_id(1));
    EXPECT_EQ(run(vault_->open({{Purpose::conversation, "c", (*sealed)[1]}})).error(),
              errc::sealed_otherwise);
}

/// As they stand in stores from before there was a one-way seal.
TEST_F(LocalVault, OpensANumberOfBefore) {
    const std::string before = seal_blob(folder_.keys().number(), Purpose::number, "n", "+15005550006");
    EXPECT_EQ(run(vault_->open({{Purpose::number, "n", before}}))->front(), "+15005550006");
    EXPECT_EQ(run(vault_->open({{Purpose::number, "m", before}})).error(), errc::sealed_otherwise);
    EXPECT_EQ(run(vault_->open({{Purpose::reply, "n", before}})).error(), errc::sealed_otherwise);
}

TEST_F(LocalVault, KeepsTheOrderOfABatchThatIsPartlyTheHomes) {
    const auto sealed = run(vault_->seal(
        {{Purpose::reply, "r", "one"}, {Purpose::answer, "a", "two"}, {Purpose::number, "n", "three"}}));
    ASSERT_TRUE(sealed);
    EXPECT_TRUE(is_one_way((*sealed)[0]));
    EXPECT_FALSE(is_one_way((*sealed)[1]));
    const auto plain = run(vault_->open({{Purpose::reply, "r", (*sealed)[0]},
                                         {Purpose::answer, "a", (*sealed)[1]},
                                         {Purpose::number, "n", (*sealed)[2]}}));
    ASSERT_TRUE(plain);
    EXPECT_EQ(*plain, (std::vector<std::string>{"one", "two", "three"}));
    const auto ids = run(vault_->id({{IdKind::event, "e"}, {IdKind::phone, "p"}, {IdKind::limit, "p"}}));
    const KeyedNames names(folder_.keys());
    EXPECT_EQ((*ids)[0], names.name(IdKind::event, "e"));
    EXPECT_EQ((*ids)[1], names.name(IdKind::phone, "p"));
    EXPECT_EQ((*ids)[2], names.name(IdKind::limit, "p"));
}

/// Users stay longer than any state key, and an old one may be taken away.
TEST_F(LocalVault, SealsLoginsUnderNoStateKey) {
    const auto sealed =
        run(vault_->seal({{Purpose::login, "u", "maria"}, {Purpose::conversation, "u", "x"}}));
    ASSERT_TRUE(sealed);
    ASSERT_TRUE(add_state_key(folder_.path()));
    std::filesystem::remove(folder_.path() + "/state.1.key");
    const auto later = make_vault(folder_.keys());
    EXPECT_EQ(run(later->open({{Purpose::login, "u", (*sealed)[0]}}))->front(), "maria");
    EXPECT_EQ(run(later->open({{Purpose::conversation, "u", (*sealed)[1]}})).error(), errc::unknown_key);
    EXPECT_EQ(run(later->open({{Purpose::spool, "u", (*sealed)[0]}})).error(), errc::unknown_key);
}

TEST_F(LocalVault, GivesNothingWhenOneOfABatchIsBad) {
    const auto sealed = run(vault_->seal({{Purpose::answer, "a", "one"}, {Purpose::answer, "b", "two"}}));
    const auto swapped =
        run(vault_->open({{Purpose::answer, "a", (*sealed)[0]}, {Purpose::answer, "a", (*sealed)[1]}}));
    EXPECT_EQ(swapped.error(), errc::sealed_otherwise);
}

}  // namespace
}  // namespace rightsline::vault

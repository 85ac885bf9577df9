#include "locales/private_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <type_traits>

namespace rightsline::locales {
namespace {

TEST(PrivateText, WipeLeavesNoByteBehind) {
    std::string words(100, 'w');
    const char* bytes = words.data();
    wipe(words);
    EXPECT_TRUE(words.empty());
    EXPECT_TRUE(std::all_of(bytes, bytes + 100, [](char c) { return c == '\0'; }));
}

TEST(PrivateText, MovedFromIsEmpty) {
    PrivateText first(std::string("they took our papers"));
    const PrivateText second(std::move(first));
    EXPECT_EQ(second.reveal(), "they took our papers");
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is the promise
}

TEST(PrivateText, CannotBePrintedOrConverted) {
    static_assert(!std::is_convertible_v<PrivateText, std::string>);
    static_assert(!std::is_convertible_v<PrivateText, std::string_view>);
    static_assert(!std::is_convertible_v<std::string, PrivateText>);
}

}  // namespace
}  // namespace rightsline::locales

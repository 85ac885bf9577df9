#include "redis/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace rightsline::redis {
namespace {

TEST(RedisError, EveryErrorHasItsOwnSentence) {
    std::set<std::string> sentences;
    for (int value = 1; value <= static_cast<int>(errc::functions_gone); ++value) {
        sentences.insert(make_error_code(static_cast<errc>(value)).message());
    }
    EXPECT_EQ(sentences.size(), static_cast<std::size_t>(errc::functions_gone));
    EXPECT_STREQ(category().name(), "redis");
}

}  // namespace
}  // namespace rightsline::redis

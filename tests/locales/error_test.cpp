#include "locales/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace rightsline::locales {
namespace {

TEST(LocalesError, EveryEnumeratorHasItsOwnSentence) {
    std::set<std::string> sentences;
    for (const auto e : {errc::bad_language, errc::bad_pattern, errc::spell_out, errc::unsupported_format,
                         errc::incomplete_plural, errc::unknown_plural}) {
        const boost::system::error_code code = e;
        EXPECT_STREQ(code.category().name(), "rightsline.locales");
        EXPECT_NE(code.message(), "unknown");
        sentences.insert(code.message());
    }
    EXPECT_EQ(sentences.size(), 6U);
}

}  // namespace
}  // namespace rightsline::locales

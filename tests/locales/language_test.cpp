#include "locales/language.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "locales/error.hpp"

namespace rightsline::locales {
namespace {

LanguageTag tag(std::string_view text) { return LanguageTag::parse(text).value(); }

TEST(LanguageTag, TakesLanguageScriptAndRegionInCanonicalCase) {
    EXPECT_EQ(tag("es").str(), "es");
    EXPECT_EQ(tag("ES-mx").str(), "es-MX");
    EXPECT_EQ(tag("zh-hANT-tw").str(), "zh-Hant-TW");
    EXPECT_EQ(tag("es-419").str(), "es-419");
    EXPECT_EQ(tag("hmn-latn").str(), "hmn-Latn");
    EXPECT_TRUE(tag("und").is_undetermined());
    EXPECT_TRUE(LanguageTag().is_undetermined());
}

TEST(LanguageTag, RefusesWhatIsNotOne) {
    for (const auto* bad :
         {"", "e", "es_MX", "es-", "-es", "es--MX", "es-MX-MX", "es-MX-Latn", "es-M", "es-x-y", "español",
          "spanish", "es-4190", "es MX", "e1", "zh-Hant-TW-x", "es-ññ"}) {
        const auto parsed = LanguageTag::parse(bad);
        ASSERT_TRUE(parsed.has_error()) << bad;
        EXPECT_EQ(parsed.error(), errc::bad_language) << bad;
    }
}

TEST(LanguageTag, ParentDropsTheLastPart) {
    EXPECT_EQ(tag("zh-Hant-TW").parent(), tag("zh-Hant"));
    EXPECT_EQ(tag("es-MX").parent(), tag("es"));
    EXPECT_TRUE(tag("es").parent().is_undetermined());
    EXPECT_TRUE(LanguageTag().parent().is_undetermined());
}

TEST(FallbackChain, GoesUpAndEndsWithTheBaseOnce) {
    using ::testing::ElementsAre;
    EXPECT_THAT(fallback_chain(tag("es-MX"), tag("en")), ElementsAre(tag("es-MX"), tag("es"), tag("en")));
    EXPECT_THAT(fallback_chain(tag("en-US"), tag("en")), ElementsAre(tag("en-US"), tag("en")));
    EXPECT_THAT(fallback_chain(tag("en"), tag("en")), ElementsAre(tag("en")));
    EXPECT_THAT(fallback_chain(LanguageTag(), tag("en")), ElementsAre(tag("en")));
}

}  // namespace
}  // namespace rightsline::locales

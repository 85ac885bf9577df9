#include "gateway/providers/say_voice.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace rightsline::providers {
namespace {

TEST(SayVoice, SpeaksEnglishAndSpanishWithTheirOwnMouth) {
    EXPECT_EQ(say_voice(language("en"))->language, "en-US");
    EXPECT_EQ(say_voice(language("en-GB"))->language, "en-US");
    EXPECT_EQ(say_voice(language("es"))->language, "es-MX");
    EXPECT_EQ(say_voice(language("es-GT"))->language, "es-MX");
    EXPECT_EQ(say_voice(language("es-US"))->language, "es-US");
}

TEST(SayVoice, NeverSpeaksALanguageThatTheProviderCannot) {
    EXPECT_FALSE(say_voice(language("ht")));
    EXPECT_FALSE(say_voice(language("mam")));
    EXPECT_FALSE(say_voice(locales::LanguageTag()));
}

}  // namespace
}  // namespace rightsline::providers

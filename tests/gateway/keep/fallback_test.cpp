// What is said when the server is gone: well-formed, the same each time, with the emergency number, and never "saved".
#include "gateway/keep/fallback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "flows/words.hpp"
#include "gateway/stores/sources.hpp"
#include "tests/support/twiml.hpp"

namespace rightsline::keep {
namespace {

using tests::Element;
using tests::parse_twiml;

constexpr const char* base = "https://static.example.org/hotline";
constexpr const char* number = "+15005550006";

const flows::Pack& pack() {
    static const flows::PackPtr compiled = [] {
        const std::string root = RIGHTSLINE_SOURCE_DIR;
        locales::Complaints complaints;
        return flows::compile(
                   stores::read_bundle({root + "/flows/fair-food", root + "/locales", {}}, complaints))
            .pack;
    }();
    return *compiled;
}

Fallback made(std::optional<locales::LanguageTag> language = std::nullopt) {
    return make_fallback(pack(), {{number, true, true, language}}, base);
}

Element document(const Fallback& fallback, const std::string& name) {
    const auto found = std::ranges::find(fallback.documents, name, &FallbackDocument::name);
    return found == fallback.documents.end() ? Element() : parse_twiml(found->bytes);
}

std::string words_of(const Element& element) {
    std::string all = element.text;
    for (const Element& child : element.children) {
        all += " " + words_of(child);
    }
    return all;
}

TEST(Fallback, ACallerHearsTheNumberForDangerAndMaySpeak) {
    const Fallback fallback = made();
    ASSERT_EQ(fallback.places.size(), 1U);
    const Element voice = document(fallback, fallback.places[0].voice);
    EXPECT_EQ(voice.name, "Response");
    EXPECT_THAT(words_of(voice), testing::HasSubstr("9 1 1"));
    const Element& record = voice.child("Record");
    EXPECT_EQ(record.attribute("method"), "GET");
    EXPECT_LE(std::stoi(record.attribute("maxLength")), 600);
    const std::string after = record.attribute("action");
    ASSERT_TRUE(after.starts_with(std::string(base) + "/after-"))
        << "else the same document is fetched for ever";
    const Element thanks = document(fallback, after.substr(std::string(base).size() + 1));
    EXPECT_EQ(thanks.all("Record").size(), 0U);
    EXPECT_EQ(thanks.all("Hangup").size(), 1U);
}

TEST(Fallback, ATextIsAnsweredOnceInEveryLanguage) {
    const Fallback fallback = made();
    const Element text = document(fallback, fallback.places[0].texts);
    ASSERT_EQ(text.all("Message").size(), 1U);
    const std::string words = words_of(text);
    for (const char* sentence :
         {"We will read your message", "Vamos a leer tu mensaje", "N ap li mesaj ou"}) {
        EXPECT_THAT(words, testing::HasSubstr(sentence));
    }
    EXPECT_THAT(words, testing::HasSubstr("911"));
}

// Nobody has it before our server has fetched it: no word may say otherwise.
TEST(Fallback, NeverSaysThatAnythingIsSaved) {
    const std::map<std::string, std::vector<std::string>> lies{
        {"en", {"save", "keep", "kept", "receiv", "arriv", "have your"}},
        {"es", {"guard", "recib", "tenemos", "lleg"}},
        {"ht", {"sove", "kenbe", "resevwa", "anrejistre", "gen mesaj"}}};
    for (const char* key : {"common.fallback_voice", "common.fallback_thanks", "common.fallback_text"}) {
        const flows::TextIndex index = pack().find_text(key);
        ASSERT_NE(index, flows::no_text) << key;
        ASSERT_EQ(pack().languages.size(), lies.size());
        for (std::size_t i = 0; i < pack().languages.size(); ++i) {
            const flows::Values none;
            const std::string words = flows::Words(pack(), flows::Mode::sms, none)
                                          .text(index, static_cast<flows::LanguageIndex>(i));
            ASSERT_FALSE(words.empty()) << key;
            for (const std::string& lie : lies.at(pack().languages[i].str())) {
                EXPECT_EQ(words.find(lie), std::string::npos) << words;
            }
        }
    }
}

TEST(Fallback, IsTheSameEachTimeAndNamedByWhatIsInIt) {
    const Fallback one = made();
    const Fallback other = made();
    ASSERT_EQ(one.documents.size(), other.documents.size());
    for (std::size_t i = 0; i < one.documents.size(); ++i) {
        EXPECT_EQ(one.documents[i].name, other.documents[i].name);
        EXPECT_EQ(one.documents[i].bytes, other.documents[i].bytes);
    }
    const Fallback elsewhere = make_fallback(pack(), {{number, true, true, {}}}, "https://other.example");
    EXPECT_NE(elsewhere.places[0].voice, one.places[0].voice);
    EXPECT_EQ(elsewhere.places[0].texts, one.places[0].texts);
}

TEST(Fallback, ALineOfOneLanguageSpeaksItAlone) {
    const Fallback spanish = made(*locales::LanguageTag::parse("es"));
    EXPECT_EQ(words_of(document(spanish, spanish.places[0].texts)).find("We will"), std::string::npos);
    const Fallback creole = made(*locales::LanguageTag::parse("ht"));
    EXPECT_EQ(creole.places[0].voice, "") << "no recordings here, and no machine speaks it";
    EXPECT_THAT(creole.unspoken, testing::ElementsAre("ht"));
}

TEST(Fallback, HoldsNoNumberOfOursAndNoServer) {
    for (const FallbackDocument& one : made().documents) {
        EXPECT_EQ(one.bytes.find("5005550006"), std::string::npos);
        EXPECT_EQ(one.bytes.find("/hooks/"), std::string::npos);
    }
}

}  // namespace
}  // namespace rightsline::keep

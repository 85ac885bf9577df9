#include "locales/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/locid.h>
#include <unicode/numfmt.h>

#include <memory>

#include "locales/error.hpp"

namespace rightsline::locales {
namespace {

using ::testing::ElementsAre;

LanguageTag tag(std::string_view text) { return LanguageTag::parse(text).value(); }
Message message(std::string_view pattern, std::string_view language = "en") {
    return Message::compile(pattern, tag(language)).value();
}
boost::system::error_code refused(std::string_view pattern, std::string_view language = "en") {
    const auto compiled = Message::compile(pattern, tag(language));
    return compiled ? boost::system::error_code() : compiled.error();
}

TEST(Message, ConstantTextIsOnePiece) {
    const auto made = message("We are here. It's free.");
    ASSERT_EQ(made.pieces().size(), 1U);
    EXPECT_EQ(std::get<TextPiece>(made.pieces()[0]).text, "We are here. It's free.");
    EXPECT_EQ(made.text({}), "We are here. It's free.");
    EXPECT_TRUE(made.placeholders().empty());
    EXPECT_EQ(made.language(), tag("en"));
    EXPECT_EQ(message("").text({}), "");
}

TEST(Message, SpeltCodeIsItsOwnPieceAndGrouped) {
    const auto made = message("Use {code, spell}. Once more: {code, spell}.");
    ASSERT_EQ(made.pieces().size(), 5U);
    EXPECT_EQ(std::get<SpeltPiece>(made.pieces()[1]).argument, "code");
    EXPECT_EQ(std::get<TextPiece>(made.pieces()[2]).text, ". Once more: ");
    EXPECT_EQ(made.text({{"code", "123456789012"}}), "Use 1234 5678 9012. Once more: 1234 5678 9012.");
    EXPECT_THAT(made.placeholders(), ElementsAre("code"));
}

TEST(Message, ChoiceAndStatusAreChoicePieces) {
    const auto made = message("For {choice}, press {digit, spell}.");
    EXPECT_EQ(std::get<ChoicePiece>(made.pieces()[1]).argument, "choice");
    EXPECT_EQ(made.text({{"choice", "wages"}, {"digit", "1"}}), "For wages, press 1.");
    EXPECT_EQ(std::get<ChoicePiece>(message("{status}").pieces()[0]).argument, "status");
    EXPECT_THAT(made.placeholders(), ElementsAre("choice", "digit"));
}

TEST(Message, PlainNameIsFormattedAndAMissingArgumentIsNothing) {
    const auto made = message("Hello {place}!");
    EXPECT_EQ(std::get<FormattedPiece>(made.pieces()[1]).pattern, "{place}");
    EXPECT_EQ(made.text({{"place", "Immokalee {x}"}}), "Hello Immokalee {x}!");
    EXPECT_EQ(made.text({}), "Hello !");
}

TEST(Message, PluralAndSelect) {
    const auto made =
        message("{n, plural, =0 {Nothing} one {# reply} other {# replies}} {who, select, a {A} other {B}}");
    EXPECT_EQ(made.text({{"n", "0"}, {"who", "a"}}), "Nothing A");
    EXPECT_EQ(made.text({{"n", "1"}, {"who", "z"}}), "1 reply B");
    EXPECT_EQ(made.text({{"n", "2"}}), "2 replies B");
    EXPECT_EQ(made.text({}), " replies B");
    EXPECT_EQ(std::get<FormattedPiece>(made.pieces()[2]).pattern, "{who, select, a {A} other {B}}");
    EXPECT_THAT(made.placeholders(), ElementsAre("n", "who"));
}

TEST(Message, PluralWithOffsetAndNestedNames) {
    const auto made =
        message("{n, plural, offset:1 =1 {{who}} one {{who} and # more} other {{who} and # more!}}");
    EXPECT_EQ(made.text({{"n", "1"}, {"who", "Ana"}}), "Ana");
    EXPECT_EQ(made.text({{"n", "2"}, {"who", "Ana"}}), "Ana and 1 more");
    EXPECT_EQ(made.text({{"n", "4"}, {"who", "Ana"}}), "Ana and 3 more!");
    EXPECT_THAT(made.placeholders(), ElementsAre("n", "who"));
}

TEST(Message, QuotesFollowMessageFormat) {
    EXPECT_EQ(message("Mwen pa konnen sa k'ap fèt, m'ap tann").text({}),
              "Mwen pa konnen sa k'ap fèt, m'ap tann");
    EXPECT_EQ(message("l''{name}").text({{"name", "ami"}}), "l'ami");
    EXPECT_EQ(message("'{'name'}'").text({}), "{name}");
    EXPECT_EQ(message("don''t").text({}), "don't");
    EXPECT_EQ(message("end'").text({}), "end'");
}

TEST(Message, AnApostropheThatSwallowsThePlaceholderIsRefused) {
    EXPECT_EQ(refused("Se l'{choice} ou vle"), errc::bad_pattern);
    EXPECT_EQ(refused("a '{b''c"), errc::bad_pattern);
    EXPECT_EQ(refused("a '{b'' c' d"), boost::system::error_code());
}

struct Refusal {
    const char* label;
    const char* pattern;
    errc why;
};
class MessageRefusal : public ::testing::TestWithParam<Refusal> {};

TEST_P(MessageRefusal, SaysWhy) { EXPECT_EQ(refused(GetParam().pattern), GetParam().why); }

INSTANTIATE_TEST_SUITE_P(
    All, MessageRefusal,
    ::testing::Values(Refusal{"open_brace", "Hello {name", errc::bad_pattern},
                      Refusal{"close_brace", "Hello } {", errc::bad_pattern},
                      Refusal{"numbered", "Hello {0}", errc::bad_pattern},
                      Refusal{"empty_name", "Hello {}", errc::bad_pattern},
                      Refusal{"bad_utf8", "Hello \xff", errc::bad_pattern},
                      Refusal{"bare_code", "Your code is {code}", errc::spell_out},
                      Refusal{"bare_emergency", "Call {emergency}", errc::spell_out},
                      Refusal{"bare_digit", "Press {digit}", errc::spell_out},
                      Refusal{"number", "{n, number}", errc::spell_out},
                      Refusal{"number_style", "{n, number, integer}", errc::spell_out},
                      Refusal{"spellout", "{code, spellout}", errc::spell_out},
                      Refusal{"ordinal", "{n, ordinal}", errc::spell_out},
                      Refusal{"duration", "{n, duration}", errc::spell_out},
                      Refusal{"selectordinal", "{n, selectordinal, one {#st} other {#th}}", errc::spell_out},
                      Refusal{"nested_bare_code", "{n, plural, one {{code}} other {}}", errc::spell_out},
                      Refusal{"nested_spell", "{n, plural, one {{code, spell}} other {}}", errc::spell_out},
                      Refusal{"date", "{d, date}", errc::unsupported_format},
                      Refusal{"time", "{d, time, short}", errc::unsupported_format},
                      Refusal{"choice", "{n, choice, 0#none|1#one}", errc::unsupported_format},
                      Refusal{"unknown", "{n, shout}", errc::unsupported_format},
                      Refusal{"spell_style", "{code, spell, fast}", errc::unsupported_format},
                      Refusal{"no_one", "{n, plural, other {#}}", errc::incomplete_plural},
                      Refusal{"no_other", "{n, plural, one {#}}", errc::incomplete_plural},
                      Refusal{"few_in_english", "{n, plural, one {#} few {#} other {#}}",
                              errc::unknown_plural}),
    [](const auto& one) { return one.param.label; });

TEST(MessagePlural, ClassesAreThoseOfTheLanguage) {
    constexpr auto two = "{n, plural, one {#} other {#}}";
    constexpr auto many = "{n, plural, one {#} many {#} other {#}}";
    constexpr auto six = "{n, plural, zero {#} one {#} two {#} few {#} many {#} other {#}}";
    EXPECT_EQ(refused(two, "es"), errc::incomplete_plural);
    EXPECT_FALSE(refused(many, "es").failed());
    EXPECT_FALSE(refused(many, "es-MX").failed());
    EXPECT_FALSE(refused(many, "fr").failed());
    EXPECT_FALSE(refused(six, "ar").failed());
    EXPECT_EQ(refused(many, "ar"), errc::incomplete_plural);
    EXPECT_FALSE(refused(two, "bn").failed());
    EXPECT_FALSE(refused("{n, plural, other {#}}", "vi").failed());
    EXPECT_EQ(refused(two, "vi"), errc::unknown_plural);
    EXPECT_FALSE(refused(two, "st").failed());
}

TEST(MessagePlural, ALanguageThatCldrDoesNotKnowHasOneClass) {
    // ICU would accept `one` here and silently never pick it.
    EXPECT_EQ(refused("{n, plural, one {# mesaj} other {# mesaj}}", "ht"), errc::unknown_plural);
    EXPECT_FALSE(refused("{n, plural, other {# mesaj}}", "ht").failed());
    EXPECT_EQ(refused("{n, plural, one {#} other {#}}", "mam"), errc::unknown_plural);
}

/// Runs with another process default locale and puts the old one back.
class DefaultLocale {
 public:
    explicit DefaultLocale(const char* name) { set(icu::Locale(name)); }
    ~DefaultLocale() { set(old_); }
    DefaultLocale(const DefaultLocale&) = delete;
    DefaultLocale& operator=(const DefaultLocale&) = delete;

 private:
    static void set(const icu::Locale& locale) {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale::setDefault(locale, status);
        ASSERT_TRUE(U_SUCCESS(status));
    }
    icu::Locale old_ = icu::Locale::getDefault();
};

TEST(MessageFallback, IcuItselfFallsBackToTheProcessLocaleSilently) {
    const DefaultLocale french("fr_FR");
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberFormat> numbers(
        icu::NumberFormat::createInstance(icu::Locale("ht"), status));
    ASSERT_TRUE(U_SUCCESS(status));
    const auto actual = numbers->getLocale(ULOC_ACTUAL_LOCALE, status);
    EXPECT_STRNE(actual.getLanguage(), "ht")
        << "the trap is gone: phrase.hpp may use icu::MessageFormat again";
}

TEST(MessageFallback, OurTextsNeverDependOnTheProcessLocale) {
    for (const auto* language : {"ht", "st", "bn", "es", "ar", "quc", "xh", "und"}) {
        const auto classes =
            std::string(language) == "bn" || std::string(language) == "st" || std::string(language) == "xh"
                ? "one {# x} other {# y}"
            : std::string(language) == "es" ? "one {# x} many {# z} other {# y}"
            : std::string(language) == "ar" ? "zero {#} one {# x} two {#} few {#} many {#} other {# y}"
                                            : "other {# y}";
        const auto pattern = std::string("{n, plural, ").append(classes).append("}");
        std::string first;
        for (const auto* process : {"en_US", "fr_FR", "ar_EG", "bn_BD"}) {
            const DefaultLocale set(process);
            const auto said = message(pattern, language).text({{"n", "1234567"}}) +
                              message(pattern, language).text({{"n", "1"}});
            first = first.empty() ? said : first;
            EXPECT_EQ(said, first) << language << " under " << process;
        }
        EXPECT_TRUE(first.starts_with("1234567")) << first;
    }
}

TEST(Message, DeepAndLongPatternsAreBounded) {
    EXPECT_EQ(refused(std::string(20000, 'a')), errc::bad_pattern);
    std::string deep;
    for (int level = 0; level < 500; ++level) {
        deep += "{a,select,other{";
    }
    deep += "x" + std::string(1000, '}');
    EXPECT_EQ(message(deep).text({}), "x");
}

TEST(Message, CopiesShareTheirFormats) {
    const auto made = message("{n, plural, one {a} other {b}}");
    const Message copy = made;  // NOLINT(performance-unnecessary-copy-initialization)
    EXPECT_EQ(copy.text({{"n", "1"}}), "a");
}

TEST(GroupDigits, ByFour) {
    EXPECT_EQ(group_digits("123456789012"), "1234 5678 9012");
    EXPECT_EQ(group_digits("911"), "911");
    EXPECT_EQ(group_digits("12345"), "1234 5");
    EXPECT_EQ(group_digits(""), "");
}

}  // namespace
}  // namespace rightsline::locales

// Danger from outside: the case is there before the worker has ended anything, and later words make a case urgent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;

boost::json::object only_case(const Hotline& hotline) {
    const boost::json::array cases = hotline.cases();
    EXPECT_EQ(cases.size(), 1U);
    return cases.empty() ? boost::json::object()
                         : hotline.show(std::string(cases[0].as_object().at("alias").as_string()));
}

TEST(Danger, AStoryIsACaseWithItsFirstTextAndGrowsAndOpensWithItsCode) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550131");
    phone.texts(spanish_to_story);
    phone.texts({"tiene una pistola"});
    EXPECT_EQ(only_case(hotline).at("urgency").as_string(), "P1");
    phone.texts({"nos espera en la puerta", "1", "1", "cerca de Immokalee", "0", "0", "0"});
    const std::string code = code_in(phone.texts({"1"}));
    ASSERT_EQ(code.size(), 12U);
    const std::vector<std::pair<std::string, std::string>> sent{{"story", "tiene una pistola"},
                                                                {"story", "nos espera en la puerta"},
                                                                {"where", "cerca de Immokalee"}};
    EXPECT_EQ(told(only_case(hotline)), sent);
    EXPECT_THAT(hotline.phone("+50250000131").texts({"hi", "1", "2", code}),  // at the main menu, as it is
                HasSubstr(hotline.words("program.statuses.unanswered", "en")));
}

TEST(Danger, WordsWhereAChoiceIsAskedForAreInTheCase) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550136");
    phone.texts({"hi", "2", "1"});
    EXPECT_THAT(phone.texts({"we are in the packing house at Sol Farm"}),
                HasSubstr(hotline.words("common.words_kept", "es")));
    EXPECT_EQ(only_case(hotline).at("urgency").as_string(), "P1");
    phone.texts({"North gate"});
    const std::vector<std::pair<std::string, std::string>> sent{
        {"story", "we are in the packing house at Sol Farm"}, {"story", "North gate"}};
    EXPECT_EQ(told(only_case(hotline)), sent);
    phone.texts({"borrar"});
    EXPECT_EQ(hotline.cases().size(), 1U);
    phone.texts({"2"});
    EXPECT_EQ(hotline.cases().size(), 0U);
}

TEST(Danger, WordsInALaterAnswerAndInWhatIsAddedMakeTheCaseUrgent) {
    for (const bool returns : {false, true}) {
        const Hotline hotline;
        const TwilioPhone phone = hotline.phone("+13055550132");
        phone.texts(spanish_to_story);
        phone.texts({"no nos pagaron", "1", "1"});
        EXPECT_EQ(only_case(hotline).at("urgency").as_string(), "P3");
        if (returns) {
            phone.texts({"0", "0", "0", "0"});
            const std::string code = code_in(phone.texts({"1"}));
            const TwilioPhone other = hotline.phone("+50250000132");
            other.texts(english_to_code);
            open_by_text(hotline, other, code);
            other.texts({"2", "now he has a gun"});
        } else {
            phone.texts({"en el rancho, tiene una pistola"});
        }
        EXPECT_EQ(only_case(hotline).at("urgency").as_string(), "P1") << returns;
    }
}

TEST(Danger, ACaseThatWasFiledBeforeALanguageWasPickedTakesTheOneThatIsPicked) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550135");
    phone.texts({"help me they have my passport"});
    EXPECT_EQ(only_case(hotline).at("language").as_string(), "en");
    phone.texts({"1", "2"});
    EXPECT_EQ(only_case(hotline).at("language").as_string(), "es");
}

TEST(Danger, ACaseThatWasFiledAtOnceIsStillDeletedByItsWorker) {
    const Hotline hotline;
    const TwilioPhone story = hotline.phone("+13055550133");
    story.texts(spanish_to_story);
    story.texts({"tiene una pistola", "1", "3", "2"});
    EXPECT_EQ(hotline.cases().size(), 0U);
    const TwilioPhone opening = hotline.phone("+13055550134");
    opening.texts({"help me they have my passport"});
    EXPECT_EQ(hotline.cases().size(), 1U);
    opening.texts({"2"});
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_THAT(opening.texts({"2"}), HasSubstr(hotline.words("common.deleted", "ht")));
    EXPECT_EQ(hotline.cases().size(), 0U);
}

}  // namespace
}  // namespace rightsline::tests

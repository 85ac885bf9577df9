#include "gateway/conversations/picture_notice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::conversations {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

class PictureNotice : public testing::Test {
 protected:
    void SetUp() override {
        pack = shipped_pack();
        ASSERT_NE(pack, nullptr);
    }
    /// What is answered to a picture with `words` after `before`, by key.
    std::vector<std::string> answer(const std::vector<std::string>& before, const std::string& words) {
        flows::Context context;
        context.fresh_id = {1};
        std::optional<flows::Step> step;
        std::vector<std::string> texts = before;
        texts.push_back(words);
        for (const std::string& text : texts) {
            const flows::Texted event{locales::PrivateText(text)};
            step = step ? flows::step(*pack, step->conversation, event, context)
                        : flows::start(*pack, flows::Mode::sms, event, context);
        }
        tell_of_pictures(*pack, *step);
        silent = step->silent;
        messages = step->actions.size();
        std::vector<std::string> keys;
        for (const flows::Action& action : step->actions) {
            const auto& text = std::get<flows::Text>(action);
            std::string body;
            for (const flows::Utterance& part : text.parts) {
                keys.push_back(part.key + " " + part.language.str());
                body += body.empty() ? part.text : "\n" + part.text;
            }
            EXPECT_EQ(text.body, body);
        }
        return keys;
    }

    flows::PackPtr pack;
    bool silent = false;
    std::size_t messages = 0;
};

TEST_F(PictureNotice, StandsInFrontOfTheAnswerAndInTheWorkersLanguage) {
    const auto keys = answer({"hola", "2", "2", "2", "1"}, "nos quitan una hora cada semana");
    EXPECT_THAT(keys, ElementsAre("common.picture_lost es", "common.story_more es"));
    EXPECT_EQ(messages, 1U);
}

TEST_F(PictureNotice, BreaksTheSilenceInWhichLaterTextsOfAStoryAreKept) {
    const std::vector<std::string> before{"hi", "1", "2", "2", "1", "one of it", "two of it", "three of it"};
    EXPECT_THAT(answer(before, "four of it"), ElementsAre("common.picture_lost en"));
    EXPECT_FALSE(silent);
}

TEST_F(PictureNotice, IsInEveryLanguageWhileNobodyKnowsWhichAndBehindTheEmergencyNumber) {
    const auto keys = answer({}, "he has a gun and they keep our passports");
    const auto nth = [&](const std::string& key) { return std::ranges::find(keys, key) - keys.begin(); };
    ASSERT_THAT(keys, IsSupersetOf({"common.danger_call_short en", "common.danger_call_short ht",
                                    "common.picture_lost en", "common.picture_lost ht"}));
    EXPECT_LT(nth("common.danger_call_short ht"), nth("common.picture_lost en"));
    EXPECT_LT(nth("common.picture_lost ht"), static_cast<std::ptrdiff_t>(keys.size()) - 1);
}

TEST_F(PictureNotice, IsNotSentToAPhoneThatWantsNoTexts) {
    EXPECT_THAT(answer({"hi", "1", "STOP"}, ""), ElementsAre());
    EXPECT_TRUE(silent);
}

}  // namespace
}  // namespace rightsline::conversations

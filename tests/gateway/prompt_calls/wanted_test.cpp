#include "gateway/prompt_calls/wanted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/prompt_calls/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompt_calls {
namespace {

using State = prompts::ScriptLine::State;
using testing::ElementsAre;
using testing::SizeIs;

prompts::ScriptedLine line(const std::string& key, State state) {
    prompts::ScriptedLine one;
    one.line.language = "st";
    one.line.key = key;
    one.line.text = "words of " + key;
    one.line.state = state;
    return one;
}

prompts::ScriptedLine with_take(prompts::ScriptedLine one, prompts::Take::State state,
                                const std::string& words) {
    one.take.emplace();
    one.take->state = state;
    one.take->text_hash = locales::hash_text(words);
    return one;
}

const std::vector<prompts::ScriptedLine> script{
    line("a", State::recorded),
    line("b", State::missing),
    line("c", State::stale),
    line("d", State::draft),
    line("e", State::untranslated),
    with_take(line("f", State::missing), prompts::Take::State::waiting, "words of f"),
    with_take(line("g", State::missing), prompts::Take::State::waiting, "older words"),
    with_take(line("h", State::missing), prompts::Take::State::rejected, "words of h")};

TEST(PromptCallWanted, IsWhatHasNoRecordingAndNoTakeOfTheseWordsThatWaits) {
    EXPECT_THAT(wanted(script, Only::missing, {}).value(), ElementsAre("b.0", "c.0", "d.0", "g.0", "h.0"));
}

TEST(PromptCallWanted, CanBeWhatHasOneOfOtherWordsAlone) {
    EXPECT_THAT(wanted(script, Only::stale, {}).value(), ElementsAre("c.0"));
}

TEST(PromptCallWanted, NamedLinesAreReadWhateverTheyHaveButForThoseNobodyTranslated) {
    EXPECT_THAT(wanted(script, Only::missing, {"f", "a.0"}).value(), ElementsAre("a.0", "f.0"));
    EXPECT_EQ(wanted(script, Only::missing, {"e"}).error(), make_error_code(errc::nothing_wanted));
    EXPECT_EQ(wanted(script, Only::missing, {"a", "no.such"}).error(), make_error_code(errc::no_such_prompt));
}

TEST(PromptCallWanted, NothingLeftIsSaidAndNoCallIsLongerThanAnybodyReads) {
    EXPECT_EQ(wanted({line("a", State::recorded)}, Only::missing, {}).error(),
              make_error_code(errc::nothing_wanted));
    std::vector<prompts::ScriptedLine> many;
    for (int i = 0; i < 150; ++i) {
        many.push_back(line("k" + std::to_string(i), State::missing));
    }
    EXPECT_THAT(wanted(many, Only::missing, {}).value(), SizeIs(most_lines));
}

}  // namespace
}  // namespace rightsline::prompt_calls

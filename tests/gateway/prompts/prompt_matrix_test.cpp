#include "gateway/prompts/prompt_matrix.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

namespace json = boost::json;
using State = ScriptLine::State;

ScriptLine line(const char* language, const char* key, State state) {
    return {language, "fair-food", key, 0, std::string("words of ") + key, state};
}

const std::vector<ScriptLine> script{
    line("en", "a", State::recorded), line("en", "b", State::draft), line("en", "c", State::missing),
    line("st", "a", State::missing),  line("st", "b", State::stale), line("st", "d", State::untranslated),
};

std::optional<Take> no_take(const ScriptLine&) { return std::nullopt; }

/// A take of each line of "st", in that state.
TakeOf takes_of(Take::State state, bool same_words = true) {
    return [=](const ScriptLine& one) -> std::optional<Take> {
        if (one.language != "st") {
            return std::nullopt;
        }
        Take take;
        take.state = state;
        take.text_hash = locales::hash_text(same_words ? one.text : "other words");
        return take;
    };
}

TEST(PromptMatrix, HasARowPerPromptAndAColumnPerLanguage) {
    EXPECT_EQ(lines_table(prompt_matrix(script, no_take)),
              "prompt\ten\tst\n"
              "a.0\trecorded\tmissing\n"
              "b.0\tdraft\tstale\n"
              "c.0\tmissing\t-\n"
              "d.0\t-\tuntranslated\n");
}

TEST(PromptMatrix, CountsEachStateOnce) {
    EXPECT_EQ(counts_table(prompt_matrix(script, takes_of(Take::State::waiting))),
              "language\tlines\trecorded\tstale\tdraft\tmissing\tuntranslated\twaiting\n"
              "en\t3\t1\t0\t1\t1\t0\t0\n"
              "st\t3\t0\t1\t0\t1\t1\t3\n");
}

TEST(PromptMatrix, ATakeStandsBesideWhatACallHearsAndChangesNothingOfIt) {
    const auto cell = [](const TakeOf& takes) {
        return prompt_matrix(script, takes).rows[1].cells[1]->text();
    };
    EXPECT_EQ(cell(takes_of(Take::State::waiting)), "stale+waiting");
    EXPECT_EQ(cell(takes_of(Take::State::waiting, false)), "stale+outdated");
    EXPECT_EQ(cell(takes_of(Take::State::rejected)), "stale+rejected");
    EXPECT_EQ(cell(takes_of(Take::State::unreadable)), "stale+unreadable");
    EXPECT_EQ(cell(takes_of(Take::State::approved)), "stale") << "its words changed after it was approved";
}

TEST(PromptMatrix, ATakeOfOtherWordsIsNotCountedAsOneThatCanBeApproved) {
    EXPECT_EQ(prompt_matrix(script, takes_of(Take::State::waiting, false)).counts[1].waiting, 0U);
}

TEST(PromptMatrix, SaysTheSameAsJson) {
    const json::value all = json::parse(matrix_json(prompt_matrix(script, takes_of(Take::State::waiting))));
    EXPECT_EQ(all.at("languages").at(1).at("language"), "st");
    EXPECT_EQ(all.at("languages").at(1).at("stale"), 1);
    EXPECT_EQ(all.at("languages").at(1).at("draft"), 0);
    EXPECT_EQ(all.at("prompts").at(1).at("cells").at("st"),
              (json::value{{"state", "stale"}, {"take", "waiting"}}));
    EXPECT_EQ(all.at("prompts").at(1).at("cells").at("en"), (json::value{{"state", "draft"}}));
    EXPECT_FALSE(all.at("prompts").at(2).at("cells").as_object().contains("st"));
}

TEST(PromptMatrix, OfNothingIsAHeading) { EXPECT_EQ(lines_table(prompt_matrix({}, no_take)), "prompt\n"); }

}  // namespace
}  // namespace rightsline::prompts

// ScriptedPlay: one scripted test in one language, step by step, with a transcript of what happened.
//
// Threading: one test.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/coverage.hpp"
#include "flows/scripted.hpp"
#include "flows/scripted/shell.hpp"

namespace rightsline::flows {

class ScriptedPlay {
 public:
    /// `language`: that of the test, for `{language}` and for what is expected to be heard once it was chosen.
    ScriptedPlay(const Pack& pack, const locales::Node& test, Mode mode,
                 std::optional<LanguageIndex> language, Coverage& coverage);
    ScriptedResult run();

 private:
    void one_step(const locales::Node& step);
    bool input(const std::string& verb, const locales::Node& value);
    bool condition(const std::string& verb, const locales::Node& value);
    void give(const Event& event);
    void hear(const locales::Node& pattern);
    bool says_text(const Utterance& said, const std::string& key) const;
    void note_heard(const std::string& key, LanguageIndex language);
    void expect(const locales::Node& wanted);
    std::optional<std::string> state_of(const std::string& what) const;
    void expect_one(const std::string& what, const locales::Node& value);
    void expect_list(const std::string& what, const locales::Node& value,
                     const std::vector<std::string>& got);
    void reorder(const locales::Node& steps);
    void fail(const locales::Node& at, std::string why);
    void note_exit(const Event& event);
    void note_said();
    std::string filled(std::string text) const;
    std::string language_key() const;

    const Pack& pack_;
    const locales::Node& test_;
    Mode mode_;
    std::optional<LanguageIndex> language_;
    Coverage& coverage_;
    ScriptedShell shell_;
    ScriptedResult result_;
    std::size_t next_heard_ = 0;  // hear steps are met in order
    struct Heard {
        BlockIndex block;
        LanguageIndex language;
        bool chooses_language;
    };
    struct Left {
        BlockIndex block;
        LanguageIndex language;
        std::string exit;
    };
    std::vector<Left> left_;        // what this test covers if it passes
    std::optional<Heard> waiting_;  // the asserted prompt that waits for an answer
    std::vector<Heard> passed_;     // asserted say blocks of this turn
};

}  // namespace rightsline::flows

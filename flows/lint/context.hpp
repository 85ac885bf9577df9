// LintContext: what every group of rules sees, and how a finding gets its file and line.
//
// Owner: one call of lint(). The groups only read the build and append findings; their order does not matter.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "flows/lint.hpp"
#include "flows/loader/build.hpp"

namespace rightsline::flows {

struct LintContext {
    const Build& build;
    const Pack& pack;
    const LintOptions& options;
    std::vector<std::uint8_t> uses;  // by TextIndex: one bit per Mode in which a worker meets the text
    Complaints findings;

    bool used_in(TextIndex text, Mode mode) const {
        return (uses[text] >> static_cast<unsigned>(mode) & 1U) != 0;
    }
    /// True when these words are the language's own: those of another language are judged there.
    bool own_words(LanguageIndex language, TextIndex text) const;
    /// The text as a worker would see it, with a value of usual length for each placeholder.
    std::string sample(LanguageIndex language, TextIndex text) const;
    const Node& node(BlockIndex block) const { return *build.block_nodes[block]; }

    void at_block(BlockIndex block, std::string rule, std::string what, std::string mend,
                  Complaint::Level level = Complaint::Level::error);
    void at_text(LanguageIndex language, TextIndex text, std::string rule, std::string what, std::string mend,
                 Complaint::Level level = Complaint::Level::error);
    void at_node(const Node& node, std::string rule, std::string what, std::string mend,
                 Complaint::Level level = Complaint::Level::error);
    /// At the words of a choice in that language, wherever its author wrote them.
    void at_words(BlockIndex block, const Choice& choice, LanguageIndex language, const std::string& rule,
                  const std::string& what, const std::string& mend,
                  Complaint::Level level = Complaint::Level::error);
    const Node& choice_node(BlockIndex block, const Choice& choice) const;
    /// An error where the program is live, a warning while it is being written.
    Complaint::Level draft_level() const;
};

/// The text that a mode gets: its own wording, else the one for any mode.
TextIndex wording(const Prompt& prompt, Mode mode);
bool in_mode(const Block& block, Mode mode);
/// Texts of menus and asks are questions; nullptr for other kinds.
const Prompt* prompt_of(const Block& block);
/// True when the folded `text` holds the folded `words` as whole words.
bool holds_words(std::string_view text, std::string_view words);

inline constexpr Mode every_mode[] = {Mode::sms, Mode::voice, Mode::ussd};

void lint_graph(LintContext& lint);       // unreachable-block, dead-end, loop-without-input, unhandled-exit
void lint_menus(LintContext& lint);       // too-many-choices, key-collision, opt-out-word, yes-no-trap
void lint_collisions(LintContext& lint);  // word-collision
void lint_texts(LintContext& lint);       // placeholders-differ, unknown-placeholder, missing-common …
void lint_audio(LintContext& lint);       // missing-audio, stale-audio, long-prompt
void lint_callers(LintContext& lint);     // slow-language, same-words-again
void lint_length(LintContext& lint);      // too-many-segments, not-one-segment, ussd-overflow
void lint_cost(LintContext& lint);        // costly-text
void lint_secrets(LintContext& lint);  // sealed-in-condition, secret-by-text, unmarked-secret, unknown-choice
void lint_stale(LintContext& lint);    // stale-translation
void lint_words(LintContext& lint);    // dangerous-word, not-neutral, asks-identity, not-free
void lint_missing_words(LintContext& lint);  // missing-words
void lint_ready_answers(LintContext& lint);  // answer-placeholder, answer-too-long
void lint_program(LintContext& lint);        // old-fact, bad-emergency-number, never-filed …

}  // namespace rightsline::flows

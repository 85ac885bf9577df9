// Ready answers are whole sentences of one length: nothing is filled in, and what is sealed looks the same whichever it is.
#include "flows/limits.hpp"
#include "flows/lint/context.hpp"

namespace rightsline::flows {
namespace {

void check_words(LintContext& lint, LanguageIndex language, TextIndex text) {
    if (!lint.pack.text(language, text).placeholders().empty()) {
        lint.at_text(language, text, "answer-placeholder", "has a placeholder, and nobody fills it in",
                     "an answer is a whole sentence as it stands");
        return;
    }
    const std::size_t bytes = lint.sample(language, text).size();
    if (bytes > limits::ready_answer_bytes) {
        lint.at_text(language, text, "answer-too-long",
                     "takes " + std::to_string(bytes) + " bytes of at most " +
                         std::to_string(limits::ready_answer_bytes) +
                         ": sealed, it would be told from the others by its size",
                     "shorten it");
    }
}

}  // namespace

void lint_ready_answers(LintContext& lint) {
    for (const ReadyAnswer& answer : lint.pack.answers) {
        for (std::size_t i = 0; answer.say != no_text && i < lint.pack.languages.size(); ++i) {
            if (lint.own_words(static_cast<LanguageIndex>(i), answer.say)) {
                check_words(lint, static_cast<LanguageIndex>(i), answer.say);
            }
        }
    }
}

}  // namespace rightsline::flows

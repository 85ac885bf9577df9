#include "flows/limits.hpp"
#include "flows/lint_context.hpp"
#include "locales/fitting.hpp"
#include "locales/segments.hpp"

namespace rightsline::flows {

namespace {

constexpr std::size_t most_segments = 3;

class LengthLint {
 public:
    explicit LengthLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            for (std::size_t text = 0; text < pack_.text_keys.size(); ++text) {
                const auto l = static_cast<LanguageIndex>(language);
                const auto t = static_cast<TextIndex>(text);
                if (!lint_.own_words(l, t)) {
                    continue;
                }
                if (lint_.used_in(t, Mode::sms)) {
                    check_text(l, t);
                }
                if (lint_.used_in(t, Mode::ussd)) {
                    check_screen(l, t);
                }
            }
        }
    }

 private:
    static bool must_be_one(std::string_view key) {
        return key == "common.opener" || key == "common.first_text" || key == "common.story_more" ||
               key == "common.not_kept";
    }

    void check_text(LanguageIndex language, TextIndex text) {
        const std::string words = lint_.sample(language, text);
        const locales::EncodingCost cost = locales::encoding_cost(words);
        if (cost.avoidable && cost.segments > cost.segments_without) {
            std::string named;
            for (const locales::ForcingCharacter& c : cost.characters) {
                named += (named.empty() ? "" : ", ") + c.character + " (" + c.code + ")";
            }
            lint_.at_text(language, text, "costly-text",
                          "costs " + std::to_string(cost.segments) + " SMS parts instead of " +
                              std::to_string(cost.segments_without) + " because of " + named,
                          "reword it without the character where the language allows",
                          Complaint::Level::warning);
        }
        if (must_be_one(pack_.text_keys[text]) && cost.segments > 1) {
            lint_.at_text(language, text, "not-one-segment",
                          "takes " + std::to_string(cost.segments) + " SMS parts and must fit one",
                          "shorten it");
        } else if (cost.segments > most_segments) {
            lint_.at_text(language, text, "too-many-segments",
                          "takes " + std::to_string(cost.segments) + " SMS parts",
                          "shorten it, or give it a shorter sms: wording", Complaint::Level::warning);
        }
    }

    void check_screen(LanguageIndex language, TextIndex text) {
        const std::string words = lint_.sample(language, text);
        if (!locales::fits(words, {limits::ussd_gsm, limits::ussd_ucs2})) {
            lint_.at_text(language, text, "ussd-overflow", "does not fit one USSD screen",
                          "give it a ussd: wording of at most 182 characters (80 beyond GSM-7)",
                          Complaint::Level::warning);
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_length(LintContext& lint) { LengthLint(lint).run(); }

}  // namespace rightsline::flows

#include "flows/engine/screen.hpp"
#include "flows/lint/context.hpp"
#include "locales/segments.hpp"

namespace rightsline::flows {

namespace {

constexpr std::size_t most_segments = 3;
constexpr std::size_t most_screens =
    3;  // the engine pages longer words; nobody turns four pages within a session

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
               key == "common.not_kept" || key == "common.not_sure" || key == "common.danger_call" ||
               key == "common.fallback_text" || key == "common.arrived" || key == "common.ping" ||
               key == "common.check_in";
    }

    void check_text(LanguageIndex language, TextIndex text) {
        const std::size_t segments = locales::plan_segments(lint_.sample(language, text)).segments();
        if (must_be_one(pack_.text_keys[text]) && segments > 1) {
            lint_.at_text(language, text, "not-one-segment",
                          "takes " + std::to_string(segments) + " SMS parts and must fit one", "shorten it");
        } else if (segments > most_segments) {
            lint_.at_text(language, text, "too-many-segments",
                          "takes " + std::to_string(segments) + " SMS parts",
                          "shorten it, or give it a shorter sms: wording", Complaint::Level::warning);
        }
    }

    void check_screen(LanguageIndex language, TextIndex text) {
        const TextIndex more = pack_.find_text("common.more_ussd");
        const std::string next = more == no_text ? std::string{} : lint_.sample(language, more);
        const std::size_t screens = screens_of(lint_.sample(language, text), next);
        if (screens > most_screens) {
            lint_.at_text(
                language, text, "ussd-overflow", "takes " + std::to_string(screens) + " USSD screens",
                "give it a ussd: wording of at most three screens (182 characters each, 80 beyond GSM-7)",
                Complaint::Level::warning);
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_length(LintContext& lint) { LengthLint(lint).run(); }

}  // namespace rightsline::flows

// A language whose texts are all there, and whose workers' answers nobody would understand.
#include <utility>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

using locales::ReadingWords;
using locales::Words;

constexpr std::pair<const char*, Words ReadingWords::*> needed[] = {
    {"yes", &ReadingWords::yes},   {"no", &ReadingWords::no},       {"stop", &ReadingWords::stop},
    {"help", &ReadingWords::help}, {"erase", &ReadingWords::erase}, {"done", &ReadingWords::done},
    {"skip", &ReadingWords::skip}};

class MissingWordLint {
 public:
    explicit MissingWordLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            if (!pack_.message_only[language]) {  // its workers leave a message, and answer nothing
                check(language);
            }
        }
    }

 private:
    void check(std::size_t language) {
        std::string empty;
        for (const auto& [name, list] : needed) {
            if ((pack_.reading[language].*list).empty()) {
                empty += (empty.empty() ? "" : ", ") + std::string(name);
            }
        }
        const std::string folder = "locales/" + pack_.languages[language].str() + "/";
        const std::string own = folder + pack_.program + ".yaml";
        const bool no_danger = pack_.danger_words[language].empty();
        if (empty.empty() && !no_danger) {
            return;
        }
        const std::string mend =
            (empty.empty() ? std::string() : "list them under reading: as locales/en/common.yaml does") +
            (empty.empty() || !no_danger ? "" : ", and ") +
            (no_danger ? "write danger_words: in " + own + " with the cries for help" : "");
        const std::string lists =
            empty + (empty.empty() || !no_danger ? "" : ", ") + (no_danger ? "danger_words" : "");
        const std::string file = empty.empty() ? own : folder + "common.yaml";
        lint_.findings.push_back({file, line_of(language, !empty.empty()), "missing-words",
                                  pack_.language_names[language] + " has no words for " + lists +
                                      ": a worker who types them is not understood",
                                  mend, Complaint::Level::warning});
    }

    /// Where the lists stand, or would.
    int line_of(std::size_t language, bool common) const {
        const auto locale = lint_.build.sources.locales.find(pack_.languages[language].str());
        if (locale == lint_.build.sources.locales.end()) {
            return 0;
        }
        return common ? locale->second.common["reading"].line()
                      : locale->second.program["danger_words"].line();
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_missing_words(LintContext& lint) { MissingWordLint(lint).run(); }

}  // namespace rightsline::flows

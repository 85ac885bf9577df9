// Translations whose source has changed: each locale file records the words that it was translated from.
#include "flows/lint/context.hpp"
#include "locales/audio.hpp"

namespace rightsline::flows {

namespace {

class StaleLint {
 public:
    explicit StaleLint(LintContext& lint) : lint_(lint) {}

    void run() {
        for (const auto& [tag, source] : lint_.build.sources.locales) {
            check_file(source.common, "common.");
            check_file(source.program, "");
        }
    }

 private:
    /// A file without `from:` records nothing, and nothing is asked of it.
    void check_file(const Node& file, const std::string& prefix) {
        const Node& from = file["from"];
        if (from.missing()) {
            return;
        }
        for (const auto& [name, entry] : file["texts"].entries()) {
            const auto text = lint_.pack.text_index.find(prefix + name);
            if (text != lint_.pack.text_index.end()) {
                check_text(entry, from[name], name, words_before(prefix, name, text->second));
            }
        }
    }

    /// A program's strings are translated from its first language; the shared ones from English, whatever that is.
    std::string words_before(const std::string& prefix, const std::string& name, TextIndex text) const {
        const auto english = lint_.build.sources.locales.find("en");
        if (!prefix.empty() && english != lint_.build.sources.locales.end()) {
            const Node& entry = english->second.common["texts"][name];
            const Node& words = entry.kind() == Node::Kind::map ? entry["text"] : entry;
            if (!words.missing()) {
                return words.text();
            }
        }
        return lint_.build.texts[text].text;
    }

    void check_text(const Node& entry, const Node& recorded, const std::string& name,
                    const std::string& source) {
        const std::string now = locales::to_hex(locales::hash_text(source));
        if (recorded.text() == now) {
            return;
        }
        const std::string what = recorded.missing() ? "' does not say which words it was translated from: \""
                                                    : "' was translated from other words than these: \"";
        lint_.at_node(recorded.missing() ? entry : recorded, "stale-translation",
                      "'" + name + what + source + "\"",
                      "hold the translation against them, then write under from: " + name + ": " + now,
                      Complaint::Level::warning);
    }

    LintContext& lint_;
};

}  // namespace

void lint_stale(LintContext& lint) { StaleLint(lint).run(); }

}  // namespace rightsline::flows

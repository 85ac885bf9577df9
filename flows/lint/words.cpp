#include <algorithm>
#include <map>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

using Words = std::vector<std::string_view>;

/// Word lists of one language, all folded.
struct LanguageWords {
    Words identity;   // a name or an immigration status, asked for
    Words negations;  // "you need not give your name" asks for nothing
    Words free;       // says that it costs nothing
};

const LanguageWords& words_of(const LanguageTag& tag) {
    static const std::map<std::string, LanguageWords> lists{
        {"en",
         {{"your name", "your full name", "who are you", "what are you called", "immigration", "your papers",
           "visa", "passport", "citizen", "citizenship", "undocumented", "legal status", "green card",
           "social security"},
          {"not", "never", "no", "without", "need not", "don t"},
          {"free", "free of charge", "costs nothing", "no cost", "no charge"}}},
        {"es",
         {{"su nombre", "tu nombre", "nombre completo", "como se llama", "como te llamas", "quien es usted",
           "inmigracion", "migratorio", "migratoria", "sus papeles", "tus papeles", "visa", "pasaporte",
           "ciudadano", "ciudadania", "indocumentado", "indocumentada", "estatus legal", "seguro social"},
          {"no", "nunca", "sin", "ni", "tampoco"},
          {"gratis", "gratuito", "gratuita", "sin costo", "no cuesta"}}},
        {"ht",
         {{"non ou", "non w", "kijan ou rele", "ki jan ou rele", "ki moun ou ye", "imigrasyon", "papye ou",
           "papye w", "viza", "paspo", "sitwayen", "estati legal", "sekirite sosyal"},
          {"pa", "san", "pap", "janm"},
          {"gratis", "gratwit", "pa koute anyen"}}}};
    static const LanguageWords none;
    for (LanguageTag at = tag; !at.is_undetermined(); at = at.parent()) {
        const auto found = lists.find(at.str());
        if (found != lists.end()) {
            return found->second;
        }
    }
    return none;
}

std::string_view find_words(const std::string& folded, const Words& words) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](auto w) { return holds_words(folded, w); });
    return found == words.end() ? std::string_view{} : *found;
}

/// Sentences, folded: a negation counts only in the sentence it stands in.
std::vector<std::string> sentences(const std::string& text) {
    std::vector<std::string> all;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of(".?!;:\n", begin), text.size());
        all.push_back(locales::fold(std::string_view(text).substr(begin, end - begin)));
        begin = end + 1;
    }
    return all;
}

class WordLint {
 public:
    explicit WordLint(LintContext& lint)
        : lint_(lint), pack_(lint.pack), questions_(pack_.text_keys.size(), false) {}

    void run() {
        mark_questions();
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            for (std::size_t text = 0; text < pack_.text_keys.size(); ++text) {
                const auto l = static_cast<LanguageIndex>(language);
                const auto t = static_cast<TextIndex>(text);
                if (lint_.own_words(l, t)) {
                    check(l, t);
                }
            }
        }
    }

 private:
    void mark(TextIndex text) {
        if (text != no_text) {
            questions_[text] = true;
        }
    }

    void mark_questions() {
        for (const Block& block : pack_.blocks) {
            if (const Prompt* prompt = prompt_of(block)) {
                mark(prompt->any);
                mark(prompt->voice);
                mark(prompt->sms);
                mark(prompt->ussd);
            }
            const auto* menu = std::get_if<MenuBlock>(&block.kind);
            const auto* ask = std::get_if<AskBlock>(&block.kind);
            for (const TextIndex again : menu != nullptr  ? menu->again
                                         : ask != nullptr ? ask->again
                                                          : std::vector<TextIndex>{}) {
                mark(again);
            }
        }
    }

    void check(LanguageIndex language, TextIndex text) {
        const std::string words = lint_.sample(language, text);
        if (lint_.used_in(text, Mode::sms) || lint_.used_in(text, Mode::ussd)) {
            check_dangerous(language, text, locales::fold(words));
        }
        if (pack_.text_keys[text] == "common.ping" || pack_.text_keys[text] == "common.check_in") {
            check_neutral(language, text, locales::fold(words), "comes unasked and says '");
        } else if (pack_.text_keys[text].starts_with("program.answers.")) {
            check_neutral(language, text, locales::fold(words), "is read on any phone and says '");
        }
        if (questions_[text]) {
            check_identity(language, text, words);
        }
        check_free(language, text, locales::fold(words));
    }

    void check_dangerous(LanguageIndex language, TextIndex text, const std::string& folded) {
        for (const std::string& word : pack_.dangerous_words) {
            if (holds_words(folded, word)) {
                lint_.at_text(
                    language, text, "dangerous-word", "shows '" + word + "' on a phone that others may read",
                    "say it in another way; dangerous_words: in program.yaml lists what must not be shown");
            }
        }
    }

    /// What comes unasked lies open on whatever table the phone lies on.
    void check_neutral(LanguageIndex language, TextIndex text, const std::string& folded,
                       const std::string& where) {
        std::vector<std::string> names{locales::fold(pack_.title), locales::fold(pack_.program)};
        for (const Family& family : pack_.families) {
            names.push_back(family.say == no_text ? "" : locales::fold(lint_.sample(language, family.say)));
        }
        for (const Category& category : pack_.categories) {
            names.push_back(locales::fold(category.name));
        }
        for (const std::string& name : names) {
            if (holds_words(folded, name)) {
                lint_.at_text(
                    language, text, "not-neutral", where + name + "'",
                    "say it without the program's name and without a topic: others may see or hear it");
            }
        }
    }

    void check_identity(LanguageIndex language, TextIndex text, const std::string& words) {
        const LanguageWords& lists = words_of(pack_.languages[language]);
        for (const std::string& sentence : sentences(words)) {
            const std::string_view asked = find_words(sentence, lists.identity);
            if (!asked.empty() && find_words(sentence, lists.negations).empty()) {
                lint_.at_text(language, text, "asks-identity", "asks about '" + std::string(asked) + "'",
                              "never ask who somebody is or what papers they have");
            }
        }
    }

    void check_free(LanguageIndex language, TextIndex text, const std::string& folded) {
        const std::string_view said = find_words(folded, words_of(pack_.languages[language]).free);
        const bool only_where_true =
            pack_.text_keys[text] == "common.call_is_free";  // the engine looks at the line
        if (said.empty() || only_where_true || holds_words(folded, "feel free")) {
            return;
        }
        for (const auto& [name, mode] :
             {std::pair("sms", Mode::sms), std::pair("voice", Mode::voice), std::pair("ussd", Mode::ussd)}) {
            const auto free = lint_.options.free.find(name);
            if (free != lint_.options.free.end() && !free->second && lint_.used_in(text, mode)) {
                lint_.at_text(language, text, "not-free",
                              "says '" + std::string(said) + "', and the line is not free by " + name,
                              "take it out, or say it only in the modes that cost nothing");
            }
        }
    }

    LintContext& lint_;
    const Pack& pack_;
    std::vector<bool> questions_;
};

}  // namespace

void lint_words(LintContext& lint) { WordLint(lint).run(); }

}  // namespace rightsline::flows

// What a text costs because of one character: an SMS that is all GSM-7 but for a smiley is cut at 70 characters.
#include <map>

#include "flows/lint/answers.hpp"
#include "flows/lint/context.hpp"
#include "locales/segments.hpp"

namespace rightsline::flows {

namespace {

/// One line of a message, and the text that it comes from.
struct Line {
    LanguageIndex language;
    TextIndex text;
    std::string words;
};

/// The dearest message that a text takes part in.
struct Price {
    std::size_t segments = 0;
    std::size_t without = 0;
    bool with_others = false;  // the message holds more than this text
    std::string characters;

    std::size_t extra() const { return segments - without; }
};

class CostLint {
 public:
    explicit CostLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        const std::vector<SentTogether> answers = answers_of(pack_, Mode::sms);
        for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
            const auto language = static_cast<LanguageIndex>(i);
            weigh_texts(language);
            for (const Block& block : pack_.blocks) {
                if (in_mode(block, Mode::sms) && !pack_.message_only[i]) {
                    weigh_block(block, language);
                }
            }
            for (const SentTogether& answer : answers) {
                if (!pack_.message_only[i]) {
                    weigh_answer(answer, language);
                }
            }
        }
        for (const auto& [place, price] : prices_) {
            complain(place.first, place.second, price);
        }
    }

 private:
    /// Each text alone. Where most of them need UCS-2 the language does, and no word can be put better.
    void weigh_texts(LanguageIndex language) {
        std::size_t all = 0;
        std::size_t wide = 0;
        for (std::size_t text = 0; text < pack_.text_keys.size(); ++text) {
            const auto t = static_cast<TextIndex>(text);
            if (lint_.used_in(t, Mode::sms)) {
                const std::string words = lint_.sample(language, t);
                ++all;
                wide += locales::encoding_cost(words).characters.empty() ? 0 : 1;
                weigh({{language, t, words}});
            }
        }
        wide_.push_back(wide * 2 > all);
    }

    /// A question as it is sent: with its choices, or with the way to skip it.
    void weigh_block(const Block& block, LanguageIndex language) {
        const Prompt* prompt = prompt_of(block);
        if (prompt == nullptr) {
            return;
        }
        const auto* menu = std::get_if<MenuBlock>(&block.kind);
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        std::vector<TextIndex> questions = menu != nullptr ? menu->again : ask->again;
        questions.push_back(wording(*prompt, Mode::sms));
        for (const TextIndex question : questions) {
            std::vector<Line> lines;
            add_question(lines, block, language, question);
            weigh(lines);
        }
    }

    /// What is said on the way to a question, and the question.
    void weigh_answer(const SentTogether& answer, LanguageIndex language) {
        std::vector<Line> lines;
        for (const BlockIndex said : answer.says) {
            add(lines, language, wording(std::get<SayBlock>(pack_.blocks[said].kind).prompt, Mode::sms));
        }
        if (answer.waits < pack_.blocks.size()) {
            const Block& block = pack_.blocks[answer.waits];
            add_question(lines, block, language, wording(*prompt_of(block), Mode::sms));
        }
        weigh(lines);
    }

    void add_question(std::vector<Line>& lines, const Block& block, LanguageIndex language,
                      TextIndex question) {
        const auto* menu = std::get_if<MenuBlock>(&block.kind);
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        add(lines, language, question);
        for (const Choice& choice : menu == nullptr ? std::vector<Choice>{} : menu->choices) {
            add(lines, language_of(*menu, choice, language), choice.say, choice.key + " ");
        }
        add(lines, language, ask != nullptr && ask->skip ? pack_.find_text("common.skip_text") : no_text);
    }

    void add(std::vector<Line>& lines, LanguageIndex language, TextIndex text, const std::string& key = {}) {
        if (text != no_text) {
            lines.push_back({language, text, key + lint_.sample(language, text)});
        }
    }

    /// A menu of languages offers each in itself.
    LanguageIndex language_of(const MenuBlock& menu, const Choice& choice, LanguageIndex language) const {
        const auto tag = LanguageTag::parse(choice.name);
        return menu.set == "language" && tag ? pack_.find_language(*tag).value_or(language) : language;
    }

    void weigh(const std::vector<Line>& lines) {
        std::string message;
        for (const Line& line : lines) {
            message += (message.empty() ? "" : "\n") + line.words;
        }
        const locales::EncodingCost cost = locales::encoding_cost(message);
        if (!cost.avoidable || cost.segments <= cost.segments_without) {
            return;
        }
        for (const Line& line : lines) {
            const std::string characters = characters_of(line.words);
            Price& price = prices_[{line.language, line.text}];
            if (!characters.empty() && cost.segments - cost.segments_without > price.extra()) {
                price = {cost.segments, cost.segments_without, lines.size() > 1, characters};
            }
        }
    }

    static std::string characters_of(const std::string& words) {
        std::string named;
        for (const locales::ForcingCharacter& c : locales::encoding_cost(words).characters) {
            named += (named.empty() ? "" : ", ") + c.character + " (" + c.code + ")";
        }
        return named;
    }

    void complain(LanguageIndex language, TextIndex text, const Price& price) {
        if (price.extra() == 0 || wide_[language] || !lint_.own_words(language, text)) {
            return;
        }
        lint_.at_text(language, text, "costly-text",
                      (price.with_others ? "makes the whole message cost " : "costs ") +
                          std::to_string(price.segments) + " SMS parts instead of " +
                          std::to_string(price.without) + " because of " + price.characters,
                      "reword it without the character where the language allows", Complaint::Level::warning);
    }

    LintContext& lint_;
    const Pack& pack_;
    std::vector<bool> wide_;  // by language: it is not written in GSM-7
    std::map<std::pair<LanguageIndex, TextIndex>, Price> prices_;
};

}  // namespace

void lint_cost(LintContext& lint) { CostLint(lint).run(); }

}  // namespace rightsline::flows

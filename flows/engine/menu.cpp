#include <algorithm>

#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"

namespace rightsline::flows {
namespace {

constexpr std::size_t words_of_story = 4;
constexpr std::size_t words_in_need = 2;

}  // namespace

void Run::answer_menu(const MenuBlock& menu, std::size_t picked) {
    const Choice& choice = menu.choices[picked];
    const BlockIndex asked = c_.block;
    if (menu.families) {
        begin_another_report();
    }
    remember(asked, static_cast<std::int64_t>(picked));
    settle_question(asked);
    if (choice.urgency) {
        raise(*choice.urgency);
    }
    if (menu.seal) {
        add_part(block().name, PrivateText(choice.name), nullptr);
    }
    if (menu.set == "language") {
        choose_language(choice);
        if (c_.mode == Mode::voice && c_.language < pack_.message_only.size() &&
            pack_.message_only[c_.language]) {
            c_.phase = Phase::speaking;
            c_.said.clear();
            record_message("record_tone", c_.language);
            return;
        }
    }
    moved();
    if (menu.set == "language" && c_.then != no_block) {
        c_.stack.clear();
        go_on(c_.then);
        return;
    }
    const BlockIndex exit = choice.go != no_block ? choice.go : pack_.blocks[asked].exits.next;
    const BlockIndex target = after_answer(exit);
    go_on(target == exit ? leave(asked, exit) : target);
}

void Run::choose_language(const Choice& choice) {
    const auto tag = locales::LanguageTag::parse(choice.name);
    const auto found = tag ? pack_.find_language(*tag) : std::nullopt;
    if (found) {
        c_.language = *found;
        c_.language_chosen = true;
    }
}

/// Something may be waiting for just this answer: a text that was to be sent only when it is safe.
BlockIndex Run::after_answer(BlockIndex exit) {
    if (c_.stack.empty() || c_.stack.back() >= pack_.blocks.size()) {
        return exit;
    }
    const BlockIndex waiting = c_.stack.back();
    const Block& waiter = pack_.blocks[waiting];
    const auto* say = std::get_if<SayBlock>(&waiter.kind);
    if (say != nullptr && say->after == c_.block) {
        c_.stack.pop_back();
        c_.history.clear();
        return waiting;
    }
    return exit;
}

void Run::no_match() {
    step_.facts.emplace_back("no_match");
    const Block& at = block();
    ++c_.attempt;
    retry_or_leave(at.exits.no_match, invalid_text());
}

void Run::no_input() {
    step_.facts.emplace_back("no_input");
    const Block& at = block();
    ++c_.attempt;
    retry_or_leave(at.exits.no_input, no_input_text());
}

void Run::retry_or_leave(BlockIndex exit, TextIndex notice) {
    if (c_.attempt <= block().exits.retries) {
        if (asks_language(c_.block)) {
            speak_in_all(notice);  // who cannot pick a language does not know the one that says so
        } else {
            speak(notice);
        }
        noticed_ = !said_.empty();
        ask_again();
        return;
    }
    const BlockIndex asked = c_.block;
    c_.said.clear();
    c_.phase = Phase::asking;
    if (asks_language(asked) && c_.then != no_block) {
        exit = c_.then;  // help is worth more than a language that nobody picked
    }
    if (!c_.stack.empty() && c_.stack.back() < pack_.blocks.size() &&
        !std::holds_alternative<CallBlock>(pack_.blocks[c_.stack.back()].kind)) {
        c_.stack.pop_back();  // whatever waited for this answer does not get one
        c_.history.clear();
    }
    go_on(leave(asked, exit));
}

/// What cannot be taken back is done on its digit or on its very words, never on a beginning or with a typo ("el").
bool Run::is_meant(const Choice& choice, std::string_view folded) const {
    const auto* work =
        choice.go < pack_.blocks.size() ? std::get_if<DoBlock>(&pack_.blocks[choice.go].kind) : nullptr;
    const auto own = choice.words.find(c_.language);
    return work == nullptr || work->action != "report.delete" ||
           folded.find_first_of("0123456789") != std::string_view::npos ||
           (own != choice.words.end() && std::ranges::find(own->second, folded) != own->second.end());
}

void Run::text_at_menu(const MenuBlock& menu, const PrivateText& text, std::string_view folded) {
    const std::string& body = text.reveal();
    const auto picked = read_menu(pack_, menu, c_.language, body);
    if (picked && is_meant(menu.choices[*picked], folded)) {
        answer_menu(menu, *picked);
        return;
    }
    if (asks_language(c_.block)) {
        if (const auto named = named_language(pack_, menu, body)) {
            answer_menu(menu, *named);
            return;
        }
    }
    if (skipped(menu, folded) || resume_by_code(body) || danger_elsewhere(text) ||
        said_yes_to_danger(menu, text, folded) || greeted(folded) || switched_language(body)) {
        return;
    }
    const bool refused = offers_deletion(menu) && has_word_of(pack_, &locales::ReadingWords::erase, folded);
    if (refused ? erase_wish(body) : keep_words(menu, text)) {
        return;
    }
    if (folded.empty()) {
        no_input();
    } else {
        no_match();
    }
}

/// Where silence is an answer of its own, and 0 calls nobody, whoever skipped the questions before skips this one too.
bool Run::skipped(const MenuBlock& menu, std::string_view answer) {
    const Exits& exits = block().exits;
    const bool pound = c_.mode == Mode::voice && answer == std::string_view(&flow().back_key, 1);
    if (exits.no_input == exits.no_match || menu.not_keys.find('0') == std::string::npos ||
        !(pound || answer == "0" || is_skip(pack_, answer))) {
        return false;
    }
    const BlockIndex asked = c_.block;
    settle_question(asked);
    moved();
    go_on(leave(asked, exits.no_input));
    return true;
}

/// The menu has the way to "delete all?" among its choices.
bool Run::offers_deletion(const MenuBlock& menu) const {
    const auto erase = flow().keywords.find("delete");
    return erase != flow().keywords.end() &&
           std::ranges::any_of(menu.choices, [&](const Choice& one) { return one.go == erase->second; });
}

/// Not where "keep or delete?" is asked, for a refusal must not be kept with what it refuses; and not where a secret
/// waits for "is it safe?", for what is not clear there is a no.
bool Run::takes_added_words(const MenuBlock& menu) const {
    const auto erase = flow().keywords.find("delete");
    const bool deletes = (offers_deletion(menu) && !at_returned()) ||
                         (erase != flow().keywords.end() && erase->second == c_.block);
    return !deletes && !asks_for_secret(c_.block);
}

/// The answer at this block decides whether a secret is shown.
bool Run::asks_for_secret(BlockIndex asked) const {
    return std::ranges::any_of(pack_.blocks, [&](const Block& other) {
        const auto* say = std::get_if<SayBlock>(&other.kind);
        return say != nullptr && say->secret && say->after == asked;
    });
}

/// Words where a choice is asked for are told to somebody all the same: they are a part of the report, and the choice
/// is asked for again. Whoever is in the help, or has told us something, need not write a sentence ("North gate").
bool Run::keep_words(const MenuBlock& menu, const PrivateText& text) {
    const TextIndex kept = common("words_kept");
    if (flow().first_text >= pack_.blocks.size() || kept == no_text ||
        !has_words(text.reveal(), in_help() || told_here() ? words_in_need : words_of_story) ||
        !takes_added_words(menu)) {
        return false;
    }
    add_words(text);
    step_.facts.emplace_back("words_kept");
    speak_in_all(kept);
    noticed_ = true;
    ask_again();
    return true;
}

/// "Yes he is here", where somebody is asked whether there is danger: that is the yes, and its words are a part.
bool Run::said_yes_to_danger(const MenuBlock& menu, const PrivateText& text, std::string_view folded) {
    const std::size_t first = std::min(folded.find(' '), folded.size());
    const std::string_view rest = folded.substr(std::min(first + 1, folded.size()));
    const auto in = [&](locales::Words locales::ReadingWords::* list, std::string_view word) {
        return (languages_of_word(pack_, list, word) & just(c_.language)) != 0;
    };
    if (in_help() || !asks_danger(menu) || !in(&locales::ReadingWords::yes, folded.substr(0, first)) ||
        in(&locales::ReadingWords::no, rest.substr(0, rest.find(' ')))) {
        return false;  // "si no me pagan" begins with an if
    }
    add_words(text);
    answer_menu(menu, yes_to_danger(menu));
    return true;
}

/// A cry for help; words of danger are more than one ("I need help now, please").
LanguageSet Run::cry_without_danger(std::string_view folded) const {
    const bool key = folded.size() < 2;
    return danger_.named || key ? 0 : languages_of_cry(pack_, folded);
}

/// "Help me", where somebody is asked whether there is danger, is a yes. "HELP" alone is what carriers have answered.
bool Run::cried_for_help(const MenuBlock& menu, std::string_view folded) {
    if (!asks_danger(menu) || languages_of_cry(pack_, folded) == 0) {
        return false;
    }
    c_.phase = Phase::asking;
    answer_menu(menu, yes_to_danger(menu));
    return true;
}

std::size_t Run::yes_to_danger(const MenuBlock& menu) const {
    const auto danger = std::ranges::find(menu.choices, flow().danger, &Choice::go);
    return static_cast<std::size_t>(danger - menu.choices.begin());
}

/// The name of a language alone, at any menu: that is the language from here on.
bool Run::switched_language(std::string_view body) {
    const BlockIndex first = pack_.flows[0].start;
    if (!asks_language(first) || asks_language(c_.block)) {
        return false;
    }
    const auto& menu = std::get<MenuBlock>(pack_.blocks[first].kind);
    const auto named = named_language(pack_, menu, body);
    if (!named) {
        return false;
    }
    choose_language(menu.choices[*named]);
    ask_again();
    return true;
}

/// A language's own name for itself, alone, where words are asked for: the wish to go on in it, and no answer. Sent
/// once more it is one.
bool Run::switched_in_words(std::string_view folded) {
    const BlockIndex first = pack_.flows[0].start;
    if (!asks_language(first)) {
        return false;
    }
    for (const Choice& choice : std::get<MenuBlock>(pack_.blocks[first].kind).choices) {
        const auto tag = locales::LanguageTag::parse(choice.name);
        const auto language = tag ? pack_.find_language(*tag) : std::nullopt;
        if (language && *language != c_.language && !pack_.message_only[*language] && choice.say != no_text &&
            fold_text(words_.text(choice.say, *language)) == folded) {
            choose_language(choice);
            ask_on();
            return true;
        }
    }
    return false;
}

/// "Hello" and "thank you" at a menu are no wrong answers: the question comes again, in the language of the greeting.
bool Run::greeted(std::string_view folded) {
    const LanguageSet greeting = languages_of_word(pack_, &locales::ReadingWords::greetings, folded);
    if (greeting == 0 && languages_of_word(pack_, &locales::ReadingWords::thanks, folded) == 0) {
        return false;
    }
    guess_language(greeting);
    ask_again();
    return true;
}

}  // namespace rightsline::flows

// The opening text of a conversation: a word that leads somewhere, the story itself, or a hello.
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {

void Run::open_with_text(const PrivateText& body) {
    const std::string folded = fold_text(body.reveal());
    danger_ = read_danger(pack_, folded);
    if (revoked(body.reveal()) || answered_check_in(body.reveal(), Instant{})) {
        return;
    }
    c_.block = flow().start;  // keywords and hotkeys are read as if the first question had been asked
    if (resume_by_code(body.reveal()) || open_with_thanks(folded) ||
        (waits() && open_with_word(body.reveal(), folded))) {
        return;
    }
    note_danger();
    if (c_.mode == Mode::sms && is_story(body.reveal())) {
        take_first_text(body);
        return;
    }
    if (help_in_danger(keep_danger(body))) {
        return;
    }
    choose_named(body.reveal());
    guess_language(languages_of_greeting(pack_, folded));
    begin(Called{});
}

/// "Español": the language is chosen by its name.
bool Run::choose_named(std::string_view body) {
    const auto named = locales::read_language(body, pack_.reading);
    const auto tag = locales::LanguageTag::parse(named.value_or(std::string{}));
    const auto language = tag ? pack_.find_language(*tag) : std::nullopt;
    choose_only(language ? just(*language) : 0);
    return language && c_.language_chosen && c_.language == *language;
}

/// Thanks after everything was said: no new conversation, and no greeting.
bool Run::open_with_thanks(std::string_view folded) {
    const LanguageSet spoken = languages_of_word(pack_, &locales::ReadingWords::thanks, folded);
    if (spoken == 0 || c_.mode != Mode::sms || common("welcome") == no_text) {
        return false;
    }
    choose_only(spoken);
    speak_in_all("welcome");
    end("thanks");
    return true;
}

/// Where a script's word leads in the end, past the blocks that only decide.
BlockIndex Run::through_ifs(BlockIndex target) const {
    for (int i = 0; i < limits::call_depth && target < pack_.blocks.size(); ++i) {
        const auto* branch = std::get_if<IfBlock>(&pack_.blocks[target].kind);
        if (branch == nullptr) {
            break;
        }
        target = enter_if(*branch);
    }
    return target;
}

/// "HELP", "ayuda", "9": answered in the language of the word where only one knows it, and then the first question
/// comes, for nobody gets past the question about danger by a word.
bool Run::open_with_word(std::string_view body, std::string_view folded) {
    const std::string key = key_of(pack_, c_.language, body);
    const auto hot = key.size() == 1 ? flow().hotkeys.find(key.front()) : flow().hotkeys.end();
    if (hot != flow().hotkeys.end()) {
        lead(hot->second, 0);
        return true;
    }
    const LanguageSet crying = cry_without_danger(folded);
    const std::string keyword = crying != 0 ? "help" : keyword_of(pack_, body, folded);
    const auto word = flow().keywords.find(keyword);
    if (keyword.empty() || word == flow().keywords.end() || word->second >= pack_.blocks.size()) {
        return false;
    }
    if (keyword != folded) {  // what the script itself names (HELP) is of every language
        choose_only(crying | languages_of_keyword(pack_, folded));
    }
    if (keyword == "delete") {
        speak_in_all("delete_hint");  // whatever was told before, nobody knows here whose it is
        begin(Called{});
        return true;
    }
    const BlockIndex leads_to = through_ifs(word->second);
    const Block& target = pack_.blocks[leads_to < pack_.blocks.size() ? leads_to : word->second];
    const auto* say = std::get_if<SayBlock>(&target.kind);
    if (say != nullptr && target.end) {
        jump(word->second);
        return true;
    }
    if (say != nullptr && (target.modes & (1U << static_cast<unsigned>(c_.mode))) != 0) {
        speak(prompt_of(say->prompt), say->secret);
        c_.said.push_back(word->second);
    }
    begin(Called{});
    return true;
}

/// A sentence is the story unless it is all small talk. Two words are enough ("boss stole") where the main menu does not
/// know them; what only greets, tests the line or answers a question of before is none.
bool Run::is_story(std::string_view body) const {
    constexpr std::size_t words_of_short_story = 2;
    const BlockIndex story = flow().first_text;
    if (story >= pack_.blocks.size() || !std::holds_alternative<AskBlock>(pack_.blocks[story].kind)) {
        return false;
    }
    const std::string folded = fold_text(body);
    if (is_long_enough_for_story(body)) {
        const auto* menu = menu_at(flow().start);
        return tells(pack_, folded, 1) && (menu == nullptr || !read_menu(pack_, *menu, c_.language, body));
    }
    return !danger_.named && tells(pack_, folded, words_of_short_story) &&
           !is_answer_word(pack_, body, folded) && !is_choice_in_front(body);
}

/// A choice of the main menu, or that there is no danger: words with a place of their own, in any language.
bool Run::is_choice_in_front(std::string_view body) const {
    const auto word = flow().keywords.find("menu");
    const MenuBlock* main = word == flow().keywords.end() ? nullptr : menu_at(through_ifs(word->second));
    for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
        const MenuBlock* menu = menu_at(static_cast<BlockIndex>(i));
        const bool danger = menu != nullptr && menu != main && asks_danger(*menu);
        if (menu != nullptr && (menu == main || danger) && is_choice_of(*menu, danger, body)) {
            return true;
        }
    }
    return false;
}

bool Run::is_choice_of(const MenuBlock& menu, bool calm_only, std::string_view body) const {
    for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
        const auto picked = read_menu(pack_, menu, static_cast<LanguageIndex>(i), body);
        if (picked && !(calm_only && menu.choices[*picked].urgency)) {
            return true;
        }
    }
    return false;
}

const MenuBlock* Run::menu_at(BlockIndex index) const {
    return index < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[index].kind) : nullptr;
}

void Run::take_first_text(const PrivateText& body) {
    guess_language(languages_of_greeting(pack_, fold_text(body.reveal())));
    guess_language(danger_.languages);
    c_.block = flow().first_text;
    c_.phase = Phase::first_text;
    c_.attempt = 0;
    c_.story_messages = 1;
    c_.files = true;
    add_part(block().name, body, nullptr);
    step_.facts.emplace_back("first_text");
    answer_first_text();
}

/// Only offers: the language is asked for all the same.
void Run::guess_language(LanguageSet spoken) {
    for (std::size_t i = 0; i < pack_.languages.size() && !c_.language_chosen; ++i) {
        const auto language = static_cast<LanguageIndex>(i);
        const bool only = spoken != 0 && spoken == just(language) && !pack_.message_only[i];
        c_.language = only ? language : c_.language;
    }
}

/// That we have it, in the language that is known or guessed, and in few words in each other one.
void Run::answer_first_text() {
    if (danger_.named) {
        comfort();
        speak_in_all("danger_call_short");
        c_.warned = true;
    }
    speak_common("first_text");
    for (std::size_t i = 0; i < pack_.languages.size() && !knows_language(); ++i) {
        const auto language = static_cast<LanguageIndex>(i);
        if (language != c_.language && !pack_.message_only[i]) {
            speak(common("first_text_short"), language, {});
        }
    }
    send();
}

/// After the opening text was taken as the story: a second 2 deletes it, anything else keeps it and leads on, by way
/// of the language and the question about danger.
void Run::text_in_first(const PrivateText& body, std::string_view folded) {
    const bool erases = keyword_of(pack_, body.reveal(), folded) == "delete";
    const std::string key = erases ? "2" : key_of(pack_, c_.language, body.reveal());
    if (key == "2" && c_.attempt == 0 && common("first_text_sure") != no_text) {
        c_.attempt = 1;
        speak_in_all("first_text_sure");
        send();
        return;
    }
    if (key == "2") {
        delete_first_text();
        return;
    }
    note_danger();
    const bool number = danger_.named && danger_.languages == 0;  // "911": a wish for help, and nothing told
    const bool thanks = languages_of_word(pack_, &locales::ReadingWords::thanks, folded) != 0;
    const bool answer = key.size() == 1 || number || thanks || is_done(pack_, folded) ||
                        is_blank(body.reveal()) || is_yes_or_no(pack_, body.reveal());
    const bool named = !answer && choose_named(body.reveal());
    if (!answer && !named) {
        add_part(block().name, body, nullptr);
    }
    if (!answer) {
        speak_in_all("words_kept");  // this text, or in the language that was named: the one before it
    }
    if (help_in_danger(false)) {
        return;
    }
    const BlockIndex first = pack_.flows[0].start;
    if (!asks_language(first)) {
        answered();
        return;
    }
    moved();
    go_on(c_.language_chosen ? pack_.blocks[first].exits.next : first);
}

void Run::delete_first_text() {
    step_.discard_draft = true;
    step_.facts.emplace_back("deleted");
    forget_draft();
    speak_in_all("deleted");
    end("deleted");
}

void Run::forget_draft() {
    forget_early_number();
    c_.draft = {};
    c_.circle.clear();
    c_.parts = 0;
    c_.files = false;
    c_.filed = false;
    c_.filed_as = 0;
    c_.returned = false;
    c_.warned = false;
    c_.comforted = false;
    c_.mailbox = {};
    c_.question = no_block;
}

/// One neutral line that anybody may read: the line's language, a word for each other one, the danger key.
void Run::show_opener() {
    c_.block = flow().start;
    c_.phase = Phase::opener;
    c_.attempt = 0;
    speak_common("opener");
    const auto* menu = waits() ? std::get_if<MenuBlock>(&block().kind) : nullptr;
    if (menu != nullptr && menu->set == "language" && !said_.empty()) {
        for (const Choice& choice : menu->choices) {
            const auto tag = locales::LanguageTag::parse(choice.name);
            const auto language = tag ? pack_.find_language(*tag) : std::nullopt;
            if (language && *language != c_.language) {
                said_.front().text += " " + choice.key + " " + words_.text(common("opener_word"), *language);
            }
        }
    }
    send();
}

}  // namespace rightsline::flows

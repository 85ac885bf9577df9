// A text in an open conversation: the words that work at any time, then the block that waits.
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {
namespace {

/// A question that is answered in the worker's own words: no key alone is such an answer, so hotkeys are read there.
/// Where digits are asked for ("how many hours"), a 9 is the answer.
bool takes_words(const AskBlock& ask) { return ask.kind == AskKind::text || ask.kind == AskKind::story; }

}  // namespace

void Run::texted(const PrivateText& body) {
    const std::string folded = fold_text(body.reveal());
    danger_ = read_danger(pack_, folded);
    if (revoked(body.reveal()) || answered_check_in(body.reveal(), c_.touched)) {
        return;
    }
    if (c_.mode == Mode::sms && is_overtaken()) {
        text_came_late(body, folded);
        return;
    }
    const Instant before = c_.touched;
    c_.touched = context_.now;
    if (c_.mode == Mode::sms && said_at() - before >= limits::neutral_after) {
        text_after_silence(body);
        return;
    }
    if (c_.mode == Mode::ussd && turn_page(body.reveal())) {
        return;
    }
    if (c_.phase == Phase::opener && resume_by_code(body.reveal())) {
        return;
    }
    if (!shortcut(body.reveal(), folded)) {
        text_at_block(body, folded);
    }
}

/// Words and keys that work at any time, whatever waits.
bool Run::shortcut(std::string_view body, std::string_view folded) {
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    const LanguageSet crying = menu != nullptr ? cry_without_danger(folded) : 0;
    const std::string keyword = crying != 0 ? "help" : keyword_of(pack_, body, folded);
    if (!keyword.empty()) {  // not a key
        if (menu != nullptr && is_foreign_keyword(pack_, c_.language, keyword, folded) &&
            read_menu(pack_, *menu, c_.language, body)) {
            return false;  // a word of this worker's language, whatever it means in another
        }
        if (menu != nullptr && cried_for_help(*menu, folded)) {
            return true;
        }
        if (keyword == "delete") {
            return erase_wish(body);
        }
        const auto word = flow().keywords.find(keyword);
        if (word != flow().keywords.end()) {
            guess_language(keyword == folded ? 0 : crying | languages_of_keyword(pack_, folded));
            if (!explain(word->second)) {
                leave_by(word->second);
            }
            return true;
        }
        if (is_start(pack_, folded) && (menu == nullptr || !read_menu(pack_, *menu, c_.language, body))) {
            start_over();
            return true;
        }
    }
    const auto* ask = std::get_if<AskBlock>(&block().kind);
    if (ask != nullptr && c_.phase != Phase::first_text) {
        return key_at_ask(*ask, body, folded, keyword);
    }
    return hotkey(key_of(pack_, c_.language, body)) || (ask == nullptr && hotkey(keyword));
}

/// A word that is answered where the worker is: the question that waits comes again, and nothing told is left behind.
bool Run::explain(BlockIndex target) {
    const Block* said = target < pack_.blocks.size() ? &pack_.blocks[target] : nullptr;
    const auto* say = said == nullptr ? nullptr : std::get_if<SayBlock>(&said->kind);
    const bool here = say != nullptr && said->returns && !std::holds_alternative<DoBlock>(block().kind) &&
                      (said->modes & (1U << static_cast<unsigned>(c_.mode))) != 0;
    if (!here) {
        return false;
    }
    speak(prompt_of(say->prompt), say->secret);
    if (c_.phase == Phase::first_text) {
        answer_first_text();
        return true;
    }
    c_.said.assign(1, target);
    ask_on();
    return true;
}

/// The question that waits comes again; in a story, that it is held, and how to end it.
void Run::ask_on() {
    c_.phase = Phase::asking;
    c_.page = 0;
    if (c_.mode == Mode::sms && c_.story_messages > 0 && common("story_held") != no_text) {
        speak_common("story_held");
        send();
    } else {
        listen(c_.block);
    }
}

/// A key alone in a question for words. "#" ends a story, as it ends a recording; before the first word it goes back.
/// Where digits are asked for, only what holds no digit is such a key, and 0 and 9 where a code has twelve.
bool Run::key_at_ask(const AskBlock& ask, std::string_view body, std::string_view folded,
                     std::string_view keyword) {
    if (ask.skip && is_skip(pack_, folded)) {
        return false;
    }
    const std::string key = key_of(pack_, c_.language, body);
    if (!takes_words(ask)) {
        const std::string named = key.empty() ? std::string(keyword) : key;
        const bool digit = named.size() == 1 && named.front() >= '0' && named.front() <= '9';
        return (!digit || ask.kind == AskKind::code) && hotkey(named);
    }
    if (key.size() == 1 && key.front() == flow().back_key && ask.kind == AskKind::story &&
        story_is_told(ask)) {
        answered();
        return true;
    }
    return hotkey(key);
}

/// START: what carriers let a phone back in with. The first question comes again, and what was told stays.
void Run::start_over() {
    moved();
    c_.stack.clear();
    c_.history.clear();
    begin(Called{});
}

void Run::text_at_block(const PrivateText& body, std::string_view folded) {
    if (c_.phase == Phase::first_text) {
        text_in_first(body, folded);
    } else if (const auto* menu = std::get_if<MenuBlock>(&block().kind)) {
        c_.phase = Phase::asking;
        text_at_menu(*menu, body, folded);
    } else if (const auto* ask = std::get_if<AskBlock>(&block().kind)) {
        if (takes_words(*ask) && switched_in_words(folded)) {
            return;
        }
        if (ask->seal && (takes_words(*ask) || ask->kind == AskKind::date)) {
            note_danger();
            warn();
        } else if (danger_elsewhere(body)) {
            return;
        }
        text_at_ask(*ask, body, folded);
    } else {
        go_on(c_.block);
    }
}

void Run::text_after_silence(const PrivateText& body) {
    if (c_.files && !c_.filed && c_.parts > 0) {
        file("silence");
    }
    forget();
    // A number that opens nothing is not answered as one: whoever holds the phone now sees the neutral opener.
    if (is_code(named_code(pack_, c_.language, body.reveal())) && resume_by_code(body.reveal())) {
        return;
    }
    if (open_with_thanks(fold_text(body.reveal()))) {
        return;
    }
    note_danger();
    if (is_story(body.reveal())) {
        take_first_text(body);
    } else if (!help_in_danger(keep_danger(body))) {
        show_opener();
    }
}

bool Run::has_told() const { return c_.filed || (c_.files && c_.parts > 0); }

/// Something was told that is spoken of here. What a number opened is another's, once somebody went elsewhere.
bool Run::told_here() const { return c_.returned ? at_returned() : has_told(); }

/// Where the way to help is a place to tell what happens: the help itself.
bool Run::in_help() const {
    const BlockIndex help = flow().danger;
    return help < pack_.blocks.size() && std::holds_alternative<AskBlock>(pack_.blocks[help].kind);
}

/// Words that nothing asked for: a part of the report, away from an opened one of a new report.
void Run::add_words(const PrivateText& body) {
    const BlockIndex story = flow().first_text;
    part_from_returned();
    c_.files = c_.files || !c_.filed;
    add_part(story < pack_.blocks.size() ? pack_.blocks[story].name : "message", body, nullptr);
}

/// To `target` in a language that the worker knows: the one that is chosen, the only one of `spoken`, or else the one
/// that they pick first.
void Run::lead(BlockIndex target, LanguageSet spoken) {
    choose_only(spoken);
    if (target < pack_.blocks.size() && pack_.blocks[target].urgency) {
        raise(*pack_.blocks[target].urgency);
    }
    const BlockIndex first = pack_.flows[0].start;
    if (c_.language_chosen || !asks_language(first)) {
        jump(target);
        return;
    }
    const bool help = target < pack_.blocks.size() && pack_.blocks[target].urgency == Urgency::p1;
    moved();
    c_.stack.clear();
    c_.history.clear();
    c_.then = target;
    if (help && c_.mode == Mode::sms) {  // who has no second to pick a language reads the number all the same
        speak_in_all("danger_call_short");
    }
    go_on(first);
}

void Run::choose_only(LanguageSet spoken) {
    for (std::size_t i = 0; i < pack_.languages.size() && !c_.language_chosen; ++i) {
        const auto language = static_cast<LanguageIndex>(i);
        if (spoken != 0 && spoken == just(language) && !pack_.message_only[i]) {
            c_.language = language;
            c_.language_chosen = true;
        }
    }
}

bool Run::asks_language(BlockIndex index) const {
    const auto* menu =
        index < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[index].kind) : nullptr;
    return menu != nullptr && menu->set == "language";
}

/// A new conversation on the same thread: nothing that was told is known to it.
void Run::forget() {
    Conversation fresh;
    fresh.pack = c_.pack;
    fresh.mode = c_.mode;
    fresh.turn = c_.turn;
    fresh.touched = c_.touched;
    fresh.begun = c_.begun;
    fresh.of_time = c_.of_time;
    fresh.language = first_language();
    c_ = std::move(fresh);
    values_.clear();
}

}  // namespace rightsline::flows

#include <algorithm>

#include "flows/engine_read.hpp"
#include "flows/engine_run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {

void Run::note_danger(std::string_view folded) {
    if (names_danger(pack_, folded)) {
        step_.facts.emplace_back("danger_words");
        raise(Urgency::p1);
    }
}

/// Somebody who asks us to stop is obeyed before anything else is read.
bool Run::revoked(std::string_view body) {
    if (c_.mode != Mode::sms || !is_stop_text(pack_, body)) {
        return false;
    }
    step_.facts.emplace_back("opt_out");
    step_.silent = true;
    sent_ = true;
    end("opt_out");
    return true;
}

void Run::texted(const PrivateText& body) {
    const std::string folded = fold_text(body.reveal());
    note_danger(folded);
    if (revoked(body.reveal())) {
        return;
    }
    const Instant before = c_.touched;
    c_.touched = context_.now;
    if (c_.mode == Mode::sms && context_.now - before >= limits::neutral_after) {
        text_after_silence(body, folded);
        return;
    }
    if (c_.mode == Mode::ussd && turn_page(body.reveal())) {
        return;
    }
    if (c_.phase == Phase::opener && (resume_by_code(body.reveal()))) {
        return;
    }
    if (!shortcut(body.reveal(), folded)) {
        text_at_block(body, folded);
    }
}

bool Run::shortcut(std::string_view body, std::string_view folded) {
    const std::string keyword = keyword_of(pack_, body, folded);
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    if (menu != nullptr && is_foreign_keyword(pack_, c_.language, keyword, folded) &&
        read_menu(pack_, *menu, c_.language, body)) {
        return false;  // a word of this worker's language, whatever it means in another
    }
    const auto word = flow().keywords.find(keyword);
    if (word != flow().keywords.end()) {
        jump(word->second);
        return true;
    }
    const auto* ask = std::get_if<AskBlock>(&block().kind);
    const bool at_story =
        ask != nullptr && ask->kind == AskKind::story && c_.mode == Mode::sms && !is_skip(folded);
    if (ask != nullptr && !at_story && c_.phase != Phase::first_text) {
        return false;  // "9" may be how many hours somebody worked
    }
    return hotkey(key_of(pack_, c_.language, body)) || (ask == nullptr && hotkey(keyword));
}

void Run::text_at_block(const PrivateText& body, std::string_view folded) {
    if (c_.phase == Phase::first_text) {
        text_in_first(body, folded);
    } else if (const auto* menu = std::get_if<MenuBlock>(&block().kind)) {
        c_.phase = Phase::asking;
        text_at_menu(*menu, body.reveal(), folded);
    } else if (const auto* ask = std::get_if<AskBlock>(&block().kind)) {
        text_at_ask(*ask, body, folded);
    } else {
        go_on(c_.block);
    }
}

/// After the opening text was taken as the story: 2 deletes it, anything else leads on.
void Run::text_in_first(const PrivateText& body, std::string_view folded) {
    if (key_of(pack_, c_.language, body.reveal()) == "2") {
        step_.discard_draft = true;
        step_.facts.emplace_back("deleted");
        c_.parts = 0;
        c_.files = false;
        c_.draft = {};
        speak_common("deleted");
        end("deleted");
        return;
    }
    if (!is_done(pack_, folded) && !is_blank(body.reveal())) {
        add_part(block().name, body, nullptr);
    }
    const BlockIndex first = flow().start;
    const auto* menu =
        first < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[first].kind) : nullptr;
    if (c_.language_chosen || menu == nullptr || menu->set != "language") {
        answered();
        return;
    }
    c_.stack.assign(1, c_.block);
    go_on(first);
}

void Run::text_after_silence(const PrivateText& body, std::string_view folded) {
    if (c_.files && !c_.filed && c_.parts > 0) {
        file("silence");
    }
    const Urgency urgency = c_.urgency;
    forget();
    if (names_danger(pack_, folded)) {
        raise(urgency);
    }
    if (is_story(body.reveal())) {
        take_first_text(body);
    } else if (!resume_by_code(body.reveal())) {
        show_opener();
    }
}

void Run::open_with_text(const PrivateText& body) {
    const std::string folded = fold_text(body.reveal());
    note_danger(folded);
    if (revoked(body.reveal())) {
        return;
    }
    c_.block = flow().start;  // keywords and hotkeys are read as if the first question had been asked
    if (resume_by_code(body.reveal()) || (waits() && shortcut(body.reveal(), folded))) {
        return;
    }
    if (c_.mode == Mode::sms && is_story(body.reveal())) {
        take_first_text(body);
        return;
    }
    begin(Called{});
}

bool Run::is_story(std::string_view body) const {
    const BlockIndex story = flow().first_text;
    if (story >= pack_.blocks.size() || !std::holds_alternative<AskBlock>(pack_.blocks[story].kind) ||
        !is_long_enough_for_story(body)) {
        return false;
    }
    const BlockIndex first = flow().start;
    const auto* menu =
        first < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[first].kind) : nullptr;
    return menu == nullptr || !read_menu(pack_, *menu, c_.language, body);
}

void Run::take_first_text(const PrivateText& body) {
    c_.block = flow().first_text;
    c_.phase = Phase::first_text;
    c_.attempt = 0;
    c_.story_messages = 1;
    c_.files = true;
    add_part(block().name, body, nullptr);
    step_.facts.emplace_back("first_text");
    speak_common("first_text");
    send();
}

/// A receipt code is the one thing that leads back to what was told, from any phone.
bool Run::resume_by_code(std::string_view body) {
    const std::string digits = read_typed_digits(pack_, c_.language, body);
    if (!is_code(digits)) {
        return false;
    }
    const auto found = std::find_if(pack_.blocks.begin(), pack_.blocks.end(), [](const Block& candidate) {
        const auto* ask = std::get_if<AskBlock>(&candidate.kind);
        return ask != nullptr && ask->kind == AskKind::code;
    });
    if (found == pack_.blocks.end()) {
        return false;
    }
    code_ = PrivateText(digits);
    c_.phase = Phase::asking;
    go_on(found->exits.next);
    return true;
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

/// A new conversation on the same thread: nothing that was told is known to it.
void Run::forget() {
    Conversation fresh;
    fresh.pack = c_.pack;
    fresh.mode = c_.mode;
    fresh.turn = c_.turn;
    fresh.touched = c_.touched;
    fresh.language = first_language();
    c_ = std::move(fresh);
    values_.clear();
}

}  // namespace rightsline::flows

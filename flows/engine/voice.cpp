#include <algorithm>

#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {

bool Run::hotkey(std::string_view key) {
    if (key.size() != 1) {
        return false;
    }
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    if (menu != nullptr && menu->not_keys.find(key.front()) != std::string::npos) {
        return false;
    }
    if (key.front() == flow().repeat_key) {
        if (const BlockIndex read = reply_said_again(); read != no_block) {
            c_.said.clear();  // what is read now is all that is said
            go_on(read);
            return true;
        }
        speak_said();
        listen(c_.block);
        return true;
    }
    if (key.front() == flow().back_key) {
        go_back();
        return true;
    }
    const auto found = flow().hotkeys.find(key.front());
    if (found == flow().hotkeys.end()) {
        return false;
    }
    if (c_.phase == Phase::first_text) {
        lead(found->second, 0);  // the opening story's answer named the key in every language
    } else {
        jump(found->second);
    }
    return true;
}

void Run::keyed(const std::string& digits) {
    if (c_.phase == Phase::proving) {
        keyed_to_prove(digits);
        return;
    }
    if (c_.phase == Phase::tone || c_.phase == Phase::speaking) {
        if (!keyed_at_tone(digits)) {
            recorded({});
        }
        return;
    }
    if (c_.phase == Phase::left) {
        keyed_after_message(digits);
        return;
    }
    if (const auto* menu = std::get_if<MenuBlock>(&block().kind)) {
        keyed_at_menu(*menu, digits);
        return;
    }
    const auto* ask = std::get_if<AskBlock>(&block().kind);
    if (ask == nullptr) {
        go_on(c_.block);
    } else if (ask->kind == AskKind::text || ask->kind == AskKind::story) {
        const bool ends = digits.empty() || digits.front() == flow().back_key;  // as pound ends a recording
        if (ends || !hotkey(digits)) {
            recorded_at_ask(*ask, {});
        }
    } else if (!(digits == "*" || digits == "#") || !hotkey(digits)) {  // no code holds a star or a pound
        digits_at_ask(*ask, digits);
    }
}

/// Whoever has found the key by the time of the tone is heard as at the menu; the pound ends a recording, and says nothing.
bool Run::keyed_at_tone(const std::string& digits) {
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    const bool picks = menu != nullptr && std::ranges::any_of(menu->choices, [&](const Choice& choice) {
                           return choice.key == digits && !choice.mute;
                       });
    const Phase before = c_.phase;
    c_.phase = Phase::asking;
    if (picks) {
        keyed_at_menu(*menu, digits);
        return true;
    }
    if (menu != nullptr && digits != "#" && hotkey(digits)) {
        return true;
    }
    c_.phase = before;
    return false;
}

void Run::keyed_at_menu(const MenuBlock& menu, const std::string& digits) {
    if (digits.empty()) {
        silence_at_menu(menu);
        return;
    }
    if (skipped(menu, digits) || hotkey(digits)) {
        return;
    }
    const auto picked = std::find_if(menu.choices.begin(), menu.choices.end(), [&](const Choice& choice) {
        return choice.key == digits && !choice.mute;
    });
    if (picked == menu.choices.end()) {
        no_match();
        return;
    }
    answer_menu(menu, static_cast<std::size_t>(picked - menu.choices.begin()));
}

/// The pound that ends a recording may come when silence has ended it already: at the question after it, it is no "back".
void Run::note_recording(BlockIndex asked) {
    forget_recording();
    if (c_.mode == Mode::voice) {
        c_.history.erase(c_.history.begin(),
                         c_.history.begin() + (c_.history.size() == limits::history ? 1 : 0));
        c_.history.push_back(asked);
    }
}

void Run::forget_recording() {
    if (just_recorded()) {
        c_.history.pop_back();
    }
}

bool Run::just_recorded() const {
    const BlockIndex last = c_.history.empty() ? no_block : c_.history.back();
    return last < pack_.blocks.size() && std::holds_alternative<AskBlock>(pack_.blocks[last].kind);
}

/// Whoever presses back after a way sideways is led nowhere by it, but that they have just spoken still holds.
void Run::forget_way_back() {
    c_.history.erase(c_.history.begin(), c_.history.end() - (just_recorded() ? 1 : 0));
}

/// Somebody who cannot press a key may speak: a tone follows the second silence, and at a language menu the first,
/// because its last words are "say its name and your message after the tone". Nobody is woken by silence.
void Run::silence_at_menu(const MenuBlock& menu) {
    const Exits& exits = block().exits;
    if (exits.no_input != no_block && exits.no_input != exits.no_match) {
        no_input();
        return;
    }
    step_.facts.emplace_back("no_input");
    ++c_.attempt;
    if (menu.set == "language" || c_.attempt >= 2) {
        c_.phase = Phase::tone;
        record_message("record_tone", c_.language);
        return;
    }
    speak(no_input_text());
    ask_again();
}

void Run::recorded(const Recorded& recorded) {
    const bool spoke = !recorded.recording.empty() && recorded.length > Seconds{0};
    const auto* ask = std::get_if<AskBlock>(&block().kind);
    if (ask != nullptr && c_.phase == Phase::asking) {
        recorded_at_ask(*ask, recorded);
        return;
    }
    if (spoke) {
        message_left(recorded);
        return;
    }
    step_.facts.emplace_back("nothing_recorded");
    if (c_.phase == Phase::tone && c_.attempt < 2) {
        c_.phase = Phase::asking;
        speak(no_input_text());
        ask_again();
        return;
    }
    speak_in_all("goodbye");
    end("silence");
}

/// A menu with the choice "danger now", which leads to help.
bool Run::asks_danger(const MenuBlock& menu) const {
    const BlockIndex help = flow().danger;
    return help < pack_.blocks.size() &&
           std::any_of(
               menu.choices.begin(), menu.choices.end(),
               [&](const Choice& choice) { return choice.go == help && choice.urgency == Urgency::p1; });
}

/// Words that came instead of a key: the story where the script has one, else a report of their own.
void Run::message_left(const Recorded& recorded) {
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    const bool foreign = c_.phase == Phase::speaking || (menu != nullptr && menu->set == "language");
    const BlockIndex story = flow().first_text;
    const auto* ask =
        story < pack_.blocks.size() ? std::get_if<AskBlock>(&pack_.blocks[story].kind) : nullptr;
    step_.facts.emplace_back("spoken_message");
    if (!foreign && ask != nullptr && menu != nullptr && just_recorded()) {
        keep_message(pack_.blocks[story].name, recorded);
        return;
    }
    if (!foreign && ask != nullptr) {
        c_.phase = Phase::asking;
        c_.stack.clear();
        begin_report();
        c_.files = true;
        add_part(pack_.blocks[story].name, {}, &recorded);
        // whoever speaks here instead of "no" is heard as urgent, and hears of help
        if (menu != nullptr && asks_danger(*menu)) {
            raise(Urgency::p1);
            lead(flow().danger, 0);
            return;
        }
        c_.block = story;
        answered();
        return;
    }
    raise(Urgency::p2);  // nobody could ask whether there is danger, so somebody must listen soon
    keep_message("message", recorded);
}

/// The last of a call without a key: words in another language, or words after words at a question, which a radio would go on
/// with for as long as it is asked. It is filed at once; a key deletes it.
void Run::keep_message(std::string name, const Recorded& recorded) {
    begin_report();
    c_.files = true;
    add_part(std::move(name), {}, &recorded);
    if (!c_.filed) {
        file("spoken_message");
    }
    c_.phase = Phase::left;
    c_.said.clear();
    say_message_kept();
}

void Run::say_message_kept() {
    speak_in_all("message_kept");
    Gather gather;
    gather.prompts = std::move(said_);
    step_.actions.emplace_back(std::move(gather));
    sent_ = true;
}

void Run::keyed_after_message(std::string_view digits) {
    if (digits == "2") {
        step_.discard_draft = true;
        step_.facts.emplace_back("deleted");
        forget_draft();
        speak_in_all("deleted");
        end("deleted");
        return;
    }
    speak_in_all("goodbye");
    end("spoken_message");
}

void Run::hung_up() {
    sent_ = true;
    end("hang_up");
}

void Run::elapsed() {
    sent_ = true;
    if (c_.mode != Mode::sms || context_.now >= c_.expires) {
        end("silence");
        return;
    }
    if (context_.now - c_.touched < limits::neutral_after) {
        return;  // a text came in between; finish_turn sets the timer anew
    }
    if (c_.files && !c_.filed && c_.parts > 0) {
        file("silence");
    }
    const Instant expires = c_.expires;
    forget();
    c_.expires = expires;
    c_.block = flow().start;
}

}  // namespace rightsline::flows

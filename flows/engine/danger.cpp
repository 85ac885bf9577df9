// Danger in the worker's words: what is said first, what is kept, what it raises, and where it leads.
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"

namespace rightsline::flows {

void Run::note_danger() {
    if (danger_.named) {
        step_.facts.emplace_back("danger_words");
        raise(Urgency::p1);
    }
}

/// Words of danger in what is being told: once in a report the worker hears the emergency number and the way to help
/// before anything else, however many parts came before. On USSD the number alone, so that the question has room.
void Run::warn() {
    const TextIndex words = danger_.named && c_.mode != Mode::voice && !c_.warned
                                ? common(c_.mode == Mode::sms ? "danger_call" : "danger_call_short")
                                : no_text;
    if (words == no_text) {
        return;
    }
    comfort();
    speak(words);
    c_.warned = true;
    noticed_ = c_.mode == Mode::ussd;  // it may not shift the later screens of what follows
}

/// One human sentence, once in a report, to whoever told of violence. The emergency number alone tells of none.
void Run::comfort() {
    if (danger_.languages == 0 || c_.comforted || c_.mode != Mode::sms || common("sorry") == no_text) {
        return;
    }
    speak(common("sorry"), c_.language, {});
    c_.comforted = true;
}

/// What raises a case is a part of it, wherever it was said, and one word ("kadejak") is a report. The emergency number
/// alone says no more than the key for danger does: it begins none.
bool Run::keep_danger(const PrivateText& body) {
    if (!danger_.named || (!has_told() && danger_.languages == 0)) {
        return false;
    }
    add_words(body);
    return true;
}

/// To help, in the language of the words where only one knows them. USSD has one screen, and help has it.
bool Run::help_in_danger(bool kept) {
    const BlockIndex help = flow().danger;
    if (!danger_.named || help >= pack_.blocks.size()) {
        return false;
    }
    choose_only(danger_.languages);
    if (kept && c_.mode == Mode::sms) {
        guess_language(danger_.languages);
        comfort();
        speak_in_all("marked_urgent");
    }
    lead(help, danger_.languages);
    return true;
}

/// Words of danger where nothing asked for words. Whoever has told us nothing is led to help; what was told already is
/// marked as urgent, and a menu asks again unless there is a place here to tell more.
bool Run::danger_elsewhere(const PrivateText& body) {
    if (!danger_.named) {
        return false;
    }
    part_from_returned();
    note_danger();
    const bool told = has_told();
    const bool kept = keep_danger(body);
    const bool asks_again = told && !in_help() && std::holds_alternative<MenuBlock>(block().kind);
    if (!asks_again && help_in_danger(kept)) {
        return true;
    }
    if (!kept || common("marked_urgent") == no_text) {
        return false;
    }
    ++c_.attempt;
    retry_or_leave(block().exits.no_match, common("marked_urgent"));
    return true;
}

}  // namespace rightsline::flows

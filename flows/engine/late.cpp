// A text from before the last turn: it waited on a disk or at the phone company while the store was gone.
//
// Its worker had not read the question that waits now, so it answers nothing: a "2" deletes nothing and chooses nothing.
// STOP was obeyed before this is reached. Words are kept with what was told, or begin a report; danger is heard.
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"

namespace rightsline::flows {

void Run::text_came_late(const PrivateText& body, std::string_view folded) {
    step_.facts.emplace_back("late_text");
    note_danger();
    if (tells_late(body.reveal(), folded)) {
        add_words(body);
        warn();
        if (common("words_kept") != no_text) {
            speak_in_all("words_kept");
            noticed_ = true;
        }
    }
    ask_after_late();
}

/// A key alone, a greeting or a yes says nothing without the question that it was for. Beside a story all words count.
bool Run::tells_late(std::string_view body, std::string_view folded) const {
    if (danger_.named) {
        return true;
    }
    if (is_blank(body) || !key_of(pack_, c_.language, body).empty() || only_leads(body, folded)) {
        return false;
    }
    return has_told() || (tells(pack_, folded, 1) && !is_answer_word(pack_, body, folded));
}

/// X, MENU and "back" are no words of a report, not even beside a story. "Help" may be a cry and "delete" a wish.
bool Run::only_leads(std::string_view body, std::string_view folded) const {
    const std::string keyword = keyword_of(pack_, body, folded);
    if (keyword == "*" || keyword == "#") {
        return true;
    }
    return keyword != "help" && keyword != "delete" && flow().keywords.contains(keyword);
}

/// The question that waits, once more.
void Run::ask_after_late() {
    if (c_.phase == Phase::first_text) {
        answer_first_text();
    } else if (c_.phase == Phase::opener) {
        show_opener();
    } else if (std::holds_alternative<DoBlock>(block().kind)) {
        step_.silent = said_.empty();
        send();
    } else {
        ask_on();
    }
}

}  // namespace rightsline::flows

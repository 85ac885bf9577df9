// STOP: a worker who wants no more texts is obeyed before anything else is read, and until they send START.
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {

bool has_stopped(const Conversation& conversation) { return conversation.phase == Phase::stopped; }

Conversation stopped_on(const Pack& pack, Conversation conversation) {
    conversation.pack = pack.hash;
    conversation.block = pack.flows[0].start;
    conversation.language = conversation.language < pack.languages.size() ? conversation.language : 0;
    return conversation;
}

/// A language's own word ("basta", "kanpe") alone, where words are being told: "I am done", or a part of the story.
/// What a carrier takes for STOP blocks the phone whatever we think, and a plain sentence to us is plain anywhere.
bool Run::is_told_word(locales::StopWish wish) const {
    const auto* ask = waits() ? std::get_if<AskBlock>(&block().kind) : nullptr;
    return wish == locales::StopWish::word && ask != nullptr && ask->kind == AskKind::story &&
           c_.phase == Phase::asking && c_.story_messages > 0;
}

bool Run::revoked(std::string_view body) {
    const locales::StopWish wish = read_stop_text(pack_, body);
    if (c_.mode != Mode::sms || wish == locales::StopWish::none || is_told_word(wish)) {
        return false;
    }
    note_danger();
    step_.facts.emplace_back("opt_out");
    // A carrier answers its own words. Ours it does not know, so we say once how to come back.
    if (wish != locales::StopWish::carrier) {
        choose_only(languages_of_stop(pack_, body));
        speak_in_all("stopped");
    }
    step_.silent = said_.empty();
    send();
    stop();
    return true;
}

/// What was told is filed, and the rest is forgotten; only that this phone wants no texts is kept.
void Run::stop() {
    if (c_.files && !c_.filed && c_.parts > 0) {
        file("opt_out");
    }
    hurry();
    const LanguageIndex language = c_.language;
    const bool chosen = c_.language_chosen;
    forget();
    c_.touched = context_.now;
    c_.language = language;
    c_.language_chosen = chosen;
    c_.phase = Phase::stopped;
    c_.block = pack_.flows[0].start;
}

/// After STOP only START and HELP are answered. A story or words of danger are kept without a word.
void Run::after_stop(const Event& event) {
    sent_ = true;
    const auto* text = std::get_if<Texted>(&event);
    if (text == nullptr) {
        return;
    }
    const std::string& body = text->body.reveal();
    const std::string folded = fold_text(body);
    danger_ = read_danger(pack_, folded);
    const bool back = is_start(pack_, folded) || folded == "yes";
    if (back && is_overtaken()) {
        step_.silent = true;  // they sent STOP after it
        return;
    }
    if (back) {  // a carrier lets a phone back in with YES, too
        sent_ = false;
        forget();
        c_.touched = context_.now;
        c_.language_chosen = context_.line_language && *context_.line_language < pack_.languages.size();
        begin(Called{});
        return;
    }
    step_.silent = true;
    if (read_stop_text(pack_, body) != locales::StopWish::none) {
        step_.facts.emplace_back("opt_out");
    } else if (keyword_of(pack_, body, folded) == "help") {
        help_after_stop();
    } else if (danger_.named || is_long_enough_for_story(body)) {
        keep_after_stop(text->body);
    }
}

void Run::help_after_stop() {
    const auto help = flow().keywords.find("help");
    const auto* say = help != flow().keywords.end() && help->second < pack_.blocks.size()
                          ? std::get_if<SayBlock>(&pack_.blocks[help->second].kind)
                          : nullptr;
    sent_ = false;
    if (say != nullptr) {
        speak(prompt_of(say->prompt), say->secret);
    }
    step_.silent = said_.empty();
    send();
}

/// One case for what comes together; it is filed at once, for nothing will ever end this conversation.
void Run::keep_after_stop(const PrivateText& body) {
    if (context_.case_gone || context_.now - c_.touched >= limits::neutral_after) {
        forget_draft();
        c_.urgency = Urgency::p3;
    }
    c_.touched = context_.now;
    note_danger();
    add_words(body);
    if (!c_.filed) {
        file("after_stop");
    }
}

}  // namespace rightsline::flows

#include "flows/engine.hpp"

#include <algorithm>

#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {

Run::Run(const Pack& pack, Conversation conversation, const Context& context)
    : pack_(pack),
      context_(context),
      step_{},
      c_(step_.conversation),
      words_(pack, conversation.mode, values_) {
    step_.conversation = std::move(conversation);
    values_ = unpack_values(c_.values);
    language_before_ = c_.language;
    block_before_ = c_.block;
    place_before_ = place();
    if (c_.filed && !c_.returned) {
        case_before_ = c_.draft;
    }
}

const Flow& Run::flow() const { return pack_.flows[waits() ? block().flow : 0]; }

LanguageIndex Run::first_language() const {
    const LanguageIndex language = context_.line_language.value_or(0);
    return language < pack_.languages.size() ? language : LanguageIndex{0};
}

std::chrono::minutes Run::expiry() const {
    const Expiry& expire = pack_.flows[0].expire;
    return c_.phase == Phase::talking ? limits::talk_kept
           : c_.mode == Mode::voice   ? expire.voice
           : c_.mode == Mode::ussd    ? expire.ussd
                                      : expire.sms;
}

void Run::raise(Urgency urgency) { c_.urgency = std::min(c_.urgency, urgency); }

/// A conversation that cannot be of this pack is begun again rather than trusted.
bool Run::is_sane() const {
    const auto known = [&](BlockIndex index) { return index < pack_.blocks.size(); };
    if (c_.language >= pack_.languages.size() || !known(c_.block) ||
        (c_.then != no_block && !known(c_.then)) || (c_.question != no_block && !known(c_.question)) ||
        !std::all_of(c_.stack.begin(), c_.stack.end(), known)) {
        return false;
    }
    const auto& kind = block().kind;
    const bool asks = std::holds_alternative<MenuBlock>(kind) || std::holds_alternative<AskBlock>(kind);
    switch (c_.phase) {
        case Phase::asking:
            return asks || std::holds_alternative<DoBlock>(kind);
        case Phase::tone:
            return asks && c_.mode == Mode::voice;
        case Phase::speaking:
            return asks && c_.mode == Mode::voice;
        case Phase::first_text:
            return std::holds_alternative<AskBlock>(kind) && c_.mode == Mode::sms;
        case Phase::opener:
            return c_.mode == Mode::sms && (asks || std::holds_alternative<SayBlock>(kind));
        case Phase::paging:
            return c_.mode == Mode::ussd;
        case Phase::left:
            return c_.mode == Mode::voice && std::holds_alternative<MenuBlock>(kind);
        case Phase::stopped:
            return c_.mode == Mode::sms;
        case Phase::talking:
            return c_.mode == Mode::voice && std::holds_alternative<DoBlock>(kind);
        case Phase::proving:
            return c_.mode == Mode::voice && asks;
    }
    return false;
}

void Run::begin(const Event& event) {
    c_.touched = context_.now;
    const auto* text = std::get_if<Texted>(&event);
    if (text != nullptr) {
        open_with_text(text->body);
        return;
    }
    const BlockIndex first = pack_.flows[0].start;
    if (must_prove()) {
        ask_for_key();
        return;
    }
    c_.block = no_block;
    const auto* menu =
        first < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[first].kind) : nullptr;
    const bool known = menu != nullptr && menu->set == "language" && c_.language_chosen;
    go_on(known ? pack_.blocks[first].exits.next : first);
}

/// A machine that only holds the line does neither.
bool Run::is_answer(const Event& event) {
    const auto* keys = std::get_if<Keyed>(&event);
    const auto* words = std::get_if<Recorded>(&event);
    return (keys != nullptr && !keys->digits.reveal().empty()) ||
           (words != nullptr && !words->recording.empty());
}

void Run::take(const Event& event) {
    c_.answered = c_.answered || is_answer(event);
    if (!is_sane()) {
        const bool waited = waits();
        const Instant touched = c_.touched;
        if (std::holds_alternative<HungUp>(event) || std::holds_alternative<Elapsed>(event)) {
            hung_up();
            return;
        }
        const PackHash pack = c_.pack;
        forget();
        c_.pack = pack;
        c_.touched = touched;
        if (waited) {
            step_.facts.emplace_back("lost_place");
        }
        begin(event);
        return;
    }
    if (c_.phase == Phase::stopped) {
        after_stop(event);
    } else if (context_.case_gone && c_.filed && !std::holds_alternative<DoResult>(event)) {
        lose_case();
    } else if (const auto* result = std::get_if<DoResult>(&event)) {
        done(*result);
    } else if (std::holds_alternative<HungUp>(event)) {
        hung_up();
    } else if (std::holds_alternative<Elapsed>(event)) {
        elapsed();
    } else if (const auto* text = std::get_if<Texted>(&event)) {
        texted(text->body);
    } else if (std::holds_alternative<DoBlock>(block().kind)) {
        c_.touched = context_.now;
        begin_time_after_talk();
        if (const auto* keys = std::get_if<Keyed>(&event)) {
            key_ = keys->digits.reveal();
        }
        perform_or_ask();
    } else {
        c_.touched = context_.now;
        if (!is_time_up(event)) {
            heard(event);
        }
    }
}

void Run::perform_or_ask() {
    if (c_.pending.empty()) {
        go_on(c_.block);
    } else {
        perform_pending();
    }
}

void Run::heard(const Event& event) {
    if (const auto* keys = std::get_if<Keyed>(&event)) {
        keyed(keys->digits.reveal());
    } else if (const auto* recording = std::get_if<Recorded>(&event)) {
        recorded(*recording);
    } else if (c_.phase == Phase::left) {
        say_message_kept();
    } else if (c_.phase == Phase::proving) {
        say_key_is_asked();
    } else {
        speak_said();
        listen(c_.block);  // Called or Continued: the provider lost its place and hears the prompt again
    }
}

void Run::set_timer() {
    if (step_.ended) {
        step_.timer = {TimerOp::clear, {}};
        return;
    }
    if (c_.phase == Phase::stopped) {
        c_.expires = c_.touched;
        step_.timer = {TimerOp::clear, {}};
        return;
    }
    c_.expires = c_.touched + expiry();
    // What was told is filed after half an hour's silence; an expired conversation is cleared away.
    const bool untold = c_.mode == Mode::sms && c_.files && !c_.filed && c_.parts > 0;
    const std::chrono::minutes patience =
        c_.urgency == Urgency::p1 ? limits::urgent_after : limits::neutral_after;
    step_.timer = {TimerOp::set, untold ? c_.touched + patience : c_.expires};
}

Step Run::finish_turn() {
    if (!sent_ && !said_.empty()) {
        send();
    }
    if (c_.mode == Mode::voice && !returning_) {
        ++c_.turn;
    }
    tell_of_time();
    hurry();
    note_language();
    note_unanswered();
    set_timer();
    return std::move(step_);
}

Step start(const Pack& pack, Mode mode, const Event& event, const Context& context) {
    Conversation conversation;
    conversation.pack = pack.hash;
    conversation.mode = mode;
    const bool known = context.line_language && *context.line_language < pack.languages.size();
    conversation.language = known ? *context.line_language : LanguageIndex{0};
    conversation.language_chosen = known;
    conversation.touched = context.now;
    conversation.begun = mode == Mode::voice ? context.now : Instant{};
    Run run(pack, std::move(conversation), context);
    run.begin(event);
    return run.finish_turn();
}

Step step(const Pack& pack, const Conversation& conversation, const Event& event, const Context& context) {
    Run run(pack, conversation, context);
    run.take(event);
    return run.finish_turn();
}

}  // namespace rightsline::flows

#include <algorithm>
#include <charconv>

#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

bool in_range(const AskBlock& ask, std::int64_t value) {
    return (!ask.min || value >= *ask.min) && (!ask.max || value <= *ask.max);
}

}  // namespace

void Run::answered() {
    const BlockIndex asked = c_.block;
    settle_question(asked);
    moved();
    if (const auto* ask = std::get_if<AskBlock>(&pack_.blocks[asked].kind);
        ask != nullptr && (ask->kind == AskKind::text || ask->kind == AskKind::story)) {
        note_recording(asked);
    }
    go_on(leave(asked, pack_.blocks[asked].exits.next));
}

void Run::add_part(std::string name, PrivateText text, const Recorded* recording) {
    const bool first = c_.draft == std::array<std::uint8_t, 16>{} || (c_.parts == 0 && !c_.filed);
    if (first) {
        name_draft();
        c_.circle = pack_.circles.of(family());
    }
    c_.parts = static_cast<std::uint8_t>(std::min<int>(c_.parts + 1, UINT8_MAX));
    Part part;
    part.name = std::move(name);
    part.text = std::move(text);
    if (recording != nullptr) {
        part.recording = recording->recording;
        part.length = recording->length;
    }
    step_.parts.push_back(std::move(part));
}

/// A report that was opened with its code is not the one that begins here.
void Run::begin_report() {
    if (c_.returned) {
        const bool files = c_.files;
        const bool warned = c_.warned;  // said in this turn, about the words that begin it
        const bool comforted = c_.comforted;
        forget_draft();
        c_.history.clear();  // back there, "delete my report" would now mean this one
        c_.files = files;
        c_.warned = warned;
        c_.comforted = comforted;
    }
}

/// The number of the report that was filed here was given, or the worker was asked whether it shall be.
bool Run::number_is_settled() const {
    const auto asks_for_number = [&](const Answer& answer) { return asks_for_secret(answer.block); };
    return !find_value(values_, "code").empty() &&
           (c_.code_said || std::ranges::any_of(c_.answers, asks_for_number));
}

/// What it is about, asked for anew, when one report is filed and its number settled: another report, with nothing of
/// the one before. Danger that was told of since then is danger still.
void Run::begin_another_report() {
    if (!c_.filed || c_.returned || !number_is_settled()) {
        return;
    }
    if (static_cast<std::uint8_t>(c_.urgency) >= c_.filed_as) {
        c_.urgency = Urgency::p3;
    }
    forget_draft();
    c_.code_said = false;
    c_.answers.clear();
    c_.history.clear();
    std::erase_if(values_,
                  [](const auto& value) { return value.first == "code" || value.first == "number"; });
    keep_values();
}

void Run::keep_part(const AskBlock& ask, const PrivateText& text, const Recorded* recording) {
    if (!ask.seal) {
        remember(c_.block, 1);
        return;
    }
    if (ask.files) {
        begin_report();
    }
    c_.files = c_.files || ask.files;
    add_part(block().name, text, recording);
}

void Run::text_at_ask(const AskBlock& ask, const PrivateText& body, std::string_view folded) {
    const std::string& text = body.reveal();
    if (ask.skip && is_skip(pack_, folded)) {
        answered();
        return;
    }
    if (ask.kind == AskKind::story && c_.mode == Mode::sms) {
        text_at_story(ask, body, folded);
        return;
    }
    if (text.size() > limits::text_bytes) {
        ++c_.attempt;
        step_.facts.emplace_back("too_long");
        retry_or_leave(block().exits.no_match, common("too_long"));
        return;
    }
    if (ask.kind == AskKind::text || ask.kind == AskKind::story || ask.kind == AskKind::date) {
        if (is_blank(text)) {
            no_input();
            return;
        }
        keep_part(ask, body, nullptr);
        answered();
        return;
    }
    digits_at_ask(ask,
                  ask.kind == AskKind::code ? typed_code(text) : read_typed_digits(pack_, c_.language, text));
}

/// "my code is 3441 …" where a code is asked for; else the digits that were typed, which will not be one.
std::string Run::typed_code(std::string_view text) const {
    std::string code = named_code(pack_, c_.language, text);
    return code.empty() ? read_typed_digits(pack_, c_.language, text) : code;
}

/// There are words that "1" or "#" can end: those of this question, or those told before "tell it again".
bool Run::story_is_told(const AskBlock& ask) const {
    return c_.story_messages > 0 || (ask.files && c_.parts > 0 && !c_.returned);
}

void Run::text_at_story(const AskBlock& ask, const PrivateText& body, std::string_view folded) {
    const bool stops = is_told_word(read_stop_text(pack_, body.reveal()));
    if (stops) {
        speak_common("stop_hint");
    }
    if (stops || is_done(pack_, folded)) {
        if (story_is_told(ask)) {
            answered();
        } else {
            ++c_.attempt;
            retry_or_leave(block().exits.no_input, common("story_done_hint"));
        }
        return;
    }
    if (is_blank(body.reveal())) {
        no_input();
        return;
    }
    keep_part(ask, body, nullptr);
    const bool acknowledge = c_.story_messages < limits::story_acknowledgements || !said_.empty();
    c_.story_messages = static_cast<std::uint8_t>(std::min<int>(c_.story_messages + 1, UINT8_MAX));
    if (acknowledge) {
        speak_common("story_more");
        send();
        return;
    }
    step_.silent = true;
    sent_ = true;
}

void Run::digits_at_ask(const AskBlock& ask, const std::string& digits) {
    if (digits.empty()) {
        if (ask.skip) {
            answered();
        } else if (c_.mode == Mode::voice) {
            no_input();
        } else {
            no_match();
        }
        return;
    }
    if (ask.kind == AskKind::code) {
        code_at_ask(digits);
        return;
    }
    if (!ask.check.empty()) {
        const std::string_view code = find_value(values_, "code");
        const bool same = !code.empty() && code == digits;
        step_.facts.emplace_back(same ? "code_confirmed" : "code_not_confirmed");
        const BlockIndex asked = c_.block;
        const BlockIndex exit = same ? block().exits.next : block().exits.no_match;
        moved();
        go_on(leave(asked, exit));
        return;
    }
    number_at_ask(ask, digits);
}

void Run::number_at_ask(const AskBlock& ask, const std::string& digits) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool counts_digits = ask.kind == AskKind::digits || ask.kind == AskKind::secret;
    const auto measured = counts_digits ? static_cast<std::int64_t>(digits.size()) : value;
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    if (!in_range(ask, measured) || (!counts_digits && !whole)) {
        no_match();
        return;
    }
    if (ask.seal) {
        keep_part(ask, PrivateText(digits), nullptr);
    } else if (ask.kind != AskKind::secret) {
        remember(c_.block, whole ? value : 0);
    }
    answered();
}

void Run::code_at_ask(const std::string& digits) {
    if (!is_code(digits)) {
        no_match();
        return;
    }
    code_ = PrivateText(digits);
    answered();
}

void Run::recorded_at_ask(const AskBlock& ask, const Recorded& recorded) {
    if (recorded.recording.empty() || recorded.length <= Seconds{0}) {
        if (ask.skip) {
            answered();
            return;
        }
        ++c_.attempt;
        step_.facts.emplace_back("nothing_recorded");
        retry_or_leave(block().exits.no_input, common("nothing_recorded", c_.attempt >= 2));
        return;
    }
    keep_part(ask, {}, &recorded);
    answered();
}

}  // namespace rightsline::flows

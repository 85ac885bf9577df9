#include <algorithm>

#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

template <class T>
void push_bounded(std::vector<T>& list, T item, std::size_t most) {
    if (list.size() == most) {
        list.erase(list.begin());
    }
    list.push_back(item);
}

/// "08:00" as minutes of the day; -1 when it is no time.
int minutes_of(std::string_view clock) {
    if (clock.size() != 5 || clock[2] != ':') {
        return -1;
    }
    const auto digit = [&](std::size_t i) { return clock[i] - '0'; };
    return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

bool within_hours(const std::vector<std::string>& hours, const Context& context) {
    if (hours.size() < 2) {
        return false;
    }
    const auto local = std::chrono::floor<std::chrono::minutes>(context.now.time_since_epoch()) +
                       std::chrono::minutes(context.utc_offset_minutes);
    const auto minute = static_cast<int>(((local.count() % 1440) + 1440) % 1440);
    const int from = minutes_of(hours[0]);
    const int to = minutes_of(hours[1]);
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

constexpr std::string_view mode_names[] = {"sms", "voice", "ussd"};

}  // namespace

void Run::go_on(BlockIndex block) {
    while (block != halt) {
        if (++steps_ > limits::steps_per_turn) {
            step_.facts.emplace_back("too_many_steps");
            speak_common("goodbye");
            end("broken_script");
            return;
        }
        if (block == no_block) {
            block = come_back();
            continue;
        }
        block = block < pack_.blocks.size() ? enter(block) : no_block;
    }
}

BlockIndex Run::enter(BlockIndex index) {
    const Block& entered = pack_.blocks[index];
    const auto* work = std::get_if<DoBlock>(&entered.kind);
    if ((entered.modes & (1U << static_cast<unsigned>(c_.mode))) == 0) {
        return leave(index, work != nullptr ? exit_of(*work, "ok") : entered.exits.next);
    }
    if (entered.urgency) {
        raise(*entered.urgency);
    }
    if (const auto* say = std::get_if<SayBlock>(&entered.kind)) {
        return enter_say(index, *say);
    }
    if (const auto* branch = std::get_if<IfBlock>(&entered.kind)) {
        return leave(index, enter_if(*branch));
    }
    if (const auto* call = std::get_if<CallBlock>(&entered.kind)) {
        return enter_call(index, *call);
    }
    if (work != nullptr) {
        return enter_do(index, *work);
    }
    return wait_at(index);
}

BlockIndex Run::enter_say(BlockIndex index, const SayBlock& say) {
    const Block& entered = pack_.blocks[index];
    if (needs_code(say) && find_value(values_, "code").empty()) {
        return leave(index, entered.exits.next);  // there is no number to give, and no question about it
    }
    bool allowed = true;
    if (say.after < pack_.blocks.size() && c_.mode != Mode::voice) {
        const auto asked = std::find_if(c_.answers.begin(), c_.answers.end(),
                                        [&](const Answer& answer) { return answer.block == say.after; });
        if (asked == c_.answers.end() && c_.stack.size() < limits::call_depth) {
            c_.stack.push_back(index);
            c_.history.clear();
            return say.after;
        }
        allowed = asked != c_.answers.end() && asked->value == 0;
    }
    if (allowed) {
        speak(prompt_of(say.prompt), say.secret);
        push_bounded(c_.said, index, limits::said);
    }
    return leave(index, entered.exits.next);
}

/// The words of this block in this mode say the receipt code.
bool Run::needs_code(const SayBlock& say) const {
    const TextIndex text = say.secret ? prompt_of(say.prompt) : no_text;
    if (text == no_text) {
        return false;
    }
    const auto& names = pack_.text(c_.language, text).placeholders();
    return std::find(names.begin(), names.end(), "code") != names.end();
}

BlockIndex Run::enter_if(const IfBlock& branch) const {
    const auto found = std::find_if(branch.conditions.begin(), branch.conditions.end(),
                                    [&](const Condition& condition) { return holds(condition); });
    return found == branch.conditions.end() ? branch.otherwise : found->go;
}

BlockIndex Run::enter_call(BlockIndex index, const CallBlock& call) {
    if (c_.stack.size() >= limits::call_depth) {
        step_.facts.emplace_back("too_deep");
        return pack_.blocks[index].exits.next;
    }
    c_.stack.push_back(index);
    return call.start;
}

BlockIndex Run::wait_at(BlockIndex index) {
    c_.block = index;
    c_.phase = Phase::asking;
    c_.attempt = 0;
    c_.page = 0;
    c_.story_messages = 0;
    c_.then = asks_language(index) ? c_.then : no_block;
    listen(index);
    return halt;
}

BlockIndex Run::leave(BlockIndex from, BlockIndex to) {
    if (to == no_block && pack_.blocks[from].end) {
        c_.stack.clear();  // `end: true` ends the conversation, whoever called this flow
        return to;
    }
    if (to < pack_.blocks.size() && pack_.blocks[to].flow != pack_.blocks[from].flow && !c_.stack.empty()) {
        c_.stack.clear();
        forget_way_back();
    }
    return to;
}

BlockIndex Run::come_back() {
    if (c_.stack.empty()) {
        end("finished");
        return halt;
    }
    const BlockIndex caller = c_.stack.back();
    c_.stack.pop_back();
    forget_way_back();
    settle_question(caller);
    return caller < pack_.blocks.size() ? pack_.blocks[caller].exits.next : no_block;
}

void Run::moved() {
    const bool may_return =
        waits() && c_.phase == Phase::asking && std::holds_alternative<MenuBlock>(block().kind);
    if (may_return) {
        push_bounded(c_.history, c_.block, limits::history);
    }
    c_.said.clear();
    c_.phase = Phase::asking;
}

void Run::jump(BlockIndex target) {
    moved();
    forget_recording();
    c_.stack.clear();
    if (target < pack_.blocks.size() && waits() && pack_.blocks[target].flow != block().flow) {
        c_.history.clear();
    }
    go_on(target);
}

/// To the menu before this one. It may stand in the flow that called this one, and then the call is over. A flow that
/// was entered sideways has no menu before it: the way out is the script's MENU. After a recording the question comes again.
void Run::go_back() {
    if (c_.history.empty() || just_recorded()) {
        const auto menu = flow().keywords.find("menu");
        if (block().flow != 0 && menu != flow().keywords.end() && !just_recorded()) {
            jump(menu->second);
            return;
        }
        c_.attempt = 0;
        speak_said();
        listen(c_.block);
        return;
    }
    const BlockIndex target = c_.history.back();
    c_.history.pop_back();
    c_.said.clear();
    const auto flow_of = [&](BlockIndex index) { return pack_.blocks[index].flow; };
    for (bool inside = target < pack_.blocks.size() && flow_of(target) != block().flow;
         inside && !c_.stack.empty(); c_.stack.pop_back()) {
        inside = flow_of(c_.stack.back()) != flow_of(target);
    }
    go_on(target);
}

void Run::end(std::string_view reason) {
    const bool deleted = step_.discard_draft;
    if (c_.files && !c_.filed && c_.parts > 0 && !deleted) {
        file(reason);
    }
    step_.ended = true;
    send();
    if (step_.ended) {
        c_.block = no_block;
        c_.phase = Phase::asking;
        c_.stack.clear();
        c_.history.clear();
        c_.said.clear();
        c_.pending.clear();
        c_.values.clear();
    }
}

void Run::remember(BlockIndex index, std::int64_t value) {
    const auto found = std::find_if(c_.answers.begin(), c_.answers.end(),
                                    [&](const Answer& answer) { return answer.block == index; });
    if (found != c_.answers.end()) {
        found->value = value;
        return;
    }
    push_bounded(c_.answers, Answer{index, value}, limits::answers);
}

bool Run::holds(const Condition& condition) const {
    using Test = Condition::Test;
    const auto is_one = [&](std::string_view value) {
        return std::find(condition.values.begin(), condition.values.end(), value) != condition.values.end();
    };
    if (condition.test == Test::mode) {
        return is_one(mode_names[static_cast<std::size_t>(c_.mode)]);
    }
    if (condition.test == Test::language) {
        return is_one(pack_.languages[c_.language].str());
    }
    if (condition.test == Test::told) {
        const bool open =
            c_.parts > 0 && !c_.returned && (find_value(values_, "code").empty() || has_early_number());
        return open == (condition.at_least != 0);
    }
    if (condition.test == Test::number_waits) {
        return !c_.code_said && !c_.returned && !find_value(values_, "code").empty();
    }
    if (condition.test == Test::urgency) {
        return static_cast<std::int64_t>(c_.urgency) <= condition.at_least;
    }
    if (condition.test == Test::local_hours) {
        return within_hours(condition.values, context_);
    }
    const auto answer = std::find_if(c_.answers.begin(), c_.answers.end(),
                                     [&](const Answer& given) { return given.block == condition.block; });
    if (answer == c_.answers.end() || answer->block >= pack_.blocks.size() ||
        condition.test == Test::result_known) {
        return answer != c_.answers.end();
    }
    if (condition.test == Test::result_at_least) {
        return answer->value >= condition.at_least;
    }
    const auto* menu = std::get_if<MenuBlock>(&pack_.blocks[answer->block].kind);
    if (menu == nullptr) {
        return is_one(std::to_string(answer->value));
    }
    return answer->value >= 0 && static_cast<std::size_t>(answer->value) < menu->choices.size() &&
           is_one(menu->choices[static_cast<std::size_t>(answer->value)].name);
}

}  // namespace rightsline::flows

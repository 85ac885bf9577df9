#include "flows/scripted/play.hpp"

#include <algorithm>
#include <charconv>

namespace rightsline::flows {
namespace {

/// "12s", "31m", "24h" or "90" in the unit that is meant; nothing when it is not that.
std::optional<std::int64_t> read_time(const std::string& text, std::int64_t plain_unit) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit(read.ptr, static_cast<std::size_t>(text.data() + text.size() - read.ptr));
    if (read.ec != std::errc{} || value < 0 || value > 100000) {
        return std::nullopt;
    }
    if (unit.empty()) {
        return value * plain_unit;
    }
    return unit == "s"   ? std::optional(value)
           : unit == "m" ? std::optional(value * 60)
           : unit == "h" ? std::optional(value * 3600)
                         : std::nullopt;
}

/// What happened to the question that waited, from the event and what the engine noted about it.
std::string exit_of(const Event& event, const Facts& facts) {
    if (std::holds_alternative<HungUp>(event)) {
        return "hang_up";
    }
    if (std::holds_alternative<Elapsed>(event)) {
        return "expired";
    }
    for (const char* fact : {"no_match", "no_input", "nothing_recorded", "too_long", "opt_out"}) {
        if (std::find(facts.begin(), facts.end(), fact) != facts.end()) {
            return fact;
        }
    }
    return "answered";
}

}  // namespace

ScriptedPlay::ScriptedPlay(const Pack& pack, const locales::Node& test, Mode mode,
                           std::optional<LanguageIndex> language, Coverage& coverage)
    : pack_(pack), test_(test), mode_(mode), language_(language), coverage_(coverage), shell_(pack, mode) {
    result_.passed = true;
    result_.test = test["test"].text();
    result_.file = test.file();
    result_.line = test.line();
    if (language) {
        result_.test += " [" + pack.languages[*language].str() + "]";
    }
    shell_.set_status(test["open"]["status"].text());
    shell_.set_check_in(test["open"]["check_in"].text(), test["asked"].text() == "by text", language_);
    shell_.set_question(test["open"]["question"].text());
    shell_.set_messages(test["open"]["messages"].text(), test["open"]["read"].text());
    const std::string answer = test["open"]["answer"].text();
    shell_.set_reply(answer);
    if (!answer.empty() && pack.find_answer(answer) == no_text) {
        fail(test["open"]["answer"], "the program has no answer `" + answer + "`");
    }
}

void ScriptedPlay::fail(const locales::Node& at, std::string why) {
    if (result_.passed) {
        result_.passed = false;
        result_.line = at.line();
        result_.failure = std::move(why);
    }
}

ScriptedResult ScriptedPlay::run() {
    for (const locales::Node& step : test_["steps"].items()) {
        one_step(step);
        if (!result_.passed) {
            break;
        }
    }
    note_said();
    for (const Left& cell : left_) {
        if (result_.passed) {  // a test that fails proves nothing
            coverage_.left(cell.block, cell.language, mode_, cell.exit);
        }
    }
    return std::move(result_);
}

void ScriptedPlay::one_step(const locales::Node& step) {
    if (step.entries().size() != 1) {
        fail(step, "a step is one thing: `- text: \"1\"`");
        return;
    }
    const auto& [verb, value] = step.entries().front();
    if (verb == "hear" || verb == "receive") {
        hear(value);
    } else if (verb == "expect") {
        expect(value);
    } else if (!condition(verb, value) && !input(verb, value)) {
        fail(step, "there is no step `" + verb + "`");
    }
    if (!shell_.broken().empty()) {
        fail(step, shell_.broken());
    }
}

std::string ScriptedPlay::language_key() const {
    const LanguageIndex language = language_.value_or(0);
    const BlockIndex start = pack_.flows.front().start;
    const auto* menu =
        start < pack_.blocks.size() ? std::get_if<MenuBlock>(&pack_.blocks[start].kind) : nullptr;
    if (menu != nullptr) {
        for (const Choice& choice : menu->choices) {
            if (choice.name == pack_.languages[language].str()) {
                return choice.key;
            }
        }
    }
    return std::to_string(language + 1);
}

std::string ScriptedPlay::filled(std::string text) const {
    const std::pair<std::string_view, std::string> names[] = {{"{language}", language_key()},
                                                              {"{code}", std::string(scripted_code)}};
    for (const auto& [name, value] : names) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
            text.replace(at, name.size(), value);
        }
    }
    return text;
}

bool ScriptedPlay::input(const std::string& verb, const locales::Node& value) {
    const std::string text = filled(value.text());
    if (verb == "call") {
        give(Called{});
    } else if (verb == "text") {
        give(Texted{PrivateText(text)});
    } else if (verb == "ussd") {
        give(shell_.begun() ? Event{Texted{PrivateText(text)}} : Event{Called{}});
    } else if (verb == "press") {
        give(Keyed{PrivateText(text)});
    } else if (verb == "record") {
        const auto seconds = read_time(text, 1);
        if (!seconds) {
            fail(value, "how long is this recording? `record: 12s`");
            return true;
        }
        give(Recorded{*seconds > 0 ? "recording" : "", Seconds{*seconds}});
    } else if (verb == "hang_up") {
        give(HungUp{});
    } else if (verb == "continue") {
        give(Continued{});
    } else {
        return false;
    }
    result_.transcript += "> " + verb + (text.empty() ? "" : ": " + text) + "\n";
    for (const Utterance& said : shell_.heard()) {
        result_.transcript += "< " + said.key + " [" + said.language.str() + "] " + said.text + "\n";
    }
    return true;
}

bool ScriptedPlay::condition(const std::string& verb, const locales::Node& value) {
    if (verb == "wait") {
        const auto seconds = read_time(value.text(), 60);
        if (!seconds) {
            fail(value, "how long? `wait: 31m`");
            return true;
        }
        shell_.wait(std::chrono::ceil<std::chrono::minutes>(Seconds{*seconds}));
    } else if (verb == "duplicate" || verb == "late") {
        if (!shell_.give_again(verb == "late" ? 1 : 0)) {
            fail(value, "the same event gave another answer or changed something");
        }
        next_heard_ = 0;
    } else if (verb == "reorder") {
        reorder(value);
    } else if (verb == "store") {
        shell_.set_store(value.text() != "down");
    } else if (verb == "result") {
        for (const auto& [action, exit] : value.entries()) {
            shell_.set_result(action, exit.text());
        }
    } else if (verb == "silent") {
        if (!shell_.last().actions.empty()) {
            fail(value, "nothing should have been answered");
        }
    } else {
        return false;
    }
    result_.transcript += ". " + verb + " " + value.text() + "\n";
    return true;
}

/// Two inputs that overtook each other on the way.
void ScriptedPlay::reorder(const locales::Node& steps) {
    std::vector<locales::Node> inputs = steps.items();
    std::reverse(inputs.begin(), inputs.end());
    for (const locales::Node& step : inputs) {
        one_step(step);
    }
}

void ScriptedPlay::give(const Event& event) {
    note_said();
    const auto waited = waiting_;
    waiting_.reset();
    next_heard_ = 0;
    shell_.give(event);
    if (!shell_.store_up()) {
        waiting_ = waited;  // nothing was answered: the same question still waits
    } else if (waited) {
        const bool own =
            waited->chooses_language && language_ && shell_.conversation().language == *language_;
        left_.push_back(
            {waited->block, own ? *language_ : waited->language, exit_of(event, shell_.turn_facts())});
    }
}

/// A say block is left as soon as it was said: by the next thing that happens or by the end of the test.
void ScriptedPlay::note_said() {
    for (const Heard& heard : passed_) {
        left_.push_back({heard.block, heard.language, "said"});
    }
    passed_.clear();
}

}  // namespace rightsline::flows

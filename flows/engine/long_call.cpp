// A call that does not end: a warning in good time, then the way out, then the end.
//
// Whoever holds a line for half an hour is a machine more often than a worker, and may be a worker all the same. So they
// are told five minutes before; when the time is up the script's own way out ("X") files what was told and gives its number; and
// who is still there some minutes later is said goodbye to. What is said before a tone is kept first, whatever the time. The
// time with a person has its own limit and does not count.
#include <algorithm>

#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

using OfTime = Conversation::OfTime;

bool brings_words(const Event& event) {
    const auto* words = std::get_if<Recorded>(&event);
    return words != nullptr && !words->recording.empty() && words->length > Seconds{0};
}

/// Where words can stand before all others of this turn; nothing: it plays none first.
std::vector<Utterance>* first_prompts(std::vector<Action>& actions) {
    if (actions.empty()) {
        return nullptr;
    }
    return std::visit(
        [](auto& first) -> std::vector<Utterance>* {
            if constexpr (requires { first.prompts; }) {
                return &first.prompts;
            } else {
                return nullptr;
            }
        },
        actions.front());
}

}  // namespace

/// The key for "delete it", or for "yes, delete it": nobody's wish to delete may file it instead.
bool Run::decides_deletion(const Event& event) const {
    const auto* keys = std::get_if<Keyed>(&event);
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    if (keys == nullptr || menu == nullptr) {
        return false;
    }
    const std::string& key = keys->digits.reveal();
    if (c_.phase == Phase::left) {
        return key == "2";
    }
    const auto asks_again = flow().keywords.find("delete");
    return std::ranges::any_of(menu->choices, [&](const Choice& choice) {
        const auto* work =
            choice.go < pack_.blocks.size() ? std::get_if<DoBlock>(&pack_.blocks[choice.go].kind) : nullptr;
        const bool asked = asks_again != flow().keywords.end() && choice.go == asks_again->second;
        return choice.key == key && (asked || (work != nullptr && work->action == "report.delete"));
    });
}

/// Then this event is spent: the call is on its way out, or over.
bool Run::is_time_up(const Event& event) {
    const auto lasts = context_.now - c_.begun;
    if (c_.mode != Mode::voice || c_.begun == Instant{} || lasts < limits::longest_call ||
        brings_words(event) || decides_deletion(event)) {
        return false;
    }
    const auto way_out = flow().keywords.find("x");
    const bool leads_out = way_out != flow().keywords.end() && lasts < limits::call_ends_after;
    if (leads_out && c_.of_time >= OfTime::is_over) {
        return false;  // on the way: a number is keyed back
    }
    step_.facts.emplace_back("call_too_long");
    if (!leads_out) {
        speak_in_all("goodbye");
        end("time");
        return true;
    }
    c_.of_time = OfTime::is_over;
    jump(way_out->second);
    return true;
}

/// Before whatever this turn says. What the shell still has to do comes first: its words are said after it.
void Run::tell_of_time() {
    if (c_.mode != Mode::voice || c_.begun == Instant{} || step_.pending || step_.actions.empty() ||
        c_.phase == Phase::talking) {
        return;
    }
    const auto say_first = [this](std::string_view key) {
        said_.clear();
        speak_in_all(key);
        std::vector<Utterance>* before = first_prompts(step_.actions);
        if (before != nullptr) {
            before->insert(before->begin(), said_.begin(), said_.end());
        } else if (!said_.empty()) {
            step_.actions.insert(step_.actions.begin(), Say{said_});
        }
        said_.clear();
    };
    if (c_.of_time == OfTime::is_over) {
        c_.of_time = OfTime::end;
        say_first("call_over");
    } else if (c_.of_time == OfTime::nothing && !step_.ended &&
               context_.now - c_.begun >= limits::call_warned_after) {
        c_.of_time = OfTime::warning;
        say_first("call_ends_soon");
    }
}

void Run::begin_time_after_talk() {
    if (c_.phase == Phase::talking) {
        c_.begun = context_.now;
        c_.of_time = OfTime::nothing;
    }
}

}  // namespace rightsline::flows

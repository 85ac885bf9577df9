// A caller who asked for a person: the wait, the key that ends it, and the talk.
//
// The shell calls people and says what came of it ("ring", "wait": not yet; "talk": somebody is there; "talk_on": still, and
// not for long). Here is what the caller hears meanwhile: words at once and again whenever a wait has passed, so that a line
// never seems dead; 1 leads to the script's `else`, which takes a message; 0 and * say the way there again, 9 the emergency
// number. While calls come in a flood they press a key before anybody is called. Each wait is a turn, so a hang-up, a repeat
// and a crash are as anywhere else. Which hand-off it is stays with the conversation until the block is left.
#include <algorithm>

#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

// With its words (about four seconds) less than ten: whoever hears nothing for longer thinks that the line is dead.
constexpr Seconds between_words{4};
constexpr Seconds for_the_key{8};  // who must show that they are no machine has time to find it
constexpr std::string_view which = "handoff";

/// What a key of somebody who waits asks for, kept as the wait's attempt while the shell looks how far the calls are.
enum Wish : std::uint8_t { nothing, again, help };

Wish wish_of(std::string_view key) { return key == "*" || key == "0" ? again : key == "9" ? help : nothing; }

bool is_which(const std::pair<std::string, std::string>& value) { return value.first == which; }

}  // namespace

bool Run::goes_on_waiting(const DoResult& result) {
    return result.exit == "ring" || result.exit == "wait" || result.exit == "talk" ||
           result.exit == "talk_on" || result.exit == "prove";
}

/// What the shell must know of the wait: whether it goes on, and what was pressed.
void Run::place_wait(DoRequest& request) {
    if (const std::string_view before = find_value(values_, which); !before.empty()) {
        request.with["handoff"] = before;
    }
    request.with["key"] = key_;
    if (has_proved()) {
        request.with["proved"] = "1";
    }
    c_.attempt = wish_of(key_);
    if (c_.attempt == help) {
        raise(Urgency::p1);
    }
    c_.phase = Phase::asking;
}

/// They come out of it once before the talk has to end, and are told how little is left.
void Run::go_into_room(const DoResult& result) {
    const bool last = result.exit == "talk_on";
    const auto room = result.values.find("room");
    c_.phase = Phase::talking;
    speak_common(last ? "handoff_ends_soon" : "handoff_talk");
    if (!said_.empty()) {
        step_.actions.emplace_back(Say{std::move(said_)});
    }
    step_.actions.emplace_back(
        Dial{room == result.values.end() ? "" : room->second,
             last ? limits::last_of_talk : limits::longest_talk - limits::last_of_talk});
}

/// The way to a message is said first and whenever somebody asks to hear it again; in between as briefly as can be.
std::string_view Run::words_of_wait(const DoResult& result) const {
    return c_.attempt == help                             ? "handoff_danger"
           : result.exit == "ring" || c_.attempt == again ? "handoff_ring"
                                                          : "handoff_wait";
}

void Run::wait_for_person(const DoResult& result) {
    const auto named = result.values.find("handoff");
    if (named != result.values.end()) {
        set_values({{std::string(which), named->second}});
    }
    if (result.exit == "talk" || result.exit == "talk_on") {
        go_into_room(result);
    } else {
        const bool proves = result.exit == "prove";
        if (result.exit == "ring") {
            speak_said();
        }
        speak_common(proves ? "handoff_prove" : words_of_wait(result));
        Gather gather;
        gather.prompts = std::move(said_);
        gather.timeout = proves ? for_the_key : between_words;
        gather.digit_timeout = gather.timeout;
        step_.actions.emplace_back(std::move(gather));
    }
    said_.clear();
    sent_ = true;
}

/// Whoever asks for a person a second time in this call begins anew.
void Run::forget_wait() {
    c_.phase = Phase::asking;
    if (std::erase_if(values_, is_which) != 0) {
        keep_values();
    }
}

}  // namespace rightsline::flows

// A key before anything else: while calls come in a flood, a caller shows that they are no machine.
//
// It is asked for in every language, for nobody has picked one. Whoever presses it goes on as on any other day, and is not asked
// again before people are woken for them. Whoever is silent, or presses something else twice, is led to the tone: what they say is a
// report as from any language that the line does not speak. 9 leads to help as from everywhere. Nobody is hung up on for it.
#include "flows/engine/run.hpp"

namespace rightsline::flows {
namespace {

constexpr std::string_view proving_key = "7";  // as common.call_prove says
constexpr Seconds for_the_key{8};  // whoever must show that they are no machine has time to find it
constexpr Seconds message_length{120};

}  // namespace

/// Once in a call, and only where a menu or a question comes first.
bool Run::must_prove() const {
    const BlockIndex first = pack_.flows[0].start;
    const bool asks =
        first < pack_.blocks.size() && (std::holds_alternative<MenuBlock>(pack_.blocks[first].kind) ||
                                        std::holds_alternative<AskBlock>(pack_.blocks[first].kind));
    return context_.key_first && c_.mode == Mode::voice && asks && !has_proved();
}

bool Run::has_proved() const { return !find_value(values_, "proved").empty(); }

void Run::ask_for_key() {
    c_.block = pack_.flows[0].start;
    c_.phase = Phase::proving;
    step_.facts.emplace_back("key_first");
    say_key_is_asked();
}

void Run::say_key_is_asked() {
    speak_in_all("call_prove");
    Gather gather;
    gather.prompts = std::move(said_);
    gather.timeout = gather.digit_timeout = for_the_key;
    step_.actions.emplace_back(std::move(gather));
    said_.clear();
    sent_ = true;
}

void Run::keyed_to_prove(const std::string& digits) {
    if (digits == proving_key) {
        set_values({{"proved", "1"}});
        c_.phase = Phase::asking;
        c_.attempt = 0;
        begin(Called{});
        return;
    }
    if (digits.size() == 1 && flow().hotkeys.contains(digits.front()) &&
        flow().hotkeys.at(digits.front()) == flow().danger) {
        lead(flow().danger, 0);
        return;
    }
    if (!digits.empty() && ++c_.attempt == 1) {
        say_key_is_asked();
        return;
    }
    c_.phase = Phase::speaking;
    speak_in_all("record_tone");
    Record record;
    record.prompts = std::move(said_);
    record.longest = message_length;
    step_.actions.emplace_back(std::move(record));
    said_.clear();
    sent_ = true;
}

}  // namespace rightsline::flows

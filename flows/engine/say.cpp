#include <algorithm>

#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

constexpr Seconds message_length{120};  // a spoken message that nobody asked for
constexpr Seconds answer_length{60};    // a spoken answer whose block names no length
constexpr unsigned code_digits = 12;

std::size_t longest_key(const MenuBlock& menu) {
    std::size_t longest = 1;
    for (const Choice& choice : menu.choices) {
        longest = std::max(longest, choice.key.size());
    }
    return longest;
}

bool chooses_language(const MenuBlock& menu) { return menu.set == "language"; }

}  // namespace

/// `second_time`: in the other words that there are for it, if any.
TextIndex Run::common(std::string_view key, bool second_time) const {
    const std::string name = "common." + std::string(key);
    const TextIndex other = second_time ? pack_.find_text(name + "_2") : no_text;
    return other != no_text ? other : pack_.find_text(name);
}

TextIndex Run::prompt_of(const Prompt& prompt) const {
    const TextIndex own = c_.mode == Mode::voice ? prompt.voice
                          : c_.mode == Mode::sms ? prompt.sms
                                                 : prompt.ussd;
    return own != no_text ? own : prompt.any;
}

/// The wording of this try: other words for the second and third try, the last of them from then on.
TextIndex Run::wording(const std::vector<TextIndex>& again, const Prompt& prompt) const {
    if (c_.attempt == 0 || again.empty()) {
        return prompt_of(prompt);
    }
    return again[std::min<std::size_t>(c_.attempt, again.size()) - 1];
}

TextIndex Run::invalid_text() const {
    if (const auto* ask = std::get_if<AskBlock>(&block().kind)) {
        const TextIndex own =
            common(ask->kind == AskKind::code ? "invalid_code" : "invalid_ask", c_.attempt >= 2);
        return own != no_text ? own : flow().invalid;
    }
    const TextIndex second = c_.attempt >= 2 && !asks_language(c_.block) ? common("invalid_2") : no_text;
    return second != no_text ? second : flow().invalid != no_text ? flow().invalid : common("invalid");
}

TextIndex Run::no_input_text() const {
    const TextIndex empty = c_.mode == Mode::voice ? no_text : common("empty_text");
    if (empty != no_text) {
        return empty;
    }
    const TextIndex second = c_.attempt >= 2 ? common("no_input_2") : no_text;
    return second != no_text ? second : flow().no_input != no_text ? flow().no_input : common("no_input");
}

void Run::speak(TextIndex text, LanguageIndex language, const Option& option) {
    if (text == no_text) {
        return;
    }
    Utterance said = words_.say(text, language, option);
    c_.code_said = c_.code_said || (said.secret && find_value(values_, "message").empty());
    if (!said.text.empty()) {
        said_.push_back(std::move(said));
    }
}

void Run::speak(TextIndex text, bool secret) {
    const std::size_t before = said_.size();
    speak(text, language_of(text), {});
    if (secret && said_.size() > before) {
        said_.back().secret = true;
    }
}

void Run::speak_common(std::string_view key) { speak(common(key)); }

void Run::speak_in_all(std::string_view key) { speak_in_all(common(key)); }

void Run::speak_in_all(TextIndex text) {
    if (knows_language()) {
        speak(text);
        return;
    }
    for (std::size_t i = 0; i < pack_.languages.size(); ++i) {
        if (!pack_.message_only[i]) {
            speak(text, static_cast<LanguageIndex>(i), {});
        }
    }
}

bool Run::knows_language() const {
    return c_.language_chosen || pack_.languages.size() == 1 || !asks_language(pack_.flows[0].start);
}

void Run::speak_said() {
    for (const BlockIndex index : c_.said) {
        const auto* say =
            index < pack_.blocks.size() ? std::get_if<SayBlock>(&pack_.blocks[index].kind) : nullptr;
        if (say != nullptr) {
            speak(prompt_of(say->prompt), say->secret);
        }
    }
}

void Run::speak_option(const MenuBlock& menu, const Choice& choice) {
    LanguageIndex language = c_.language;
    if (chooses_language(menu)) {
        const auto tag = locales::LanguageTag::parse(choice.name);
        language = tag ? pack_.find_language(*tag).value_or(language) : language;
    }
    const Option option{choice.say, choice.key};
    if (c_.mode == Mode::voice) {
        speak(pack_.spoken.option, language, option);
        if (!said_.empty() && choice.say != no_text) {
            said_.back().key = pack_.text_keys[choice.say];
        }
        return;
    }
    speak(choice.say, language, option);
    if (!said_.empty()) {
        said_.back().text.insert(0, choice.key + " ");
    }
}

void Run::speak_menu(const MenuBlock& menu) {
    question_ = said_.size();
    said_.reserve(said_.size() + menu.choices.size() + 3);
    speak(wording(menu.again, menu.prompt));
    for (const Choice& choice : menu.choices) {
        if (c_.mode != Mode::voice || !choice.mute) {
            speak_option(menu, choice);
        }
    }
    if (c_.mode == Mode::voice && chooses_language(menu)) {
        if (context_.costs_nothing && c_.attempt == 0) {
            speak_common(
                "call_is_free");  // whoever does not understand it has heard the key of their language by then
        }
        speak_common("other_language");
    } else if (c_.mode == Mode::voice && c_.attempt > 0) {
        speak_common("no_input_speak");
    }
}

void Run::speak_ask(const AskBlock& ask) {
    speak(wording(ask.again, ask.prompt));
    if (ask.skip) {
        speak_common(c_.mode == Mode::voice ? "skip_voice" : "skip_text");
    }
}

void Run::listen(BlockIndex index) {
    if (const auto* menu = std::get_if<MenuBlock>(&pack_.blocks[index].kind)) {
        speak_menu(*menu);
        listen_menu(*menu);
    } else if (const auto* ask = std::get_if<AskBlock>(&pack_.blocks[index].kind)) {
        speak_ask(*ask);
        listen_ask(*ask);
    }
}

void Run::listen_menu(const MenuBlock& menu) {
    if (c_.mode != Mode::voice) {
        send();
        return;
    }
    Gather gather;
    gather.prompts = std::move(said_);
    gather.most_digits = static_cast<unsigned>(longest_key(menu));
    gather.timeout = menu.voice.timeout;
    gather.digit_timeout = menu.voice.digit_timeout;
    step_.actions.emplace_back(std::move(gather));
    sent_ = true;
}

void Run::listen_ask(const AskBlock& ask) {
    c_.files = c_.files || ask.files;
    if (c_.mode != Mode::voice) {
        send();
        return;
    }
    sent_ = true;
    if (ask.kind == AskKind::text || ask.kind == AskKind::story) {
        Record record;
        record.prompts = std::move(said_);
        record.longest = ask.voice.record.value_or(answer_length);
        record.stop_on = ask.voice.stop_on;
        step_.actions.emplace_back(std::move(record));
        return;
    }
    Gather gather;
    gather.prompts = std::move(said_);
    gather.most_digits = ask.kind == AskKind::code || !ask.check.empty() ? code_digits
                         : ask.kind == AskKind::digits && ask.max        ? static_cast<unsigned>(*ask.max)
                                                                         : 0;
    gather.finish_on = "#";
    gather.timeout = ask.voice.timeout;
    gather.digit_timeout = ask.voice.digit_timeout;
    step_.actions.emplace_back(std::move(gather));
}

void Run::record_message(std::string_view prompt, LanguageIndex language) {
    speak(common(prompt), language, {});
    Record record;
    record.prompts = std::move(said_);
    record.longest = message_length;
    step_.actions.emplace_back(std::move(record));
    sent_ = true;
}

void Run::ask_again() {
    if (c_.mode == Mode::ussd) {
        c_.said.clear();  // a second screen of this question starts with the question
    }
    c_.page = 0;
    listen(c_.block);
}

/// Closes the turn: everything said so far goes out in as few messages as possible.
void Run::send() {
    if (sent_) {
        return;
    }
    if (c_.mode == Mode::ussd) {
        show_screen();
    } else if (c_.mode == Mode::sms) {
        send_apart();
    } else {
        if (!said_.empty()) {
            step_.actions.emplace_back(Say{std::move(said_)});
        }
        step_.actions.emplace_back(Hangup{});
    }
    said_.clear();
    sent_ = true;
}

/// What was said until here is one message of its own; what follows is another.
void Run::send_apart() {
    Text text;
    const auto flush = [&] {
        if (!text.parts.empty()) {
            step_.actions.emplace_back(std::move(text));
            text = {};
        }
    };
    for (Utterance& said : said_) {
        if (text.body.size() + 1 + said.text.size() > limits::sms_bytes) {
            flush();
        }
        if (!text.body.empty()) {
            text.body += '\n';
        }
        text.body += said.text;
        text.secret = text.secret || said.secret;
        text.parts.push_back(std::move(said));
    }
    flush();
    said_.clear();
}

}  // namespace rightsline::flows

#include "gateway/cli/phone.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/cli/error.hpp"
#include "gateway/cli/sound/espeak.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/wav.hpp"
#include "locales/segments.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using ops::text_of;

constexpr int unavailable = 69;
constexpr int misconfigured = 78;
constexpr std::size_t most_audio =
    60000;  // base64 characters: about 5 s; percent-encoded it must pass body_bytes

bool true_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// What the worker says after the tone, as a recording: a sound file ("@voice.wav") or typed words that a machine
/// speaks. Made small as a phone line is, for it travels inside a request.
std::string recorded_audio(const std::string& typed) {
    const std::string scratch =
        (fs::temp_directory_path() / ("rightsline-phone-" + std::to_string(getpid()))).string();
    const std::string spoken = scratch + ".wav";
    const std::string small = scratch + ".line.wav";
    const Result<void> said = typed.starts_with("@") ? Result<void>() : espeak(typed, "en", spoken);
    const Result<prompts::WavReport> made =
        said ? prompts::to_phone_wav(typed.starts_with("@") ? typed.substr(1) : spoken, small)
             : Result<prompts::WavReport>(said.error());
    std::string audio = made ? ops::to_base64(ops::read_file(small).value_or("")) : std::string();
    std::error_code ignored;
    fs::remove(spoken, ignored);
    fs::remove(small, ignored);
    return audio.size() <= most_audio ? audio : std::string();
}

/// One key alone, wherever it is pressed: nobody says "#", and a digit is pressed more often than said.
bool is_key(const std::string& typed) {
    return typed.size() == 1 && std::string_view("0123456789*#").find(typed[0]) != std::string_view::npos;
}

class Phone {
 public:
    Phone(const PhoneOptions& options, std::istream& in, std::ostream& out)
        : wire_(options), mode_(options.mode), in_(in), out_(out) {}

    int run() {
        if (mode_ == "voice") {
            return call();
        }
        return mode_ == "ussd" ? dial() : texts();
    }

 private:
    // ---- SMS
    int texts() {
        out_ << "Type a text and press Enter. An empty line or Ctrl-D puts the phone away.\n";
        for (std::optional<std::string> typed = ask("you> "); typed && !typed->empty();
             typed = ask("you> ")) {
            const Result<json::array> actions =
                wire_.post("sms", {{"id", wire_.fresh_id("SM")}, {"text", json::string(*typed)}});
            if (!actions) {
                return failed(actions.error());
            }
            if (actions->empty()) {
                out_ << "      (no answer)\n";
            }
            for (const json::value& action : *actions) {
                show_text(action.as_object());
            }
        }
        return 0;
    }

    void show_text(const json::object& action) {
        const std::string body = text_of(action, "body");
        const auto plan = locales::plan_segments(body);
        out_ << "line> " << body << "\n      [" << plan.segments()
             << (plan.segments() == 1 ? " segment, " : " segments, ") << locales::to_string(plan.encoding)
             << "]\n";
    }

    // ---- USSD
    int dial() {
        const std::string session = wire_.fresh_id("US");
        int turn = 0;
        json::object said{{"call", session}, {"turn", turn}};
        for (;;) {
            const Result<json::array> actions = wire_.post("ussd", std::move(said));
            if (!actions) {
                return failed(actions.error());
            }
            bool more = false;
            for (const json::value& action : *actions) {
                out_ << "+----------------------------\n"
                     << text_of(action.as_object(), "body") << "\n+----------------------------\n";
                more = true_in(action.as_object(), "more");
            }
            const std::optional<std::string> typed = more ? ask("answer> ") : std::nullopt;
            if (!typed) {
                return 0;
            }
            said = {{"call", session}, {"turn", ++turn}, {"text", json::string(*typed)}};
        }
    }

    // ---- voice
    int call() {
        out_ << "Calling. Keys: 0-9 * #, at say> too. Enter alone: press nothing. h: hang up.\n";
        const std::string id = wire_.fresh_id("CA");
        Result<json::array> actions = wire_.post("voice", {{"call", id}});
        while (actions) {
            std::optional<json::object> next = perform(*actions);
            if (!next) {
                break;
            }
            const std::string step = text_of(*next, "step");
            next->erase("step");
            (*next)["call"] = id;
            actions = wire_.post_step(step, std::move(*next));
        }
        if (!actions) {
            return failed(actions.error());
        }
        const Result<json::array> ended = wire_.post("voice/status", {{"call", id}, {"status", "completed"}});
        out_ << "The call is over.\n";
        return ended ? 0 : failed(ended.error());
    }

    /// Plays the actions up to the one that waits; what the worker did there, or nothing at the end of the call.
    std::optional<json::object> perform(const json::array& actions) {
        for (const json::value& value : actions) {
            const json::object& action = value.as_object();
            const std::string what = text_of(action, "do");
            say(action);
            if (what == "gather") {
                return key(action);
            }
            if (what == "record") {
                return speak(action);
            }
            if (what == "dial") {
                out_ << "(you are put through; Enter when the talk is over)\n";
                if (!ask("talk> ")) {
                    return std::nullopt;
                }
            }
            if (what == "redirect" || what == "dial") {
                return json::object{{"continued", true}, {"step", text_of(action, "step")}};
            }
        }
        return std::nullopt;
    }

    void say(const json::object& action) {
        const json::value* prompts = action.if_contains("prompts");
        if (prompts == nullptr || !prompts->is_array()) {
            return;
        }
        for (const json::value& prompt : prompts->get_array()) {
            out_ << "hear> " << text_of(prompt.as_object(), "text") << "\n";
        }
    }

    std::optional<json::object> key(const json::object& action) {
        std::optional<std::string> typed = ask("key> ");
        if (!typed || *typed == "h") {
            return std::nullopt;
        }
        const json::value* most = action.if_contains("digits");
        std::string keys =
            pressed_keys(std::move(*typed), most != nullptr && most->is_int64() ? most->get_int64() : 0);
        return json::object{{"keys", std::move(keys)}, {"step", text_of(action, "step")}};
    }

    std::optional<json::object> speak(const json::object& action) {
        out_ << "(beep)\n";
        const std::optional<std::string> typed = ask("say> ");
        if (!typed || *typed == "h") {
            return std::nullopt;
        }
        if (is_key(*typed)) {
            return json::object{{"keys", json::string(*typed)}, {"step", text_of(action, "step")}};
        }
        json::object recorded;
        if (!typed->empty()) {
            recorded["id"] = wire_.fresh_id("RE");
            recorded["seconds"] = static_cast<std::int64_t>(2 + typed->size() / 12);
            recorded["audio"] = json::string(recorded_audio(*typed));
            if (recorded["audio"].as_string().empty()) {
                out_ << "(that is no sound, or longer than 5 s: nothing was recorded)\n";
                recorded.clear();
            }
        }
        return json::object{{"recorded", std::move(recorded)}, {"step", text_of(action, "step")}};
    }

    // ---- both
    std::optional<std::string> ask(const char* prompt) {
        out_ << prompt << std::flush;
        std::string line;
        if (!std::getline(in_, line)) {
            out_ << "\n";
            return std::nullopt;
        }
        return line;
    }

    int failed(const boost::system::error_code& error) {
        out_ << "The line is dead: " << error.message() << ": " << wire_.refusal() << "\n"
             << wire_.advice() << "\n";
        return unavailable;
    }

    PhoneWire wire_;
    std::string mode_;
    std::istream& in_;
    std::ostream& out_;
};

}  // namespace

std::string pressed_keys(std::string typed, std::int64_t most) {
    std::erase(typed, ' ');
    const std::size_t pound = typed.find('#');
    if (pound != typed.npos && pound > 0) {
        typed.resize(pound);
    }
    if (most > 1 && std::cmp_greater(typed.size(), most)) {
        typed.resize(static_cast<std::size_t>(most));
    }
    return typed;
}

int phone(const PhoneOptions& options, std::istream& in, std::ostream& out) {
    if (options.token.empty()) {
        out << "The account's token cannot be read. Is `rightsline demo` running, with the same --dir? "
               "Else name the file: --token-file\n";
        return misconfigured;
    }
    return Phone(options, in, out).run();
}

}  // namespace rightsline::cli

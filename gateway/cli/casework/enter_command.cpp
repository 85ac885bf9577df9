#include "gateway/cli/casework/enter_command.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <iostream>
#include <istream>
#include <optional>
#include <vector>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/intake.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/cut_line.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/message.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int may_not = 1;
constexpr int usage = 2;
constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int tries = 3;

std::int64_t seconds_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
        .time_since_epoch()
        .count();
}

std::string fresh_case_id() {
    std::array<std::uint8_t, 16> id{};
    ops::draw_fresh_bytes(id);
    return vault::to_hex(id);
}

std::string form_address(const EnterOptions& options, const std::string& language) {
    return "/api/v1/intake?language=" + escaped(language) +
           (options.as.empty() ? "" : "&as=" + escaped(options.as)) + of_program(options.program, '&');
}

/// One line, without what surrounds it. Nothing: stdin has ended. A line that the terminal cut is asked for again.
std::optional<std::string> read_line(std::istream& in) {
    std::string line;
    bool taken = false;
    while (!taken) {
        if (!std::getline(in, line)) {
            return std::nullopt;
        }
        taken = !is_cut_by_terminal(line);
        if (!taken) {
            std::cerr << cut_line_words << ". It was not taken: write it again in shorter lines.\n";
        }
    }
    line = providers::clean_text(line);
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == std::string::npos ? std::string()
                                      : line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
}

/// Lines, up to an empty one.
std::string read_lines(std::istream& in) {
    std::string all;
    while (const std::optional<std::string> line = read_line(in)) {
        if (line->empty()) {
            break;
        }
        all += (all.empty() ? "" : "\n") + *line;
    }
    return all;
}

/// Asks for one of them by its number. Its place; nothing after three tries, or when stdin has ended.
std::optional<std::size_t> pick(std::istream& in, const char* question,
                                const std::vector<std::string>& choices) {
    for (int i = 0; i < tries; ++i) {
        std::cerr << question << "\n";
        for (std::size_t at = 0; at < choices.size(); ++at) {
            std::cerr << "  " << at + 1 << "  " << choices[at] << "\n";
        }
        const std::optional<std::string> line = read_line(in);
        if (!line) {
            return std::nullopt;
        }
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(line->data(), line->data() + line->size(), number);
        if (error == std::errc() && end == line->data() + line->size() && number >= 1 &&
            number <= choices.size()) {
            return number - 1;
        }
    }
    return std::nullopt;
}

std::vector<std::string> column(const json::array& rows, std::string_view name) {
    std::vector<std::string> out;
    for (const json::value& one : rows) {
        out.push_back(text_of(one.as_object(), name));
    }
    return out;
}

/// What was typed, before it is sealed.
struct Told {
    std::string family;
    bool danger = false;
    std::vector<flows::Part> parts;
    vault::CirclePublicKey circle;  // of what it is about
};

/// Nothing: the reason was said.
std::optional<Told> ask_all(std::istream& in, const json::object& form) {
    const json::array& families = form.at("families").as_array();
    const auto family = pick(in, "What is it about?", column(families, "words"));
    const auto danger =
        family ? pick(in, "Is the worker in danger now?", {"No", "Yes: everybody on call is woken"})
               : std::nullopt;
    if (!danger) {
        std::cerr << "None of these was picked; nothing was kept.\n";
        return std::nullopt;
    }
    const Result<vault::CirclePublicKey> circle =
        vault::parse_public_key(text_of(families[*family].as_object(), "circle"));
    if (!circle) {
        std::cerr
            << "This server has no key that such a report is sealed to; nothing was kept. Tell who runs "
               "it: rightsline check says which.\n";
        return std::nullopt;
    }
    Told told{text_of(families[*family].as_object(), "key"), *danger == 1, {}, *circle};
    for (const json::value& one : form.at("questions").as_array()) {
        const json::object& question = one.as_object();
        const bool needed = question.at("needed").as_bool();
        std::cerr << "\n"
                  << text_of(question, "words") << "\n"
                  << (needed ? "(as many lines as it takes; an empty line ends it)\n"
                             : "(the same; an empty line at once skips it)\n");
        std::string text = read_lines(in);
        if (text.size() > cases::longest_entered_answer || (needed && text.empty())) {
            std::cerr
                << (text.empty()
                        ? "Without this there is no report; nothing was kept.\n"
                        : "That is too long for one answer; nothing was kept. Write the rest as a note.\n");
            return std::nullopt;
        }
        if (!text.empty()) {
            told.parts.push_back(
                {text_of(question, "name"), locales::PrivateText(std::move(text)), "", flows::Seconds{0}});
        }
    }
    return told;
}

/// The form in the worker's language.
std::optional<json::object> fetch_form(LocalApi& api, const EnterOptions& options, std::istream& in,
                                       int& code) {
    Result<json::object> form = api.get(form_address(options, options.language));
    if (form && options.language.empty()) {
        const json::array& languages = form->at("languages").as_array();
        const auto spoken = pick(in, "Which language does the worker speak?", column(languages, "name"));
        if (!spoken) {
            std::cerr << "None of these was picked; nothing was kept.\n";
            code = bad_data;
            return std::nullopt;
        }
        form = api.get(form_address(options, text_of(languages[*spoken].as_object(), "tag")));
    }
    if (!form) {
        code = report(api);
        return std::nullopt;
    }
    return *form;
}

json::object sealed_body(const EnterOptions& options, const json::object& form, const Told& told,
                         const std::string& id) {
    json::array parts;
    for (const flows::Part& part : told.parts) {
        parts.push_back(json::string(ops::to_base64(
            cases::seal_part(told.circle, text_of(form, "program"), id, part, seconds_now()))));
    }
    return {{"id", id},
            {"language", text_of(form, "language")},
            {"family", told.family},
            {"danger", told.danger},
            {"parts", std::move(parts)},
            {"call", options.call},
            {"as", options.as}};
}

int show_code(const json::object& entered, Terminal& terminal) {
    std::string text =
        "\nSaved: report " + text_of(entered, "alias") +
        ". The worker's own number to come back with, shown this once:\n\n    " +
        locales::group_digits(text_of(entered, "code")) +
        "\n\nRead it out twice and have it read back. Who has it hears how the report stands, adds to it,\n"
        "corrects or deletes it. Do not write it down for yourself; clear this screen afterwards.\n";
    const Result<void> shown = terminal.show(text);
    locales::wipe(text);
    if (!shown) {
        std::cerr << "The report is saved and its number could not be shown: " << shown.error().message()
                  << ". Nobody can show it again.\n";
        return unavailable;
    }
    return 0;
}

}  // namespace

bool may_be_entered_of(const std::string& call, const json::object& form) {
    const json::array& calls = form.at("calls").as_array();
    const auto taken = std::ranges::find_if(
        calls, [&call](const json::value& one) { return text_of(one.as_object(), "call") == call; });
    if (call.empty() || (taken != calls.end() && taken->at("report").is_null())) {
        return true;
    }
    if (taken == calls.end()) {
        std::cerr
            << "You took no call of this name in the last day; nothing was asked. Whoever took it enters "
               "its report,\n--as them: rightsline roster calls --days 2 tells who did.\n";
        return false;
    }
    const std::string report = text_of(taken->as_object(), "report");
    std::cerr << "Of this call a report was entered already"
              << (report.empty() ? std::string(", and deleted since") : ": " + providers::clean_text(report))
              << "; nothing was asked. A call has one report: without --call you enter another.\n";
    return false;
}

SentEntry send_until_answered(const std::function<SentEntry()>& send, std::istream& in) {
    SentEntry sent = send();
    while (!sent.entered && sent.code == unavailable) {
        std::cerr << "What you wrote is still here, in this window alone, and stands on no disk. See that "
                     "the server "
                     "runs, then\npress Enter to send it again. To give up write stop: then it is gone.\n";
        const std::optional<std::string> line = read_line(in);
        if (!line || *line == "stop") {
            std::cerr << "Given up: what you wrote is gone.\n";
            return sent;
        }
        sent = send();
    }
    return sent;
}

int case_enter(const EnterOptions& options, std::istream& in, Terminal& terminal) {
    const Result<void> there =
        terminal.show("");  // where the code goes: without one the worker would get none
    if (!there) {
        std::cerr
            << "The worker's number is shown on a terminal, and there is none here; nothing was asked.\n";
        return usage;
    }
    LocalApi api(options.socket);
    int code = 0;
    const std::optional<json::object> form = fetch_form(api, options, in, code);
    if (!form) {
        return code;
    }
    if (!may_be_entered_of(options.call, *form)) {
        return bad_data;
    }
    std::cerr
        << "Nothing is kept before it says Saved. Read each question out, and write down what you hear.\n\n";
    const std::optional<Told> told = ask_all(in, *form);
    if (!told) {
        return bad_data;
    }
    const std::string id = fresh_case_id();
    const json::object body = sealed_body(options, *form, *told, id);
    const SentEntry sent = send_until_answered(
        [&]() -> SentEntry {
            Result<json::object> entered = api.post("/api/v1/cases" + of_program(options.program), body);
            return entered ? SentEntry{std::move(*entered), 0} : SentEntry{std::nullopt, report(api)};
        },
        in);
    if (!sent.entered && (sent.code == unavailable || sent.code == may_not)) {
        std::cerr << "Whether it was saved: rightsline case show " << id
                  << " tells. If it is there, its worker has no number.\n";
    }
    return sent.entered ? show_code(*sent.entered, terminal) : sent.code;
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/task_command.hpp"

#include <charconv>
#include <chrono>
#include <iostream>
#include <istream>
#include <utility>

#include "gateway/cases/tasks.hpp"
#include "gateway/cli/casework/case_circle.hpp"
#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/typed_text.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int usage = 2;
constexpr int bad_data = 65;

std::int64_t seconds_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
        .time_since_epoch()
        .count();
}

/// What the words of `task` say, as far as they are here to be read. Whether they could be opened.
bool open_words(const TasksPlace& place, const PrivateKeys& keys, const json::object& task,
                std::string& words) {
    const std::string sealed = ops::from_base64(text_of(task, "sealed")).value_or("");
    if (sealed.empty()) {
        return true;
    }
    const vault::CirclePrivateKey& key = keys.for_sealed(sealed, vault::SealedForm::part);
    const Result<std::string> opened = cases::open_task(key, place.program, place.case_id, sealed);
    if (!opened) {
        std::cerr << "a task cannot be opened: " << opened.error().message() << "\n";
        return false;
    }
    words = *opened;
    return true;
}

bool is_done(const json::object& task) { return task.at("done").to_number<std::int64_t>() != 0; }

/// Without their words nobody has read them, and the audit says so.
enum class Words : std::uint8_t { with, without };

Result<json::object> fetch(LocalApi& api, const std::string& program, const std::string& case_id,
                           Words words) {
    const std::string target = "/api/v1/cases/" + case_id + "/tasks";
    return api.get(words == Words::with ? target + of_program(program)
                                        : target + "?words=0" + of_program(program, '&'));
}

int send_task(LocalApi& api, const TaskOptions& options, const std::string& id, const std::string& words,
              std::int64_t due) {
    const Result<json::object> answer = ask_circle(api, options.program, id);
    if (!answer) {
        return report(api);
    }
    const Result<vault::CirclePublicKey> circle = vault::parse_public_key(text_of(*answer, "circle"));
    if (!circle) {
        std::cerr << "The server's circle cannot be read, so nothing was sealed and nothing sent.\n";
        return bad_data;
    }
    const std::string sealed = cases::seal_task(*circle, text_of(*answer, "program"), id, words);
    const json::object body{
        {"as", options.as}, {"sealed", ops::to_base64(sealed)}, {"due", due}, {"person", options.person}};
    const Result<json::object> kept =
        api.post("/api/v1/cases/" + id + "/tasks" + of_program(options.program), body);
    if (!kept) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*kept) << "\n";
    }
    std::cerr << "Kept, sealed to the circle " << circle->name << ". "
              << (options.person.empty() ? "Whoever has it" : options.person) << " is told when it is due.\n";
    return 0;
}

}  // namespace

std::optional<std::int64_t> seconds_ahead(const std::string& text) {
    constexpr std::int64_t hour = 3600;
    constexpr std::int64_t longest = 2LL * 365 * 24 * hour;
    std::int64_t count = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    const bool days = stop != end && *stop == 'd';
    if (error != std::errc() || stop + 1 != end || (!days && *stop != 'h') || count < 1 || count > longest) {
        return std::nullopt;
    }
    const std::int64_t seconds = count * (days ? 24 : 1) * hour;
    return seconds <= longest ? std::optional(seconds) : std::nullopt;
}

std::optional<bool> show_tasks(LocalApi& api, const TasksPlace& place, const PrivateKeys& keys,
                               json::array& opened) {
    const Result<json::object> list = fetch(api, place.program, place.case_id, Words::with);
    if (!list) {
        return std::nullopt;
    }
    bool ok = true;
    int number = 0;
    bool headed = false;
    for (const json::value& one : list->at("tasks").as_array()) {
        json::object task = one.as_object();
        ++number;  // counted over all of them, so that a number goes on meaning the same one
        if (place.open_only && is_done(task)) {
            continue;
        }
        std::string words;
        ok = open_words(place, keys, task, words) && ok;
        if (place.json) {
            task.erase("sealed");
            task["number"] = number;
            task["text"] = words;
            opened.push_back(std::move(task));
        } else {
            if (place.open_only && !std::exchange(headed, true)) {
                print_tasks_head();
            }
            print_task(task, number, words);
        }
    }
    return ok;
}

int task_add(const TaskOptions& options, std::istream& in) {
    const std::optional<std::int64_t> ahead = seconds_ahead(options.in);
    if (!ahead) {
        std::cerr << options.in << " is no time from now: 12h is twelve hours, 3d is three days.\n";
        return usage;
    }
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const std::optional<std::string> words =
        read_typed_text(in, "Write what is to be done. End it with Ctrl-D at the beginning of a line.");
    if (!words) {
        return bad_data;
    }
    if (words->empty() || words->size() > cases::longest_task) {
        std::cerr << (words->empty() ? "It does not say what is to be done." : "That is too long for a task.")
                  << " One to " << cases::longest_task << " bytes; the rest is a note.\n";
        return bad_data;
    }
    return send_task(api, options, search.id, *words, seconds_now() + *ahead);
}

int task_list(const TaskOptions& options, Terminal& terminal) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> answer = ask_circle(api, options.program, search.id);
    if (!answer) {
        return report(api);
    }
    const std::string program = text_of(*answer, "program");
    KeyFiles files = options.keys;
    if (files.key.empty() && files.member.empty()) {
        files.key = key_beside(options.keys_dir, *answer);
    }
    const PrivateKeys keys = read_private_keys(files, terminal);
    if (keys.code != 0) {
        return keys.code;
    }
    json::array opened;
    const std::optional<bool> ok = show_tasks(api, {program, search.id, options.json}, keys, opened);
    if (!ok) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(json::object{{"tasks", std::move(opened)}}) << "\n";
    }
    return *ok ? 0 : bad_data;
}

int task_done(const TaskOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> list = fetch(api, options.program, search.id, Words::without);
    if (!list) {
        return report(api);
    }
    const json::array& tasks = list->at("tasks").as_array();
    if (options.number < 1 || std::cmp_greater(options.number, tasks.size())) {
        std::cerr << "This case has " << tasks.size() << (tasks.size() == 1 ? " task" : " tasks")
                  << ": rightsline case task list " << options.which << "\n";
        return bad_data;
    }
    const json::object& task = tasks[static_cast<std::size_t>(options.number) - 1].as_object();
    const std::string address = "/api/v1/cases/" + search.id + "/tasks/" + text_of(task, "id") + "/done" +
                                of_program(options.program);
    const Result<json::object> done = api.post(address, {{"as", options.as}});
    if (!done) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*done) << "\n";
    }
    std::cerr << (is_done(task) ? "It was done already; nothing was changed.\n" : "Done.\n");
    return 0;
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/retention_command.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <iostream>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int refused = 1;

std::int64_t number(const json::object& in, const char* name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

bool is_set(const json::object& in, const char* name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::string minute_of(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &utc);
    return text.data();
}

std::string counted(std::int64_t count, const char* one, const char* more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
}

void print_retention(const json::object& found, const RetentionOptions& options) {
    for (const json::value& one : found.at("cases").as_array()) {
        std::cout << aged_line(one.as_object()) << "\n";
    }
    std::cout << std::flush;
    const std::int64_t done = number(found, "done");
    std::cerr << counted(number(found, "looked_at"), "case", "cases") << " looked at, "
              << number(found, "held") << " of them closed and on hold.\n";
    if (number(found, "unreadable") != 0) {
        std::cerr << "Of " << counted(number(found, "unreadable"), "closed case", "closed cases")
                  << " nobody can say since when they are closed: they are kept.\n";
    }
    if (options.now) {
        std::cerr << "Deleted of " << counted(done, "case", "cases") << ". It stands in the audit.\n";
    } else {
        std::cerr
            << "Nothing was changed now. The day's run deletes what is listed, a fiftieth of all cases at "
               "most (twenty at least); --now deletes all of it.\n";
    }
    if (number(found, "last_run") != 0) {
        std::cerr << "Last run " << minute_of(number(found, "last_run"))
                  << " (UTC): " << number(found, "last_done") << " done, " << number(found, "last_waiting")
                  << " waited. Next " << minute_of(number(found, "next_run")) << ".\n";
    } else {
        std::cerr << "No run yet.\n";
    }
}

int list_months(LocalApi& api, bool as_json) {
    const Result<json::object> found = api.get("/api/v1/months");
    if (!found) {
        return report(api);
    }
    if (as_json) {
        std::cout << json::serialize(*found) << "\n";
        return 0;
    }
    for (const json::value& one : found->at("months").as_array()) {
        const json::object& month = one.as_object();
        std::cout << text_of(month, "month") << "  "
                  << (is_set(month, "destroyed") ? "destroyed"
                                                 : counted(number(month, "cases"), "case", "cases"))
                  << "\n";
    }
    return 0;
}

}  // namespace

std::string aged_line(const json::object& one) {
    const std::string what = is_set(one, "content")      ? "everything"
                             : !is_set(one, "relay")     ? "recordings"
                             : is_set(one, "recordings") ? "recordings, number and replies"
                                                         : "number and replies";
    return text_of(one, "alias") + "  " + what + "  " + text_of(one, "counts") +
           (is_set(one, "done") ? "  deleted" : "");
}

std::string month_words(const json::object& answer, const DestroyEpochOptions& options) {
    const std::string month = text_of(answer, "month");
    const std::int64_t cases = number(answer, "cases");
    const std::int64_t elsewhere = number(answer, "elsewhere");
    std::string words;
    if (number(answer, "moved") != 0) {
        words += counted(number(answer, "moved"), "case was", "cases were") +
                 " locked anew, under a later month.\n";
    }
    if (is_set(answer, "destroyed")) {
        return words + "The key of " + month +
               " is destroyed here. What was locked in that month opens no more: not from the store's files, "
               "not from "
               "a backup, not from an old copy.\nDestroy it in every copy of keys_dir, too, and on every "
               "other server: "
               "put this folder's epochs/epochs.key in the place of theirs.\n";
    }
    if (cases != 0) {
        words += counted(cases, "case keeps", "cases keep") + " something that is locked under " + month +
                 ": it would be lost for ever, to everybody. " +
                 (options.move ? "Nothing was destroyed.\n"
                               : "--move locks it anew first. Nothing was destroyed.\n");
    }
    if (elsewhere != 0) {
        words += "Recordings of " + counted(elsewhere, "case are", "cases are") +
                 " not on this machine, so nobody here can say under which month they are. Nothing was "
                 "destroyed.\n";
    }
    if (cases != 0 || elsewhere != 0) {
        return words;
    }
    words += "Nothing that is kept needs the key of " + month + ".\n";
    if (is_set(answer, "free_for_backups")) {
        return words + "Nor does a backup of the last thirty days.\n";
    }
    const std::int64_t since = number(answer, "free_since");
    return words + "Backups made before " + (since == 0 ? "now" : minute_of(since) + " (UTC)") +
           " may need it: restored without it, cases that are kept would be lost from them. Come back thirty "
           "days after "
           "that, or, when those backups are gone or may lose it, say --backups-gone.\n";
}

int case_retention(const RetentionOptions& options) {
    LocalApi api(options.socket);
    const std::string of = of_program(options.program);
    const Result<json::object> found = options.now && !options.dry_run
                                           ? api.post("/api/v1/retention/run" + of, {})
                                           : api.get("/api/v1/retention" + of);
    if (!found) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*found) << "\n";
        return 0;
    }
    RetentionOptions told = options;
    told.now = options.now && !options.dry_run;
    print_retention(*found, told);
    return 0;
}

int case_hold(const CaseworkOptions& options, bool on) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> done = api.post(
        "/api/v1/cases/" + search.id + (on ? "/hold" : "/release") + of_program(options.program), {});
    if (!done) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*done) << "\n";
        return 0;
    }
    std::cout << options.which
              << (on ? " is on hold: nothing of it is deleted for its age" : " is on hold no longer") << "\n"
              << std::flush;
    if (is_set(*done, "before")) {
        std::cerr << "It was so already; nothing was changed.\n";
    }
    return 0;
}

int key_destroy_epoch(const DestroyEpochOptions& options) {
    LocalApi api(options.socket);
    if (options.month.empty()) {
        return list_months(api, options.json);
    }
    const Result<json::object> done = api.post(
        "/api/v1/months/" + escaped(options.month) + "/destroy",
        json::object{
            {"dry_run", options.dry_run}, {"move", options.move}, {"backups_gone", options.backups_gone}});
    if (!done) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*done) << "\n";
    } else {
        std::cout << month_words(*done, options) << std::flush;
    }
    const bool free = number(*done, "cases") == 0 && number(*done, "elsewhere") == 0;
    return is_set(*done, "destroyed") || (options.dry_run && free) ? 0 : refused;
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/alert_command.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>

#include "gateway/cli/casework/alert_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int found_something = 1;
constexpr int most_pages = 10'000;  // of a walk through one line's queue

std::int64_t now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())
        .time_since_epoch()
        .count();
}

/// `path` with the program, where one was given, and whatever else.
std::string target(const AlertOptions& options, const std::string& path, const std::string& more = "") {
    std::string query = options.program.empty() ? "" : "program=" + escaped(options.program);
    query += (query.empty() || more.empty() ? "" : "&") + more;
    return path + (query.empty() ? "" : "?" + query);
}

int print(const json::object& document) {
    std::cout << json::serialize(document) << "\n";
    return 0;
}

/// The walk over one line's queue; the findings, or nothing when a page did not come.
Result<json::array> findings_of(LocalApi& api, const AlertOptions& options, std::size_t line) {
    json::array all;
    std::string from;
    for (int page = 0; page < most_pages; ++page) {
        const std::string more = "line=" + std::to_string(line) + "&from=" + escaped(from);
        Result<json::object> found = api.get(target(options, "/api/v1/outbox/findings", more));
        if (!found) {
            return found.error();
        }
        for (json::value& one : found->at("findings").as_array()) {
            all.push_back(std::move(one));
        }
        from = text_of(*found, "next");
        if (from.empty()) {
            break;
        }
    }
    return all;
}

/// Nothing that should be gone at a provider is there for too long, or for good.
bool copies_are_well(const json::array& copies) {
    return std::ranges::all_of(copies, [](const json::value& one) {
        return one.as_object().at("late").to_number<std::int64_t>() == 0 &&
               one.as_object().at("given_up").to_number<std::int64_t>() == 0;
    });
}

void print_outbox(const json::array& lines) {
    std::cerr << outbox_head() << std::flush;
    for (const json::value& line : lines) {
        std::cout << outbox_row(line.as_object());
        for (const json::value& one : line.as_object().at("findings").as_array()) {
            std::cout << "    " << text_of(one.as_object(), "message") << ": "
                      << text_of(one.as_object(), "what") << "\n";
        }
    }
    std::cout << std::flush;
}

}  // namespace

int alert_list(const AlertOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> list = api.get(target(options, "/api/v1/alerts"));
    if (!list) {
        return report(api);
    }
    if (options.json) {
        return print(*list);
    }
    const json::array& open = list->at("alerts").as_array();
    for (const json::value& one : open) {
        std::cout << alert_lines(one.as_object(), now());
    }
    std::cout << std::flush;
    if (list->at("people").to_number<std::int64_t>() == 0) {
        std::cerr << text_of(*list, "program") << " has no roster: nobody is told when a report comes in.\n";
    }
    std::cerr << open.size() << (open.size() == 1 ? " report waits" : " reports wait") << " to be taken"
              << (list->at("more").as_bool() ? ", and more" : "")
              << (open.empty() ? "" : ": rightsline alert take CASE --as NAME") << "\n";
    return 0;
}

int alert_show(const AlertOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> alert = api.get(target(options, "/api/v1/alerts/" + search.id));
    if (!alert) {
        return report(api);
    }
    if (options.json) {
        return print(*alert);
    }
    std::cout << alert_lines(*alert, now()) << std::flush;
    return 0;
}

int alert_take(const AlertOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> taken = api.post(target(options, "/api/v1/alerts/" + search.id + "/take"),
                                                json::object{{"person", options.person}});
    if (!taken) {
        return report(api);
    }
    if (options.json) {
        return print(*taken);
    }
    std::cout << text_of(*taken, "taken_by") << " has " << text_of(*taken, "alias") << "\n" << std::flush;
    std::cerr << (taken->at("before").as_bool() ? "It was theirs already." : "Nobody else is told of it now.")
              << " Read it: rightsline case show " << text_of(*taken, "alias") << "\n";
    return 0;
}

int roster_now(const AlertOptions& options) {
    LocalApi api(options.socket);
    std::string urgency = options.urgency;
    std::ranges::transform(urgency, urgency.begin(), [](char c) { return c == 'p' ? 'P' : c; });
    const std::string more = "urgency=" + escaped(urgency) + "&at=" + escaped(options.at);
    const Result<json::object> told = api.get(target(options, "/api/v1/roster/now", more));
    if (!told) {
        return report(api);
    }
    if (options.json) {
        return print(*told);
    }
    std::cerr << "A " << text_of(*told, "urgency") << " report for " << text_of(*told, "program") << " at "
              << text_of(*told, "at") << ", by the clock of its place, if nobody answers:\n"
              << std::flush;
    std::cout << roster_lines(*told) << std::flush;
    return 0;
}

int outbox_show(const AlertOptions& options) {
    LocalApi api(options.socket);
    Result<json::object> outbox = api.get(target(options, "/api/v1/outbox"));
    if (!outbox) {
        return report(api);
    }
    json::array& lines = outbox->at("lines").as_array();
    bool clean = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        json::object& line = lines[i].as_object();
        Result<json::array> findings = findings_of(api, options, i);
        if (!findings) {
            return report(api);
        }
        clean = clean && findings->empty() && line.at("aside").to_number<std::int64_t>() == 0;
        line["findings"] = std::move(*findings);
    }
    if (options.json) {
        (void)print(*outbox);
    } else {
        print_outbox(lines);
        for (const json::value& one : outbox->at("copies").as_array()) {
            std::cout << copies_line(one.as_object()) << std::flush;
        }
    }
    clean = clean && copies_are_well(outbox->at("copies").as_array());
    if (!clean) {
        std::cerr
            << "Something is wrong with what is named or put aside here; deploy/runbook.md says what to "
               "do.\n";
    }
    return clean ? 0 : found_something;
}

}  // namespace rightsline::cli

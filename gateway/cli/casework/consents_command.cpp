#include "gateway/cli/casework/consents_command.hpp"

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

std::string hour_of(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &utc);
    return text.data();
}

}  // namespace

std::string consent_line(const json::object& one) {
    const bool asked = one.at("asked").as_bool();
    const std::string when =
        asked ? hour_of(one.at("hour").to_number<std::int64_t>()) + "  " + text_of(one, "how")
              : "never asked";
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(), "%-13s %-10s %s", text_of(one, "purpose").c_str(),
                  text_of(one, "answer").c_str(), when.c_str());
    return line.data();
}

std::string handed_on_line(const json::object& one) {
    const std::string to = text_of(one, "to");
    const std::string where =
        to.empty() ? "out to " + text_of(one, "purpose") : "to " + to + " (" + text_of(one, "purpose") + ")";
    return "went " + where + " at " + hour_of(one.at("hour").to_number<std::int64_t>()) + ", by " +
           text_of(one, "who");
}

int case_consents(const CaseOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> found =
        api.get("/api/v1/cases/" + search.id + "/consents" + of_program(options.program));
    if (!found) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*found) << "\n";
        return 0;
    }
    std::cerr << "purpose       answer     since (UTC; only the hour is shown), asked by\n" << std::flush;
    for (const json::value& one : found->at("consents").as_array()) {
        std::cout << consent_line(one.as_object()) << "\n";
    }
    if (const json::value* went = found->if_contains("handed_on")) {
        for (const json::value& one : went->as_array()) {
            std::cout << handed_on_line(one.as_object()) << "\n";
        }
    }
    std::cout << std::flush;
    print_contact(*found);
    return 0;
}

}  // namespace rightsline::cli

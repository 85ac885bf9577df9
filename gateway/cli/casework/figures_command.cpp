// case figures: what happened to all reports of a program together.
#include <boost/json.hpp>
#include <ctime>
#include <iostream>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/casework_command.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;

std::string figure(const json::object& in, const char* name) {
    const json::value& count = in.at(name);
    return count.is_null() ? "fewer than 10, or it would tell of so few"
                           : std::to_string(count.to_number<std::int64_t>());
}

std::string day_of(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
    return text;
}

void print(const json::object& all) {
    const json::object& asked = all.at("check_ins").as_object();
    std::cout << "before " << day_of(all.at("until").to_number<std::int64_t>()) << "\n"
              << "check-ins asked:            " << figure(asked, "asked") << "\n"
              << "  of these answered:        " << figure(asked, "answered") << "\n"
              << "  of these told of a change: " << figure(asked, "changed") << "\n";
    for (const json::value& one : all.at("statuses").as_array()) {
        const json::object& lasted = one.as_object();
        std::cout << ops::text_of(lasted, "status") << " ended in cases: " << figure(lasted, "cases");
        if (!lasted.at("median_days").is_null()) {
            std::cout << ", half of them within " << figure(lasted, "median_days") << " days";
        }
        std::cout << "\n";
    }
    std::cout << std::flush;
}

}  // namespace

int case_figures(const CaseworkOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> all = api.get("/api/v1/figures" + of_program(options.program));
    if (!all) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*all) << "\n";
        return 0;
    }
    print(*all);
    return 0;
}

}  // namespace rightsline::cli

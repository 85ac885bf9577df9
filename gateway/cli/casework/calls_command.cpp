#include "gateway/cli/casework/calls_command.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;

constexpr int most_pages = 1000;

void print(const json::object& call) {
    std::cout << providers::clean_text(ops::text_of(call, "call")) << "  ";
    print_log_line(call);
}

}  // namespace

int roster_calls(const CallsOptions& options) {
    LocalApi api(options.socket);
    std::string query = "?days=" + std::to_string(options.days);
    query += options.program.empty() ? "" : "&program=" + escaped(options.program);
    std::string from;
    std::size_t told = 0;
    for (int page = 0; page < most_pages; ++page) {
        const std::string more = from.empty() ? "" : "&from=" + escaped(from);
        const Result<json::object> calls = api.get("/api/v1/calls" + query + more);
        if (!calls) {
            return report(api);
        }
        for (const json::value& one : calls->at("calls").as_array()) {
            ++told;
            if (options.json) {
                std::cout << json::serialize(one) << "\n";
            } else {
                print(one.as_object());
            }
        }
        from = ops::text_of(*calls, "next");
        if (from.empty()) {
            break;
        }
    }
    std::cout << std::flush;
    if (told == 0) {
        std::cerr << "Nobody asked for a person and was put through in these days.\n";
    }
    return 0;
}

}  // namespace rightsline::cli

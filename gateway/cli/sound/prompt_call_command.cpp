#include "gateway/cli/sound/prompt_call_command.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/ops/zone.hpp"
#include "gateway/providers/clean_text.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

std::string ask_number() {
    if (isatty(STDIN_FILENO) != 0) {
        std::cerr << "Whom we call, with + and the country: " << std::flush;
    }
    std::string number;
    std::getline(std::cin, number);
    return number;
}

std::int64_t number_of(const json::object& in, const char* name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

/// "1234 5678": as it is said.
std::string spaced(const std::string& code) {
    return code.size() == 8 ? code.substr(0, 4) + " " + code.substr(4) : code;
}

void tell(const json::object& made) {
    const std::string line = providers::clean_text(text_of(made, "line"));
    const std::string code = spaced(providers::clean_text(text_of(made, "code")));
    const std::int64_t lines = number_of(made, "lines");
    std::cout << (line.empty() ? "Their phone rings now. The code: " : "Call " + line + " and enter: ")
              << code << "\n";
    std::cerr
        << lines << (lines == 1 ? " line" : " lines")
        << " to read. Whoever has the code can record for two hours, and can call again with it where the "
           "line drops. Nobody hears a take in a call before somebody else has approved it.\n";
}

}  // namespace

int prompts_call(const PromptCallOptions& options) {
    json::object body{{"language", options.language},
                      {"spoken", options.spoken},
                      {"by", options.by},
                      {"only", options.only}};
    json::array names;
    for (const std::string& name : options.names) {
        names.push_back(json::string(name));
    }
    body["names"] = std::move(names);
    if (options.ring) {
        std::string number = ask_number();
        body["number"] = number.empty() ? "none" : number;
        locales::wipe(number);
    }
    LocalApi api(options.socket);
    const Result<json::object> made = api.post("/api/v1/prompts/calls" + of_program(options.program), body);
    if (!made) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*made) << "\n";
    } else {
        tell(*made);
    }
    return 0;
}

}  // namespace rightsline::cli

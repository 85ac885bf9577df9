#include "gateway/cli/casework/caller_command.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr const char* address = "/api/v1/callers";

int done(const CallerOptions& options, const json::object& answer, const std::string& told) {
    const std::string name = providers::clean_text(text_of(answer, "caller"));
    std::cout << (options.json ? json::serialize(answer) : name + told) << "\n" << std::flush;
    return 0;
}

}  // namespace

int caller_block(const CallerOptions& options) {
    if (isatty(STDIN_FILENO) != 0) {
        std::cerr << "The number, with + and the country: " << std::flush;
    }
    std::string number;
    std::getline(std::cin, number);
    LocalApi api(options.socket);
    const Result<json::object> blocked = api.post(
        address + std::string("/block") + of_program(options.program), json::object{{"number", number}});
    locales::wipe(number);
    if (!blocked) {
        return report(api);
    }
    if (!options.json) {
        std::cerr << "Nobody is woken for it. They can still report and leave a message.\n";
    }
    return done(options, *blocked, " is blocked");
}

int caller_list(const CallerOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> known = api.get(address + of_program(options.program));
    if (!known) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*known) << "\n";
        return 0;
    }
    const json::array& callers = known->at("callers").as_array();
    for (const json::value& one : callers) {
        std::cout << providers::clean_text(text_of(one.as_object(), "caller")) << "  since "
                  << shown_time(one.as_object().at("hour").to_number<std::int64_t>()) << "\n";
    }
    std::cout << std::flush;
    std::cerr << callers.size() << (callers.size() == 1 ? " number is" : " numbers are") << " blocked\n";
    return 0;
}

int caller_free(const CallerOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> freed = api.post(address + std::string("/free") + of_program(options.program),
                                                json::object{{"caller", options.caller}});
    return freed ? done(options, *freed, " is free again") : report(api);
}

}  // namespace rightsline::cli

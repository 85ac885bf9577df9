#include "gateway/cli/casework/hand_on_command.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {

int roster_hand_on(const HandOnOptions& options) {
    LocalApi api(options.socket);
    const boost::json::object body{{"to", options.to}, {"as", options.as}};
    const Result<boost::json::object> rung =
        api.post("/api/v1/calls/" + escaped(options.call) + "/hand-on" + of_program(options.program), body);
    if (!rung) {
        return report(api);
    }
    if (options.json) {
        std::cout << boost::json::serialize(*rung) << std::endl;
        return 0;
    }
    std::cout << "The phone of " << providers::clean_text(options.to)
              << " is to ring. They come into the call when they press 1; stay until you hear them.\n"
              << "Who goes before leaves a caller who waits for them.\n"
              << std::flush;
    return 0;
}

}  // namespace rightsline::cli

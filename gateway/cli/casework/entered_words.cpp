#include "gateway/cli/casework/entered_words.hpp"

#include <boost/json.hpp>
#include <cstdint>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {

std::string entered_words(const boost::json::object& facts) {
    const std::string who = providers::clean_text(ops::text_of(facts, "entered_by"));
    if (who.empty()) {
        return "";
    }
    const boost::json::value* hour = facts.if_contains("call_hour");
    const std::int64_t taken = hour != nullptr && hour->is_int64() ? hour->get_int64() : 0;
    return "  entered for its worker by " + who + "\n" +
           (taken == 0
                ? ""
                : "  told in a call to " + who + " at " + shown_time(taken) + " (only the hour is shown)\n");
}

}  // namespace rightsline::cli

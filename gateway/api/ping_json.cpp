#include "gateway/api/ping_json.hpp"

#include <string>
#include <utility>

namespace rightsline::api {

namespace json = boost::json;

void tell_stopped(json::object& to, bool stopped) {
    to["contact_stopped"] = stopped;
    const json::value* contact = to.if_contains("contact");
    if (stopped && contact != nullptr && *contact == "relay") {
        to["contact"] = "none";  // they asked for texts, and their phone has taken it back
    }
}

void add_pings(json::object& to, const reach::PingReport& report) {
    json::array pings;
    for (std::size_t i = 0; i < report.outreach.pings.size(); ++i) {
        const auto at = report.outreach.pings[i].at.time_since_epoch();
        const outbox::Fate& fate = report.fates.at(i);
        pings.push_back(json::object{{"at", std::chrono::floor<std::chrono::seconds>(at).count()},
                                     {"state", fate.state},
                                     {"asks", report.outreach.pings[i].asks},
                                     {"delivery", std::string(outbox::name_of(fate.delivery.state()))}});
    }
    to["pings"] = std::move(pings);
    to["pings_held"] = report.outreach.held;
    to["contact_texts"] = report.texts && !report.stopped;
    tell_stopped(to, report.stopped);
}

}  // namespace rightsline::api

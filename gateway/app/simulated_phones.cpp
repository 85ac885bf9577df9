#include "gateway/app/simulated_phones.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "gateway/ops/json_text.hpp"
#include "gateway/providers/signing_key.hpp"
#include "gateway/providers/simulator.hpp"

namespace rightsline::app {
namespace {

namespace json = boost::json;

http::Response answer(int status, const json::object& body) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::serialize(body);
    return response;
}

struct Network {
    SimulatedPhones phones;
    int taken = 0;

    http::Response take(const http::Request& request, const std::string& path, bool call) {
        const std::string signature =
            providers::sign_simulated(phones.token, phones.api_base + path, request.body);
        if (!providers::same_in_constant_time(signature, request.header("X-Rightsline-Signature"))) {
            return answer(403, {{"status", 403}});
        }
        boost::system::error_code failed;
        const json::value value = json::parse(request.body, failed);
        if (failed || !value.is_object()) {
            return answer(400, {{"status", 400}});
        }
        const json::object& sent = value.get_object();
        const auto known = phones.names.find(ops::text_of(sent, "to"));
        const std::string who = known == phones.names.end() ? "somebody" : known->second;
        phones.show(call ? "call to " + who + ": the phone rings; answer the text in its place"
                         : "text to " + who + ": " + ops::text_of(sent, "text"));
        return answer(201, {{"id", "simulated" + std::to_string(++taken)}, {"status", "queued"}});
    }
};

Awaitable<http::Response> at_once(http::Response response) { co_return response; }

}  // namespace

std::string simulated_base(const std::string& ops_address) { return "http://" + ops_address + "/simulated"; }

void add_simulated_phones(http::Router& router, SimulatedPhones phones) {
    const auto network = std::make_shared<Network>(Network{std::move(phones)});
    router.add("POST", "/simulated/messages",
               [network](const http::Request& request, const http::Parameters&) {
                   return at_once(network->take(request, "/messages", false));
               });
    router.add("POST", "/simulated/calls", [network](const http::Request& request, const http::Parameters&) {
        return at_once(network->take(request, "/calls", true));
    });
}

}  // namespace rightsline::app

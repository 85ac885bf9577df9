#include "tests/support/simulated_phone.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>
#include <stdexcept>

#include "tests/support/twilio_phone.hpp"

namespace rightsline::tests {
namespace {

namespace json = boost::json;

std::string hex_hmac_sha256(const std::string& key, const std::string& text) {
    const std::vector<unsigned char> secret(key.begin(), key.end());
    const std::vector<unsigned char> data(text.begin(), text.end());
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), data.data(), data.size(), mac.data(),
         &length);
    std::string hex;
    for (unsigned i = 0; i < length; ++i) {
        hex += "0123456789abcdef"[mac[i] >> 4U];
        hex += "0123456789abcdef"[mac[i] & 15U];
    }
    return hex;
}

}  // namespace

json::array actions_of(const HttpReply& reply) {
    if (reply.status != 200) {
        throw std::runtime_error("answered " + std::to_string(reply.status) + ": " + reply.body);
    }
    return json::parse(reply.body).as_object().at("actions").as_array();
}

SimulatedPhone::SimulatedPhone(SimulatorAccount account, std::string number, std::string line)
    : account_(std::move(account)), number_(std::move(number)), line_(std::move(line)) {}

HttpReply SimulatedPhone::post(const std::string& hook, json::object body) const {
    body["account"] = account_.sid;
    body["from"] = number_;
    body["to"] = line_;
    const std::string target = "/hooks/" + account_.name + "/" + hook;
    const std::string text = json::serialize(body);
    return http_post(account_.port, target,
                     {{"Content-Type", "application/json"},
                      {"X-Rightsline-Signature",
                       hex_hmac_sha256(account_.token, account_.public_url + target + "\n" + text)}},
                     text);
}

std::string SimulatedPhone::text(const std::string& body) const {
    std::string all;
    for (const json::value& action : actions_of(post("sms", {{"id", fresh_sid("SM")}, {"text", body}}))) {
        all += std::string(action.as_object().at("body").as_string());
    }
    return all;
}

std::string SimulatedPhone::screen(const HttpReply& reply) {
    const json::array actions = actions_of(reply);
    if (actions.size() != 1 || actions[0].as_object().at("do").as_string() != "screen") {
        throw std::runtime_error("not one screen: " + reply.body);
    }
    open_ = actions[0].as_object().at("more").as_bool();
    return std::string(actions[0].as_object().at("body").as_string());
}

std::string SimulatedPhone::dial() {
    session_ = fresh_sid("US");
    turn_ = 0;
    return screen(post("ussd", {{"call", session_}, {"turn", turn_}}));
}

std::string SimulatedPhone::answer(const std::string& typed) {
    return screen(post("ussd", {{"call", session_}, {"turn", ++turn_}, {"text", typed}}));
}

void SimulatedPhone::drop() { post("ussd", {{"call", session_}, {"end", true}}); }

}  // namespace rightsline::tests

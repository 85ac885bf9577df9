#include "gateway/cli/phone_wire.hpp"

#include <sodium.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "gateway/cli/error.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/providers/simulator.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

http::ClientOptions plain_allowed() {
    http::ClientOptions options;
    options.allow_plain = true;  // a phone that does not exist talks to this machine
    return options;
}

net::TlsTrust trust() {
    Result<net::TlsTrust> system = net::TlsTrust::system();
    if (!system) {
        std::abort();  // a machine without any certificate list: nothing else would work either
    }
    return std::move(*system);
}

/// "http://host:port/path?query" -> "/path?query"
std::string target_of(const std::string& url) {
    const auto host = url.find("://");
    const auto path = url.find('/', host == std::string::npos ? 0 : host + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

}  // namespace

PhoneWire::PhoneWire(PhoneOptions options)
    : options_(std::move(options)),
      loop_(std::make_unique<boost::asio::io_context>(1)),
      client_(http::make_client(loop_->get_executor(), trust(), plain_allowed())) {
    if (options_.public_url.empty()) {
        options_.public_url = options_.url;
    }
}

PhoneWire::~PhoneWire() = default;

std::string PhoneWire::fresh_id(const char* prefix) {
    unsigned char bytes[8];
    randombytes_buf(bytes, sizeof bytes);
    char hex[sizeof bytes * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    return std::string(prefix) + hex;
}

Result<json::array> PhoneWire::post(const std::string& hook, json::object body) {
    return send("/hooks/" + options_.account + "/" + hook, std::move(body));
}

Result<json::array> PhoneWire::post_step(const std::string& step_url, json::object body) {
    return send(target_of(step_url), std::move(body));
}

std::string PhoneWire::advice() const {
    switch (status_) {
        case 0:
            return "Is the server running? Nobody answers at " + options_.url +
                   ". `rightsline demo` starts one to play with.";
        case 403:
            return "The server runs, but does not know this phone: the token or the account is not its own. "
                   "Name the "
                   "folder of the demo that runs (--dir), or --token-file, --account and --public-url as in "
                   "its "
                   "configuration.";
        case 404:
            return "The server runs, but " + options_.line +
                   " is not one of its lines, or not for this --mode. Name one that is under `lines` in its "
                   "configuration: --line NUMBER";
        default:
            return "The server runs and answered " + std::to_string(status_) + "; its log says more.";
    }
}

Result<json::array> PhoneWire::send(const std::string& target, json::object body) {
    body["account"] = options_.account_sid;
    body["from"] = options_.from;
    body["to"] = options_.line;
    http::Outgoing request;
    request.method = "POST";
    request.url = options_.url + target;
    request.body = json::serialize(body);
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back(
        "X-Rightsline-Signature",
        providers::sign_simulated(options_.token, options_.public_url + target, request.body));
    const auto deadline = std::chrono::steady_clock::now() + 15s;
    const Result<http::Answer> answer = ops::wait_for(*loop_, client_->fetch(std::move(request), deadline));
    status_ = answer ? answer->status : 0;
    if (!answer) {
        refusal_ = answer.error().message();
        return errc::unreachable;
    }
    if (answer->status != 200) {
        refusal_ = std::to_string(answer->status) + " " + answer->body;
        return answer->status == 204 ? Result<json::array>(json::array())
                                     : Result<json::array>(errc::refused);
    }
    boost::system::error_code failed;
    json::value value = json::parse(answer->body, failed);
    if (failed || !value.is_object() || !value.get_object()["actions"].is_array()) {
        refusal_ = "the answer is not a list of actions";
        return errc::refused;
    }
    return std::move(value.get_object()["actions"].get_array());
}

}  // namespace rightsline::cli

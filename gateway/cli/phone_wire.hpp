// PhoneWire: a simulated phone's side of the simulator protocol: signs, posts, reads the actions.
//
// Speaks to a running server over HTTP as any provider does (gateway/providers/simulator.hpp has the protocol).
// Threading: blocking, one request at a time, on an io_context of its own.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>

#include "gateway/http/client.hpp"
#include "locales/result.hpp"

namespace boost::asio {
class io_context;
}

namespace rightsline::cli {

struct PhoneOptions {
    std::string url = "http://127.0.0.1:8080";  // where the server listens
    std::string public_url;                     // what it believes its address is; "" = url
    std::string account = "demo";               // path segment of the account
    std::string account_sid = "demo";
    std::string token;
    std::string from = "+15005550110";  // nobody of the demo's roster: their texts are no reports
    std::string line = "+15005550006";
    std::string mode = "sms";
};

class PhoneWire {
 public:
    explicit PhoneWire(PhoneOptions options);
    ~PhoneWire();

    /// Posts `body` (members of the hook, without account, from and to) to /hooks/{account}/{hook}.
    /// Gives the list of actions. Errors: errc::unreachable, errc::refused (its words are in `refusal()`).
    Result<boost::json::array> post(const std::string& hook, boost::json::object body);
    /// The same to a step URL that an action named.
    Result<boost::json::array> post_step(const std::string& step_url, boost::json::object body);
    const std::string& refusal() const { return refusal_; }
    /// Why it did not work and what to do, for the person at the phone.
    std::string advice() const;
    /// A fresh id for a message or a call.
    std::string fresh_id(const char* prefix);

 private:
    Result<boost::json::array> send(const std::string& target, boost::json::object body);

    PhoneOptions options_;
    std::unique_ptr<boost::asio::io_context> loop_;
    std::unique_ptr<http::Client> client_;
    std::string refusal_;
    int status_ = 0;  // of the last answer; 0 = nobody answered
};

}  // namespace rightsline::cli

// Any headers as what a browser or a tool presents. No crash; what is taken is one token in its one spelling, stands in the
// request letter by letter, and never comes from two places at once.
//
// The input: lines, each a header: 'c' and a Cookie's value, 'a' and an Authorization's.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/access/login_token.hpp"

namespace {

using namespace rightsline;
using How = access::Presented::How;

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

http::Request request_of(std::string_view input) {
    http::Request request;
    while (!input.empty()) {
        const std::string_view line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        if (!line.empty()) {
            request.headers.emplace_back(line.front() == 'a' ? "Authorization" : "cookie", line.substr(1));
        }
    }
    return request;
}

void look_at(const access::LoginToken& token) {
    must(token.reveal().size() == 43);
    const auto again = access::LoginToken::parse(token.reveal());
    must(again && again->reveal() == token.reveal());
    must(token.hash().size() == 64 && token.guard().size() == 64 && token.hash() != token.guard());
    must(access::same_in_constant_time(token.guard(), again->guard()));
    must(token.hash().find(token.reveal()) == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const http::Request request = request_of(std::string_view(reinterpret_cast<const char*>(data), size));
    const access::Presented shown = access::presented(request);
    must(shown.token.has_value() == (shown.how == How::cookie || shown.how == How::bearer));
    if (!shown.token) {
        return 0;
    }
    look_at(*shown.token);
    const std::string& token = shown.token->reveal();
    if (shown.how == How::cookie) {
        must(request.count("Cookie") == 1 && request.count("Authorization") == 0);
        must(request.header("Cookie").find(std::string(access::cookie_name) + "=" + token) !=
             std::string_view::npos);
    } else {
        must(request.count("Authorization") == 1 && request.header("Authorization") == "Bearer " + token);
    }
    return 0;
}

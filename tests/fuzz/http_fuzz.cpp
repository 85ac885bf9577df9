// Raw bytes -> codec -> gate -> router. What the codec accepts, a second and much simpler reading must accept
// as well, with the same end and body; and cutting the bytes elsewhere must change nothing.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "gateway/http/ascii.hpp"
#include "gateway/http/codec.hpp"
#include "gateway/http/form.hpp"
#include "gateway/http/router.hpp"
#include "tests/support/run.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::http;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

struct Outcome {
    std::vector<Request> requests;
    boost::system::error_code error;
};

Outcome read_all(std::string_view bytes, std::size_t piece) {
    RequestReader reader{CodecLimits()};
    Outcome outcome;
    while (!bytes.empty()) {
        const std::span<char> space = reader.space();
        const std::size_t count = std::min({space.size(), piece, bytes.size()});
        std::memcpy(space.data(), bytes.data(), count);
        reader.received(count);
        bytes.remove_prefix(count);
        auto progress = reader.advance();
        while (progress && *progress == Progress::complete) {
            outcome.requests.push_back(reader.take());
            progress = reader.advance();
        }
        if (!progress) {
            outcome.error = progress.error();
            return outcome;
        }
    }
    return outcome;
}

/// The strict second opinion: consumes one request from `rest` and compares it.
void check_strictly(const Request& request, std::string_view& rest) {
    const std::size_t end = rest.find("\r\n\r\n");
    require(end != std::string_view::npos);
    std::string_view header = rest.substr(0, end + 2);
    rest.remove_prefix(end + 4);
    const std::string_view start = header.substr(0, header.find("\r\n"));
    require(start == request.method + ' ' + request.target + " HTTP/1.1");
    header.remove_prefix(start.size() + 2);
    unsigned hosts = 0;
    unsigned lengths = 0;
    std::size_t length = 0;
    while (!header.empty()) {
        const std::string_view line = header.substr(0, header.find("\r\n"));
        header.remove_prefix(line.size() + 2);
        const std::string_view name = line.substr(0, line.find(':'));
        require(name.size() < line.size() && !name.empty() && std::ranges::all_of(name, is_token));
        require(std::ranges::all_of(line, is_value));
        require(!same_name(name, "transfer-encoding"));
        hosts += same_name(name, "host") ? 1 : 0;
        if (same_name(name, "content-length")) {
            ++lengths;
            for (const char c : line.substr(name.size() + 1)) {
                require(is_digit(c) || c == ' ' || c == '\t');
                length = is_digit(c) ? length * 10 + static_cast<std::size_t>(c - '0') : length;
            }
        }
    }
    require(hosts == 1 && lengths <= 1 && request.body.size() == length &&
            rest.substr(0, length) == request.body);
    rest.remove_prefix(length);
}

Awaitable<Response> answer(const Request& request, const Parameters& parameters) {
    Response response;
    response.body = parameters["account"];
    static_cast<void>(Form::decode(request.body));
    co_return response;
}

const Router& router() {
    static const Router routes = [] {
        Router made;
        made.add("POST", "/hooks/{account}/sms", answer);
        made.add("GET", "/", answer);
        return made;
    }();
    return routes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Outcome whole = read_all(bytes, SIZE_MAX);
    const Outcome cut = read_all(bytes, 1 + size % 7);
    require(whole.requests.size() == cut.requests.size() && whole.error == cut.error);
    std::string_view rest = bytes;
    for (std::size_t i = 0; i < whole.requests.size(); ++i) {
        require(whole.requests[i].body == cut.requests[i].body &&
                whole.requests[i].target == cut.requests[i].target);
        check_strictly(whole.requests[i], rest);
        boost::asio::io_context io(1);
        const Response response = tests::run(io, router().handle(whole.requests[i]));
        require(response.status == 200 || response.status == 404 || response.status == 405);
    }
    return 0;
}

#include "gateway/cli/local_api.hpp"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "gateway/cli/error.hpp"
#include "gateway/http/client.hpp"
#include "gateway/net/connect.hpp"
#include "gateway/ops/wait_for.hpp"

namespace rightsline::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_body = 64U << 20U;  // a sealed recording

Awaitable<Result<http::Answer>> ask(boost::asio::any_io_executor executor, std::string socket,
                                    http::Outgoing request) {
    const Deadline deadline = std::chrono::steady_clock::now() + 15s;
    Result<net::Stream> stream = co_await net::connect_unix(executor, std::move(socket), deadline);
    if (!stream) {
        co_return stream.error();
    }
    const http::Sink whole;
    co_return co_await http::exchange(**stream, request, "localhost", most_body, whole, deadline);
}

}  // namespace

std::string escaped(const std::string& text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain || c == '-' || c == '.') {
            out.push_back(c);
        } else {
            out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
        }
    }
    return out;
}

std::string unreachable_words(const std::string& socket, int error, const boost::system::error_code& why) {
    if (error == ENOENT || error == ENOTDIR) {
        return socket +
               ": there is no such socket. Is the server running? Another installation: --socket or --dir";
    }
    if (error != 0) {
        return socket + ": you may not ask there (" + std::generic_category().message(error) +
               "): run this as the server's user, or as root";
    }
    return socket + ": " + why.message() + ". Is the server running?";
}

std::string of_program(const std::string& program, char before) {
    return program.empty() ? "" : before + ("program=" + escaped(program));
}

Result<std::string> LocalApi::send(http::Outgoing request) {
    boost::asio::io_context loop(1);
    const Result<http::Answer> answer =
        ops::wait_for(loop, ask(loop.get_executor(), socket_, std::move(request)));
    status_ = answer ? answer->status : 0;
    if (!answer) {
        const int error = ::access(socket_.c_str(), R_OK | W_OK) == 0 ? 0 : errno;
        refusal_ = unreachable_words(socket_, error, answer.error());
        return errc::unreachable;
    }
    if (answer->status != 200) {
        boost::system::error_code failed;
        const boost::json::value problem = boost::json::parse(answer->body, failed);
        const boost::json::value* title =
            !failed && problem.is_object() ? problem.get_object().if_contains("title") : nullptr;
        refusal_ = title != nullptr && title->is_string() ? std::string(title->get_string()) : answer->body;
        return errc::refused;
    }
    return answer->body;
}

Result<boost::json::object> LocalApi::read(const Result<std::string>& body) {
    if (!body) {
        return body.error();
    }
    boost::system::error_code failed;
    boost::json::value value = boost::json::parse(*body, failed);
    if (failed || !value.is_object()) {
        refusal_ = "the server's answer is not JSON";
        return errc::refused;
    }
    return std::move(value.get_object());
}

Result<std::string> LocalApi::download(const std::string& target) {
    http::Outgoing request;
    request.url = target;
    return send(std::move(request));
}

Result<boost::json::object> LocalApi::get(const std::string& target) { return read(download(target)); }

Result<boost::json::object> LocalApi::post(const std::string& target, const boost::json::object& body) {
    http::Outgoing request;
    request.method = "POST";
    request.url = target;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = boost::json::serialize(body);
    return read(send(std::move(request)));
}

Result<boost::json::object> LocalApi::upload(const std::string& target, std::string bytes) {
    http::Outgoing request;
    request.method = "POST";
    request.url = target;
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    request.body = std::move(bytes);
    return read(send(std::move(request)));
}

}  // namespace rightsline::cli

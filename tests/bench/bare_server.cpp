// bare_server PORT SOCKET ANSWER DOCUMENT BODY: the measure for our turn. A Beast server with nothing but its work:
// Twilio's signature checked, load called, commit called with ANSWER and DOCUMENT bytes and the one write on the timers that a
// turn writes, BODY bytes answered. Same Redis client, same functions, same flags as the gateway; no deadlines, no gate,
// no engine, no sealing. Concrete executor, no stream timer, errors without exceptions: the fast way to use Beast.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "redis/lease_queue.hpp"
#include "redis/transaction.hpp"
#include "tests/bench/site.hpp"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace redis = rightsline::redis;
using asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Request = beast::http::request<beast::http::string_body>;
using Response = beast::http::response<beast::http::string_body>;
using Fields = std::vector<std::pair<std::string, std::string>>;

struct Work {
    std::unique_ptr<redis::Client> store;
    std::string answer;
    std::string document;
    std::string body;
    std::string record;  // of the answer, in the outbox
    redis::LeaseQueue outbox;
    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> mac{nullptr, &EVP_MAC_CTX_free};
};

constexpr std::int64_t half_an_hour = 1'800'000;  // a text conversation's silence
constexpr std::int64_t a_minute = 60'000;         // until somebody looks what became of an answer
constexpr std::size_t reply_lane = 1;

int digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

std::string decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

Fields fields_of(std::string_view body) {
    Fields fields;
    fields.reserve(24);
    while (!body.empty()) {
        const std::string_view pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        fields.emplace_back(decoded(pair.substr(0, equals)),
                            decoded(pair.substr(std::min(equals + 1, pair.size()))));
    }
    std::ranges::sort(fields);
    return fields;
}

bool is_signed(const Work& work, const Request& request, const Fields& fields) {
    std::string message = rightsline::bench::public_url;
    message.append(request.target().data(), request.target().size());
    for (const auto& [name, value] : fields) {
        message.append(name).append(value);
    }
    std::array<unsigned char, 20> mac{};
    std::array<unsigned char, 32> text{};
    std::size_t size = 0;
    const void* bytes = message.data();
    EVP_MAC_init(work.mac.get(), nullptr, 0, nullptr);
    EVP_MAC_update(work.mac.get(), static_cast<const unsigned char*>(bytes), message.size());
    EVP_MAC_final(work.mac.get(), mac.data(), &size, mac.size());
    EVP_EncodeBlock(text.data(), mac.data(), 20);
    const auto presented = request["X-Twilio-Signature"];
    return presented.size() == 28 && CRYPTO_memcmp(presented.data(), text.data(), 28) == 0;
}

std::string value_of(const Fields& fields, std::string_view name) {
    const auto found =
        std::ranges::find(fields, name, [](const auto& field) { return std::string_view(field.first); });
    return found == fields.end() ? std::string() : found->second;
}

std::string padded(std::string id) {
    id.resize(32, '0');
    return id;
}

redis::LoadKeys load_keys(const std::string& event, const std::string& conversation) {
    return {"{bare-food}:e:" + event,
            "{bare-food}:c:" + conversation,
            {"{bare-food}:pr:" + conversation, "{bare-food}:es:" + event}};
}

redis::Commit commit_of(const Work& work, const std::string& event, const std::string& conversation,
                        std::uint64_t version) {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    redis::Commit commit;
    commit.once_key = "{bare-food}:e:" + event;
    commit.once_index = "{bare-food}:ex";
    commit.answer = work.answer;
    commit.document_key = "{bare-food}:c:" + conversation;
    commit.expected_version = version;
    commit.document = work.document;
    commit.now_ms = now.count();
    const std::string due = std::to_string(commit.now_ms + half_an_hour);
    commit.writes.push_back({redis::Op::zadd, "{bare-food}:t", {due, commit.document_key}});
    redis::Result<std::vector<redis::Write>> record = redis::record_begun(
        work.outbox, reply_lane, "w" + event + "-1", work.record, commit.now_ms, commit.now_ms + a_minute);
    std::ranges::move(record.value(), std::back_inserter(commit.writes));
    return commit;
}

redis::LeaseQueue outbox() {
    const std::string queue = "{bare-food}:o";
    return {queue + "j",
            queue + "s",
            queue + "l",
            queue + "u",
            queue + "d",
            queue + "g",
            {queue + "q0", queue + "q1", queue + "q2"},
            ""};
}

redis::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::milliseconds(400); }

asio::awaitable<Response> turn(const Work& work, const Request& request) {
    Response response;
    response.version(11);
    response.keep_alive(true);
    const Fields fields = fields_of(request.body());
    if (!is_signed(work, request, fields)) {
        response.result(beast::http::status::forbidden);
        co_return response;
    }
    const std::string event = padded(value_of(fields, "MessageSid").substr(2));
    const std::string conversation = padded(value_of(fields, "From").substr(1));
    redis::LoadKeys keys = load_keys(event, conversation);
    const redis::Result<redis::Loaded> loaded = co_await redis::load(*work.store, keys, soon());
    if (!loaded) {
        response.result(beast::http::status::service_unavailable);
        co_return response;
    }
    redis::Commit commit = commit_of(work, event, conversation, loaded->version);
    const redis::Result<redis::Committed> done = co_await redis::commit(*work.store, commit, soon());
    if (!done || done->outcome != redis::Committed::Outcome::committed) {
        response.result(beast::http::status::service_unavailable);
        co_return response;
    }
    response.set(beast::http::field::content_type, "text/xml; charset=utf-8");
    response.body() = work.body;
    co_return response;
}

asio::awaitable<void> serve(const Work& work, Socket socket) {
    beast::flat_buffer buffer;
    buffer.reserve(4096);
    for (;;) {
        Request request;
        const auto read =
            co_await beast::http::async_read(socket, buffer, request, asio::as_tuple(asio::use_awaitable));
        if (std::get<0>(read)) {
            co_return;
        }
        Response response = co_await turn(work, request);
        response.prepare_payload();
        const auto written =
            co_await beast::http::async_write(socket, response, asio::as_tuple(asio::use_awaitable));
        if (std::get<0>(written) || !request.keep_alive()) {
            co_return;
        }
    }
}

void rethrow(std::exception_ptr bug) {
    if (bug) {
        std::rethrow_exception(bug);
    }
}

asio::awaitable<void> listen(const Work& work, Acceptor acceptor) {
    const redis::Deadline limit = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    const redis::Result<void> ready = co_await redis::load_functions(*work.store, limit);
    if (!ready) {
        std::cerr << ready.error().message() << "\n";
        co_return;
    }
    acceptor.listen();
    for (;;) {
        auto accepted = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (!std::get<0>(accepted)) {
            Socket socket = std::move(std::get<1>(accepted));
            socket.set_option(tcp::no_delay(true));
            asio::co_spawn(acceptor.get_executor(), serve(work, std::move(socket)), rethrow);
        }
    }
}

void prepare_mac(Work& work) {
    EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    work.mac.reset(EVP_MAC_CTX_new(algorithm));
    std::string digest = "SHA1";
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0),
                                     OSSL_PARAM_construct_end()};
    const void* key = rightsline::bench::auth_token;
    EVP_MAC_init(work.mac.get(), static_cast<const unsigned char*>(key), 32, parameters);
    EVP_MAC_free(algorithm);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 7) {
        std::cerr << "bare_server PORT SOCKET ANSWER DOCUMENT BODY RECORD\n";
        return 2;
    }
    asio::io_context loop(1);
    Work work;
    redis::Address address;
    address.unix_path = arguments[2];
    work.store = redis::make_client(loop.get_executor(), address);
    work.answer.assign(std::stoul(arguments[3]), 'a');
    work.document.assign(std::stoul(arguments[4]), 'd');
    work.body.assign(std::stoul(arguments[5]), 'b');
    work.record.assign(std::stoul(arguments[6]), 'r');
    work.outbox = outbox();
    prepare_mac(work);
    const auto port = static_cast<std::uint16_t>(std::stoul(arguments[1]));
    Acceptor acceptor(loop, tcp::endpoint(asio::ip::address_v4::loopback(), port));
    asio::co_spawn(loop, listen(work, std::move(acceptor)), rethrow);
    loop.run();
}

#include <algorithm>
#include <array>
#include <cstring>

#include "gateway/http/ascii.hpp"
#include "gateway/http/client_exchange.hpp"
#include "gateway/http/error.hpp"
#include "gateway/http/response_reader.hpp"
#include "gateway/net/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::http {
namespace {

bool is_target(std::string_view target) {
    return target.starts_with('/') &&
           std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f; });
}

// The frame is ours alone: a caller that sets one of these would contradict it.
bool is_ours(std::string_view name) {
    return same_name(name, "Host") || same_name(name, "Content-Length") || same_name(name, "Connection") ||
           same_name(name, "Transfer-Encoding");
}

bool is_clean(const Outgoing& request) {
    const auto field = [](const auto& header) {
        return !header.first.empty() && !is_ours(header.first) &&
               std::ranges::all_of(header.first, is_token) && std::ranges::all_of(header.second, is_value);
    };
    return !request.method.empty() && std::ranges::all_of(request.method, is_token) &&
           is_target(request.url) && std::ranges::all_of(request.headers, field);
}

std::string serialize(const Outgoing& request, std::string_view host, bool keep) {
    std::string out;
    out.reserve(512 + request.body.size());
    out.append(request.method).append(" ").append(request.url).append(" HTTP/1.1\r\nHost: ").append(host);
    out.append("\r\nUser-Agent: rightsline\r\n").append(keep ? "" : "Connection: close\r\n");
    for (const auto& [name, value] : request.headers) {
        out.append(name).append(": ").append(value).append("\r\n");
    }
    const bool may_be_empty =
        request.method == "GET" || request.method == "HEAD" || request.method == "DELETE";
    if (!request.body.empty() || !may_be_empty) {
        out.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    return out.append("\r\n").append(request.body);
}

bool succeeded(int status) { return status >= 200 && status <= 299; }

// Hands new body bytes on, or keeps them when there is no sink.
Awaitable<Result<void>> pass_on(ResponseReader& reader, const Sink& sink, std::string& kept) {
    std::string chunk = reader.take_body();
    if (!sink) {
        kept += chunk;
        co_return Result<void>();
    }
    if (chunk.empty() || !succeeded(reader.head().status)) {
        co_return Result<void>();
    }
    const Result<void> taken = co_await sink(chunk);
    locales::wipe(chunk);
    co_return taken;
}

/// The peer has closed. What is streamed is kept as whole: a body that says it is over only by closing may be cut short.
Result<void> ended(ResponseReader& reader, const Sink& sink) {
    return sink && succeeded(reader.head().status) ? errc::bad_answer : reader.finish();
}

Awaitable<Result<void>> read_answer(net::ByteStream& stream, ResponseReader& reader, const Sink& sink,
                                    std::string& kept, Deadline deadline) {
    std::array<char, 8192> bytes;
    while (!reader.done()) {
        const Result<std::size_t> received = co_await stream.read_some(bytes, deadline);
        if (!received && received.error() != net::errc::end_of_stream) {
            co_return received.error();
        }
        const Result<void> fed =
            received ? reader.feed(std::string_view(bytes.data(), *received)) : ended(reader, sink);
        if (!fed) {
            co_return fed;
        }
        const Result<void> passed = co_await pass_on(reader, sink, kept);
        if (!passed) {
            co_return passed;
        }
    }
    explicit_bzero(bytes.data(), bytes.size());
    co_return Result<void>();
}

}  // namespace

Awaitable<Exchanged> exchange_on(net::ByteStream& stream, const Outgoing& request, std::string host,
                                 std::size_t most_body, const Sink& sink, bool keep, Deadline deadline) {
    if (!is_clean(request)) {
        co_return Exchanged{errc::bad_outgoing, false, false};
    }
    std::string out = serialize(request, host, keep);
    const Result<void> written = co_await stream.write_all(out, deadline);
    locales::wipe(out);
    if (!written) {
        co_return Exchanged{written.error(), true, false};
    }
    ResponseReader reader(most_body, request.method == "HEAD");
    std::string kept;
    const Result<void> read = co_await read_answer(stream, reader, sink, kept, deadline);
    if (!read) {
        co_return Exchanged{read.error(), true, false};
    }
    Answer answer = reader.head();
    answer.body = std::move(kept);
    co_return Exchanged{std::move(answer), true, keep && reader.reusable()};
}

Awaitable<Result<Answer>> exchange(net::ByteStream& stream, const Outgoing& request, std::string host,
                                   std::size_t most_body, const Sink& sink, Deadline deadline) {
    Exchanged done = co_await exchange_on(stream, request, std::move(host), most_body, sink, false, deadline);
    stream.close();
    co_return std::move(done.answer);
}

}  // namespace rightsline::http

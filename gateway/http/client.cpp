#include "gateway/http/client.hpp"

#include "gateway/http/error.hpp"
#include "gateway/http/url.hpp"

namespace rightsline::http {
namespace {

class NetClient final : public Client {
 public:
    NetClient(boost::asio::any_io_executor executor, net::TlsTrust trust, ClientOptions options)
        : executor_(std::move(executor)), trust_(std::move(trust)), options_(options) {}

    Awaitable<Result<Answer>> fetch(Outgoing request, Deadline deadline) override {
        co_return co_await stream(std::move(request), Sink(), deadline);
    }

    Awaitable<Result<Answer>> stream(Outgoing request, Sink sink, Deadline deadline) override {
        const Result<Destination> to = parse_url(request.url);
        if (!to) {
            co_return to.error();
        }
        if (!to->tls && !options_.allow_plain) {
            co_return errc::not_https;
        }
        Result<net::Stream> connected = co_await connect(*to, deadline);
        if (!connected) {
            co_return connected.error();
        }
        request.url = to->target;
        net::ByteStream& stream = **connected;
        co_return co_await exchange(stream, request, to->host_field, options_.most_body, sink, deadline);
    }

 private:
    Awaitable<Result<net::Stream>> connect(const Destination& to, Deadline deadline) {
        net::Host host;
        host.name = to.host;
        host.port = to.port;
        if (to.tls) {
            co_return co_await net::connect_tls(executor_, trust_, std::move(host), deadline);
        }
        co_return co_await net::connect_tcp(executor_, std::move(host), deadline);
    }

    boost::asio::any_io_executor executor_;
    net::TlsTrust trust_;
    ClientOptions options_;
};

}  // namespace

std::unique_ptr<Client> make_client(boost::asio::any_io_executor executor, net::TlsTrust trust,
                                    ClientOptions options) {
    return std::make_unique<NetClient>(std::move(executor), std::move(trust), options);
}

}  // namespace rightsline::http

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>

#include "gateway/net/connect_socket.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/environment.hpp"

namespace rightsline::net {
namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

struct TlsTrust::Context {
    ssl::context ssl{ssl::context::tls_client};
};

namespace {

class TlsStream final : public ByteStream {
 public:
    TlsStream(Socket socket, std::shared_ptr<TlsTrust::Context> trust)
        : trust_(std::move(trust)),
          tls_(std::move(socket), trust_->ssl),
          watchdog_(tls_.next_layer().get_executor(), [this] { close(); }) {}

    Awaitable<Result<void>> handshake(std::string name, Deadline deadline) {
        boost::system::error_code not_numeric;
        static_cast<void>(asio::ip::make_address(name, not_numeric));
        if (not_numeric) {
            // What SSL_set_tlsext_host_name stands for, without its cast, at which GCC takes offence.
            SSL_ctrl(tls_.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                     name.data());
        }
        tls_.set_verify_mode(ssl::verify_peer);
        tls_.set_verify_callback(ssl::host_name_verification(name));
        watchdog_.begin(deadline);
        const auto outcome =
            co_await tls_.async_handshake(ssl::stream_base::client, asio::as_tuple(asio::use_awaitable));
        watchdog_.end();
        if (!std::get<0>(outcome)) {
            co_return Result<void>();
        }
        co_return watchdog_.expired() ? errc::deadline : errc::untrusted;
    }

    Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) override {
        const auto buffer = asio::buffer(into.data(), into.size());
        watchdog_.begin(deadline);
        const auto outcome = co_await tls_.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        watchdog_.end();
        if (std::get<0>(outcome)) {
            co_return translate_error(std::get<0>(outcome), watchdog_.expired());
        }
        co_return std::get<1>(outcome);
    }

    Awaitable<Result<void>> write_all(std::string_view bytes, Deadline deadline) override {
        const auto buffer = asio::buffer(bytes.data(), bytes.size());
        watchdog_.begin(deadline);
        const auto outcome = co_await asio::async_write(tls_, buffer, asio::as_tuple(asio::use_awaitable));
        watchdog_.end();
        if (std::get<0>(outcome)) {
            co_return translate_error(std::get<0>(outcome), watchdog_.expired());
        }
        co_return Result<void>();
    }

    // A TLS peer may speak unasked (a session ticket): such a connection counts as not quiet and is only not kept.
    bool quiet() override { return SSL_pending(tls_.native_handle()) == 0 && is_quiet(tls_.next_layer()); }

    // No close_notify: we close when we have what we came for, and a peer that never answers must not hold
    // us.
    void close() override {
        boost::system::error_code ignored;
        tls_.next_layer().close(ignored);
    }

 private:
    std::shared_ptr<TlsTrust::Context> trust_;
    ssl::stream<Socket> tls_;
    Watchdog watchdog_;
};

std::shared_ptr<TlsTrust::Context> modern_context() {
    auto context = std::make_shared<TlsTrust::Context>();
    SSL_CTX_set_min_proto_version(context->ssl.native_handle(), TLS1_2_VERSION);
    return context;
}

}  // namespace

Result<TlsTrust> TlsTrust::system() {
    auto context = modern_context();
    boost::system::error_code failed;
    // The directory is searched when a certificate is to be checked; reading Debian's whole bundle here would
    // cost a good part of the time in which we promise to be up.
    if (const char* file = ops::environment(X509_get_default_cert_file_env()); file != nullptr) {
        context->ssl.load_verify_file(file, failed);
    } else {
        context->ssl.add_verify_path(X509_get_default_cert_dir(), failed);
    }
    if (failed) {
        return errc::bad_trust_file;
    }
    return TlsTrust(std::move(context));
}

Result<TlsTrust> TlsTrust::only(const std::string& pem_file) {
    auto context = modern_context();
    boost::system::error_code failed;
    context->ssl.load_verify_file(pem_file, failed);
    if (failed) {
        return errc::bad_trust_file;
    }
    return TlsTrust(std::move(context));
}

Awaitable<Result<Stream>> connect_tls(asio::any_io_executor executor, TlsTrust trust, Host host,
                                      Deadline deadline) {
    Result<Socket> socket = co_await connect_socket(loop_of(executor), host, deadline);
    if (!socket) {
        co_return socket.error();
    }
    auto stream = std::make_unique<TlsStream>(std::move(*socket), trust.context());
    const Result<void> shaken = co_await stream->handshake(host.name, deadline);
    if (!shaken) {
        co_return shaken.error();
    }
    co_return Stream(std::move(stream));
}

Awaitable<Result<Stream>> start_tls(Stream plain, TlsTrust trust, std::string name, Deadline deadline) {
    auto* below = dynamic_cast<SocketStream*>(plain.get());
    if (below == nullptr) {
        co_return errc::untrusted;
    }
    auto stream = std::make_unique<TlsStream>(below->release(), trust.context());
    plain.reset();
    const Result<void> shaken = co_await stream->handshake(std::move(name), deadline);
    if (!shaken) {
        co_return shaken.error();
    }
    co_return Stream(std::move(stream));
}

}  // namespace rightsline::net

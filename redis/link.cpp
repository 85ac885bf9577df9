// Link, its connection: connect, greet, read until it is lost, pause, again.
#include "redis/link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <iterator>

namespace rightsline::redis {

namespace asio = boost::asio;

namespace {

std::vector<Command> greeting(const Address& address) {
    std::vector<Command> commands;
    if (!address.password.empty() && address.user.empty()) {
        commands.push_back({"AUTH", address.password});
    } else if (!address.password.empty()) {
        commands.push_back({"AUTH", address.user, address.password});
    }
    if (address.database != 0) {
        commands.push_back({"SELECT", std::to_string(address.database)});
    }
    commands.push_back({"PING"});
    return commands;
}

// The last reply is PING's: a user may lack PING, but LOADING and MASTERDOWN mean "not yet".
bool welcome(const Reply& reply, bool last) {
    const ServerError* refusal = reply.error();
    return refusal == nullptr || (last && refusal->text.starts_with("NOPERM"));
}

}  // namespace

Link::Link(asio::any_io_executor executor, Address address, ClientOptions options)
    : executor_(executor),
      address_(std::move(address)),
      options_(options),
      socket_(executor),
      deadline_timer_(executor),
      phase_timer_(executor),
      reader_(options.most_reply_bytes),
      random_(std::random_device{}()) {}

void Link::start() {
    asio::co_spawn(executor_, live(shared_from_this()), [](std::exception_ptr bug) {
        if (bug) {
            std::rethrow_exception(bug);
        }
    });
}

Awaitable<void> Link::live(std::shared_ptr<Link> self) {
    while (!self->closed_) {
        const bool greeted = co_await self->connect();
        if (greeted) {
            co_await self->read_until_lost();
        }
        self->lost();
        if (!self->closed_) {
            co_await self->pause();
        }
    }
}

Awaitable<bool> Link::connect() {
    broken_ = false;
    limit_phase();
    const std::vector<Endpoint> endpoints = co_await resolve();
    boost::system::error_code error = asio::error::host_not_found;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    for (const Endpoint& endpoint : endpoints) {
        if (broken_ || closed_) {
            co_return false;
        }
        socket_ = Socket(executor_);
        co_await socket_.async_connect(endpoint, token);
        if (!error) {
            break;
        }
    }
    if (error || broken_ || closed_) {
        co_return false;
    }
    const bool greeted = co_await greet();
    if (!greeted || broken_ || closed_) {
        co_return false;
    }
    ++phase_;
    phase_timer_.cancel();
    open_ = true;
    traffic_.reconnects += ever_open_ ? 1 : 0;
    ever_open_ = true;
    schedule_flush();
    co_return true;
}

Awaitable<std::vector<Link::Endpoint>> Link::resolve() {
    std::vector<Endpoint> endpoints;
    if (!address_.unix_path.empty()) {
        endpoints.emplace_back(asio::local::stream_protocol::endpoint(address_.unix_path));
        co_return endpoints;
    }
    boost::system::error_code error;
    const auto numeric = asio::ip::make_address(address_.host, error);
    if (!error) {
        endpoints.emplace_back(asio::ip::tcp::endpoint(numeric, address_.port));
        co_return endpoints;
    }
    asio::ip::tcp::resolver resolver(executor_);
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const std::string service = std::to_string(address_.port);
    const auto found = co_await resolver.async_resolve(address_.host, service, token);
    for (const auto& one : found) {
        endpoints.emplace_back(one.endpoint());
    }
    co_return endpoints;
}

// AUTH and SELECT where asked for; PING tells a server that still loads its data from one that can work.
Awaitable<bool> Link::greet() {
    boost::system::error_code error;
    socket_.non_blocking(true, error);
    if (address_.unix_path.empty()) {
        socket_.set_option(asio::ip::tcp::no_delay(true), error);
    }
    const std::vector<Command> commands = greeting(address_);
    std::string hello;
    for (const Command& one : commands) {
        append_command(hello, one);
    }
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const auto bytes = asio::buffer(hello);
    co_await asio::async_write(socket_, bytes, token);
    if (error) {
        co_return false;
    }
    co_return co_await read_greeting(commands.size());
}

Awaitable<bool> Link::read_greeting(std::size_t owed) {
    reader_.reset();
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const auto room = asio::buffer(input_);
    while (owed > 0) {
        const std::size_t length = co_await socket_.async_read_some(room, token);
        if (error) {
            co_return false;
        }
        reader_.feed({input_.data(), length});
        Reply reply;
        ReplyReader::State state = reader_.next(reply);
        while (state == ReplyReader::State::complete && owed > 0 && welcome(reply, owed == 1)) {
            --owed;
            state = reader_.next(reply);
        }
        if (state != ReplyReader::State::incomplete) {
            co_return false;
        }
    }
    co_return true;
}

Awaitable<void> Link::read_until_lost() {
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const auto room = asio::buffer(input_);
    while (open_) {
        const std::size_t length = co_await socket_.async_read_some(room, token);
        if (error) {
            co_return;
        }
        take({input_.data(), length});
    }
}

// Full jitter: anything between nothing and a bound that doubles.
Awaitable<void> Link::pause() {
    const std::int64_t doubled = options_.first_backoff.count() * (std::int64_t{1} << std::min(attempt_, 20));
    const std::int64_t most =
        std::clamp<std::int64_t>(doubled, 1, std::max<std::int64_t>(1, options_.last_backoff.count()));
    ++attempt_;
    std::uniform_int_distribution<std::int64_t> jitter(1, most);
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    phase_timer_.expires_after(std::chrono::milliseconds(jitter(random_)));
    co_await phase_timer_.async_wait(token);
}

void Link::limit_phase() {
    const unsigned phase = ++phase_;
    phase_timer_.expires_after(options_.connect_timeout);
    phase_timer_.async_wait([self = shared_from_this(), phase](boost::system::error_code error) {
        if (!error && self->phase_ == phase) {
            self->break_connection();
        }
    });
}

void Link::break_connection() {
    broken_ = true;
    open_ = false;
    boost::system::error_code ignored;
    socket_.close(ignored);
}

// What had a byte handed over is unknown; what was encoded behind it was not sent; the pending wait on.
void Link::lost() {
    break_connection();
    ++phase_;
    phase_timer_.cancel();
    blocked_ = false;
    while (!sent_.empty() && sent_.back()->begin >= handed()) {
        Waiting& one = *sent_.back();
        deadlines_.remove(&one);
        one.fail(errc::not_sent);
        sent_.pop_back();
    }
    out_.clear();
    out_written_ = 0;
    out_base_ = 0;
    const Queue unanswered = std::exchange(sent_, Queue());
    for (const std::unique_ptr<Waiting>& one : unanswered) {
        deadlines_.remove(one.get());
        if (!one->abandoned) {
            one->fail(errc::outcome_unknown);
        }
    }
}

void Link::close() {
    if (closed_) {
        return;
    }
    closed_ = true;
    lost();
    deadline_timer_.cancel();
    const Queue waiting = std::exchange(pending_, Queue());
    for (const std::unique_ptr<Waiting>& one : waiting) {
        deadlines_.remove(one.get());
        one->fail(errc::not_sent);
    }
    pending_bytes_ = 0;
}

}  // namespace rightsline::redis

// What the tests of this room share: a server, a loop and a client on it.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "redis/client.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::redis {

inline Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

/// One server per test binary; each test begins with an empty database.
inline tests::RedisServer& shared_server() {
    static tests::RedisServer server;
    return server;
}

class WithServer : public testing::Test {
 protected:
    static Address address_of(const tests::RedisServer& server) {
        Address address;
        address.unix_path = server.socket();
        return address;
    }

    void SetUp() override {
        client = make_client(io.get_executor(), address_of(shared_server()));
        ask({"FLUSHALL"});
    }
    void TearDown() override { client->close(); }

    Result<Reply> try_ask(Command command, std::chrono::milliseconds time = std::chrono::seconds(5)) {
        return tests::run(io, client->execute(std::move(command), in(time)));
    }
    Reply ask(Command command) {
        Result<Reply> reply = try_ask(std::move(command));
        EXPECT_TRUE(reply) << reply.error().message();
        return reply ? std::move(*reply) : Reply{};
    }
    std::string text(Command command) {
        const Reply reply = ask(std::move(command));
        return reply.string() != nullptr  ? *reply.string()
               : reply.error() != nullptr ? reply.error()->text
                                          : "(none)";
    }
    std::int64_t number(Command command) {
        const Reply reply = ask(std::move(command));
        return reply.integer() != nullptr ? *reply.integer() : -1;
    }

    boost::asio::io_context io{1};
    std::unique_ptr<Client> client;
};

}  // namespace rightsline::redis

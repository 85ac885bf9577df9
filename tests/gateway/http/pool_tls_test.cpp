// Kept connections over TLS, as they are to a real provider.
#include <gtest/gtest.h>

#include <fstream>

#include "gateway/http/pool.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/http/test_ca.hpp"
#include "tests/gateway/http/tls_peer.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

TEST(PoolTls, KeepsItsConnectionsAndSeesWhenThePeerHasClosedOne) {
    asio::io_context io(1);
    const ops::SystemClock clock;
    ops::Supervisor tasks(io.get_executor());
    const TestCa issuer;
    const tests::TemporaryDirectory folder;
    const std::string file = folder.path() + "/ca.pem";
    std::ofstream(file) << issuer.pem();
    TlsPeer peer(io, issuer.issue("DNS:localhost"), tasks, 50);
    auto pool = make_pool(io.get_executor(), net::TlsTrust::only(file).value(), clock, {});
    for (int i = 0; i < 120; ++i) {
        Outgoing request;
        request.method = "POST";
        request.url = peer.url();
        request.body = "hi";
        const Fate fate = tests::run(io, pool->send(std::move(request), clock.in(10s)));
        ASSERT_TRUE(fate.answer) << i << ": " << fate.answer.error().message();
        EXPECT_EQ(fate.answer->body, "ok");
        tests::run_until(io, [&] { return peer.ended == (i + 1) / 50; });
    }
    EXPECT_EQ(peer.connections, 3) << "50, 50 and 20";
    pool.reset();
    tasks.cancel_all();
    tests::run_until(io, [&] { return tasks.live() == 0; });
}

}  // namespace
}  // namespace rightsline::http

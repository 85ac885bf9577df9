// Requests to an address that somebody wrote down: which are made, and to whom.
#include "gateway/http/egress.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "gateway/http/error.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/http/test_ca.hpp"
#include "tests/gateway/http/tls_peer.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

using namespace std::chrono_literals;

TEST(OutsideUrl, IsHttpsToANameOnTheUsualPort) {
    for (const char* url :
         {"https://hooks.example.org/x", "https://hooks.example.org:443/x?y=1",
          "https://xn--bcher-kva.example/x", "https://a.b.c.d.example.org", "HTTPS://Hooks.Example.ORG/"}) {
        EXPECT_TRUE(parse_outside_url(url)) << url;
    }
}

TEST(OutsideUrl, IsNothingElseInWhateverSpelling) {
    const std::string long_name = "https://" + std::string(300, 'a') + ".org/";
    const std::string long_url = "https://hooks.example.org/" + std::string(3000, 'a');
    for (const std::string& url : std::initializer_list<std::string>{
             "", "hooks.example.org", "//hooks.example.org/", "https://", "https:///x", "https://?x",
             // other schemes and ports
             "http://hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd",
             "gopher://hooks.example.org/", "javascript:alert(1)", "unix:///run/redis.sock",
             "https://hooks.example.org:80/", "https://hooks.example.org:8443/",
             "https://hooks.example.org:22/", "https://hooks.example.org:0/",
             "https://hooks.example.org:65979/", "https://hooks.example.org:/x:6379",
             // users, and what looks like one
             "https://user@hooks.example.org/", "https://user:pass@hooks.example.org/",
             "https://hooks.example.org@127.0.0.1/", "https://127.0.0.1#@hooks.example.org/",
             "https://hooks.example.org#x", "https://hooks.example.org\\@127.0.0.1/",
             "https://hooks.example.org%40127.0.0.1/", "https://@hooks.example.org/",
             // addresses: decimal, octal, hexadecimal, short, mixed, IPv6, mapped, NAT64
             "https://127.0.0.1/", "https://93.184.216.34/", "https://2130706433/", "https://017700000001/",
             "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://127.1/",
             "https://127.0.1/", "https://0/", "https://00000.0.0.0/", "https://127.0.0.1./",
             "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[::]/",
             "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/",
             "https://[2002:7f00:1::]/", "https://[fe80::1%25eth0]/", "https://[fd00::1]/",
             "https://[2606:2800:220:1:248:1893:25c8:1946]/", "https://1.2.3.4.5/", "https://example.0x7f/",
             // names that are none
             "https://localhost/", "https://redis/", "https://hooks.example.org./",
             "https://hooks..example.org/", "https://.example.org/", "https://-hooks.example.org/",
             "https://hooks-.example.org/", "https://hooks_x.example.org/", "https://hooks.example.org%2e/",
             "https://hooks%00.example.org/",
             "https://b\xc3\xbc"
             "cher.example/",
             "https://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.example/", "https://hooks.exam ple.org/",
             "https://hooks.example.org/\r\nHost: x", "https://hooks.example.org\t/",
             "https://hooks.example.123/", long_name, long_url}) {
        EXPECT_FALSE(parse_outside_url(url)) << url;
    }
}

/// A peer on loopback that the resolver of a test may name.
class Egressing : public testing::Test {
 protected:
    ~Egressing() override {
        tasks.cancel_all();
        (void)tests::run(io, tasks.drain(std::chrono::steady_clock::now() + 2s));
    }
    Egress egress(std::vector<std::string> addresses, bool anything_goes = true) {
        EgressOptions options;
        options.resolve = [this, addresses](std::string name, Deadline) {
            return resolved(std::move(name), addresses);
        };
        if (anything_goes) {
            options.allowed = [](std::string_view) { return true; };
        }
        options.port = peer.port();
        return {io.get_executor(), net::TlsTrust::only(ca_file()).value(), std::move(options)};
    }
    Awaitable<Result<std::vector<std::string>>> resolved(std::string name,
                                                         std::vector<std::string> addresses) {
        asked.push_back(std::move(name));
        co_return addresses;
    }
    Fate send(Egress& to, const std::string& url = "https://hooks.example.org/x") {
        Outgoing request;
        request.method = "POST";
        request.url = url;
        request.body = "hi";
        return tests::run(io, to.send(std::move(request), std::chrono::steady_clock::now() + 5s));
    }
    std::string ca_file() {
        const std::string path = folder.path() + "/ca.pem";
        std::ofstream(path) << ca.pem();
        return path;
    }

    boost::asio::io_context io;
    ops::Supervisor tasks{io.get_executor()};
    tests::TemporaryDirectory folder;
    TestCa ca;
    TlsPeer peer{io, ca.issue("DNS:hooks.example.org"), tasks, 1};
    std::vector<std::string> asked;
};

TEST_F(Egressing, GoesToTheAddressThatWasCheckedUnderTheNameThatWasWritten) {
    Egress to = egress({"127.0.0.1"});
    const Fate fate = send(to);
    ASSERT_TRUE(fate.answer) << fate.answer.error().message();
    EXPECT_EQ(asked, std::vector<std::string>{"hooks.example.org"});  // once: no second answer can differ
    EXPECT_EQ(peer.connections, 1);
}

TEST_F(Egressing, OneAddressInHereIsEnoughToRefuse) {
    for (const std::vector<std::string>& addresses :
         std::initializer_list<std::vector<std::string>>{{"127.0.0.1"},
                                                         {"93.184.216.34", "127.0.0.1"},
                                                         {"93.184.216.34", "::1"},
                                                         {"10.0.0.1"},
                                                         {"169.254.169.254"},
                                                         {"::ffff:127.0.0.1"},
                                                         {"64:ff9b::7f00:1"},
                                                         {"fd00::1"},
                                                         {}}) {
        Egress to = egress(addresses, false);
        const Fate fate = send(to);
        EXPECT_EQ(fate.answer.error(), make_error_code(errc::not_public));
        EXPECT_FALSE(fate.may_have_arrived);
    }
    EXPECT_EQ(peer.connections, 0);
}

TEST_F(Egressing, AnotherCertificateIsAnotherServer) {
    Egress to = egress({"127.0.0.1"});
    const Fate fate = send(to, "https://other.example.org/x");
    EXPECT_EQ(fate.answer.error(), net::make_error_code(net::errc::untrusted));
    EXPECT_FALSE(fate.may_have_arrived);
}

TEST_F(Egressing, ABadUrlIsNotEvenLookedUp) {
    Egress to = egress({"127.0.0.1"});
    EXPECT_FALSE(send(to, "http://hooks.example.org/x").answer);
    EXPECT_TRUE(asked.empty());
}

}  // namespace
}  // namespace rightsline::http

// A mail on its way over real sockets and real TLS.
#include <gtest/gtest.h>

#include <fstream>

#include "gateway/mail/smtp.hpp"
#include "tests/support/fake_smtp.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::mail {
namespace {

using namespace std::chrono_literals;

class SmtpWire : public testing::Test {
 protected:
    ~SmtpWire() override {
        tasks.cancel_all();
        (void)tests::run(io, tasks.drain(std::chrono::steady_clock::now() + 2s));
    }
    void open(tests::FakeSmtp::Manners manners, const char* name = "DNS:localhost") {
        fakes.push_back(std::make_unique<tests::FakeSmtp>(io, ca.issue(name), tasks, std::move(manners)));
        fake = fakes.back().get();
        server.host = "localhost";
        server.port = fake->port();
        server.user = "hotline";
        server.password = locales::PrivateText("swordfish");
    }
    providers::SendResult deliver_it(std::chrono::milliseconds patience = 5s) {
        const std::string file = folder.path() + "/ca.pem";
        std::ofstream(file) << ca.pem();
        const Letter letter{*Address::parse("hotline@example.org"),
                            *Address::parse("maria@example.net"),
                            *HeaderText::parse("New report 7K4-921."),
                            "Hello.",
                            "e1",
                            {}};
        return tests::run(io, deliver(io.get_executor(), net::TlsTrust::only(file).value(), server, letter,
                                      std::chrono::steady_clock::now() + patience));
    }

    boost::asio::io_context io;
    ops::Supervisor tasks{io.get_executor()};
    tests::TemporaryDirectory folder;
    http::TestCa ca;
    std::vector<std::unique_ptr<tests::FakeSmtp>> fakes;  // one that was left still waits for its timer
    tests::FakeSmtp* fake = nullptr;
    Server server;
};

TEST_F(SmtpWire, GoesOverStarttlsAndNothingOfItBefore) {
    open({});
    EXPECT_TRUE(std::holds_alternative<providers::Accepted>(deliver_it()));
    EXPECT_EQ(fake->mails, 1);
    EXPECT_EQ(fake->in_clear, "EHLO example.org\r\nSTARTTLS\r\n");
    EXPECT_NE(fake->in_secret.find("Subject: New report 7K4-921.\r\n"), std::string::npos);
}

TEST_F(SmtpWire, AnotherServersCertificateIsToldNothing) {
    open({}, "DNS:other.example.org");
    EXPECT_TRUE(std::holds_alternative<providers::Retry>(deliver_it()));
    EXPECT_TRUE(fake->in_secret.empty());
}

TEST_F(SmtpWire, APeerThatDropsAfterTheDotLeavesItUnknown) {
    open({.to_dot = ""});
    EXPECT_TRUE(std::holds_alternative<providers::Unknown>(deliver_it()));
    EXPECT_EQ(fake->mails, 1);
}

TEST_F(SmtpWire, ASlowOneAndABusyOneAreTriedAgain) {
    open({.greets_after = 3s});
    EXPECT_TRUE(std::holds_alternative<providers::Retry>(deliver_it(300ms)));
    open({.to_greeting = "421 too many connections\r\n"});
    EXPECT_TRUE(std::holds_alternative<providers::Retry>(deliver_it()));
    EXPECT_EQ(fake->mails, 0);
}

TEST_F(SmtpWire, NobodyAtHomeIsTriedAgain) {
    open({});
    server.port = 1;
    EXPECT_TRUE(std::holds_alternative<providers::Retry>(deliver_it()));
}

}  // namespace
}  // namespace rightsline::mail

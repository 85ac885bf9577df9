// A mail server that is a list of answers, and misbehaves.
#include "gateway/mail/smtp.hpp"

#include <gtest/gtest.h>

#include "gateway/net/error.hpp"
#include "gateway/ops/base64.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_stream.hpp"

namespace rightsline::mail {
namespace {

using namespace std::chrono_literals;
using providers::Accepted;
using providers::AccountStopped;
using providers::Rejected;
using providers::Retry;
using providers::SendResult;
using providers::Unknown;
using Step = support::ScriptedStream::Step;
using AtEnd = support::ScriptedStream::AtEnd;

/// Keeps what was written when the delivery lets its stream go.
class Watched final : public net::ByteStream {
 public:
    Watched(support::ManualClock& clock, std::deque<Step> steps, AtEnd end, std::string& written)
        : inner_(clock, std::move(steps), end), written_(written) {}
    ~Watched() override { written_ += inner_.written; }
    Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) override {
        return inner_.read_some(into, deadline);
    }
    Awaitable<Result<void>> write_all(std::string_view bytes, Deadline deadline) override {
        return inner_.write_all(bytes, deadline);
    }
    void close() override { inner_.close(); }

 private:
    support::ScriptedStream inner_;
    std::string& written_;
};

class Smtp : public testing::Test {
 protected:
    Smtp() {
        server.host = "mail.example.org";
        server.user = "hotline";
        server.password = locales::PrivateText("swordfish");
    }
    /// The answers before TLS, and those after it.
    SendResult deliver_to(std::deque<Step> clear, std::deque<Step> secured, AtEnd end = AtEnd::closes) {
        net::Stream first = std::make_unique<Watched>(clock, std::move(clear), end, in_clear);
        Secure secure = [&](net::Stream plain, Deadline) {
            return made_secure(std::move(plain), secured, end);
        };
        return tests::run(io,
                          deliver(std::move(first), std::move(secure), server, letter, clock.steady() + 30s));
    }
    Awaitable<Result<net::Stream>> made_secure(net::Stream plain, std::deque<Step>& secured, AtEnd end) {
        plain.reset();
        if (!trusted) {
            co_return net::errc::untrusted;
        }
        co_return net::Stream(std::make_unique<Watched>(clock, std::move(secured), end, in_secret));
    }
    static std::deque<Step> polite() {
        return {{"220 mail.example.org ESMTP\r\n"},
                {"250-mail.example.org\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"},
                {"220 go\r\n"}};
    }
    static std::deque<Step> with(std::string answer, std::size_t place) {
        std::deque<Step> all{{"250-x\r\n250 AUTH LOGIN PLAIN\r\n"},
                             {"235 in\r\n"},
                             {"250 ok\r\n"},
                             {"250 ok\r\n"},
                             {"354 go\r\n"},
                             {"250 taken\r\n"}};
        all[place].bytes = std::move(answer);
        all.resize(place + 1);
        return all;
    }
    static std::deque<Step> all_well() { return with("250 taken\r\n", 5); }

    boost::asio::io_context io;
    support::ManualClock clock;
    Server server;
    Letter letter{*Address::parse("hotline@example.org"),
                  *Address::parse("maria@example.net"),
                  *HeaderText::parse("New report 7K4-921."),
                  "Hello.",
                  "e1",
                  {}};
    bool trusted = true;
    std::string in_clear;
    std::string in_secret;
};

TEST_F(Smtp, HandsOverOneMailAndSaysNothingOfItInClear) {
    const SendResult done = deliver_to(polite(), all_well());
    EXPECT_TRUE(std::holds_alternative<Accepted>(done));
    EXPECT_EQ(in_clear, "EHLO example.org\r\nSTARTTLS\r\n");
    const std::string secret = ops::to_base64(std::string("\0hotline\0swordfish", 18));
    EXPECT_TRUE(in_secret.starts_with("EHLO example.org\r\nAUTH PLAIN " + secret +
                                      "\r\nMAIL FROM:<hotline@example.org>\r\nRCPT TO:<maria@example.net>\r\n"
                                      "DATA\r\nFrom: <hotline@example.org>\r\n"))
        << in_secret;
    EXPECT_TRUE(in_secret.ends_with("\r\n.\r\nQUIT\r\n"));
}

TEST_F(Smtp, KnowsLoginWhereThereIsNoPlainAndNothingWhereNoUserIsWanted) {
    std::deque<Step> login{{"250-x\r\n250 AUTH LOGIN\r\n"},
                           {"334 VXNlcm5hbWU6\r\n"},
                           {"334 UGFzc3dvcmQ6\r\n"},
                           {"235 in\r\n"},
                           {"250 ok\r\n"},
                           {"250 ok\r\n"},
                           {"354 go\r\n"},
                           {"250 taken\r\n"}};
    EXPECT_TRUE(std::holds_alternative<Accepted>(deliver_to(polite(), login)));
    EXPECT_NE(in_secret.find(ops::to_base64("hotline") + "\r\n" + ops::to_base64("swordfish") + "\r\n"),
              std::string::npos);
    server.user.clear();
    std::deque<Step> open = all_well();
    open.erase(open.begin() + 1);
    EXPECT_TRUE(std::holds_alternative<Accepted>(deliver_to(polite(), open)));
}

TEST_F(Smtp, WhatComesBeforeTheDotIsNeverUnknown) {
    for (std::size_t place = 1; place < 5; ++place) {
        for (const char* answer : {"421 bye\r\n", "451 later\r\n"}) {
            const SendResult done = deliver_to(polite(), with(answer, place));
            EXPECT_TRUE(std::holds_alternative<Retry>(done)) << place << answer;
        }
        for (const char* answer : {"", "no reply at all\r\n", "25", "250-never\r\n551 ending\r\n"}) {
            const SendResult done = deliver_to(polite(), with(answer, place));
            EXPECT_TRUE(std::holds_alternative<Retry>(done)) << place << answer;
        }
    }
    for (const std::size_t place : {std::size_t{1}, std::size_t{2}}) {  // who we are: no mail would go
        EXPECT_TRUE(std::holds_alternative<AccountStopped>(deliver_to(polite(), with("535 no\r\n", place))));
    }
    for (const std::size_t place : {std::size_t{3}, std::size_t{4}}) {
        EXPECT_TRUE(std::holds_alternative<Rejected>(deliver_to(polite(), with("550 no\r\n", place))));
    }
}

TEST_F(Smtp, AfterTheDotOnlyAClearWordCounts) {
    for (const char* answer : {"", "garbage\r\n", "354 again?\r\n", "2"}) {
        EXPECT_TRUE(std::holds_alternative<Unknown>(deliver_to(polite(), with(answer, 5)))) << answer;
    }
    EXPECT_TRUE(std::holds_alternative<Unknown>(deliver_to(polite(), with("", 5), AtEnd::is_silent)));
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to(polite(), with("452 full\r\n", 5))));
    EXPECT_TRUE(std::holds_alternative<Rejected>(deliver_to(polite(), with("554 spam\r\n", 5))));
}

TEST_F(Smtp, ASlowGreetingEndsWithTheDeadline) {
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to({{"220 hello\r\n", 31s}}, {})));
    EXPECT_TRUE(in_clear.empty());
}

TEST_F(Smtp, AServerWithoutTlsIsToldNothing) {
    const SendResult done = deliver_to({{"220 x\r\n"}, {"250-x\r\n250 AUTH PLAIN\r\n"}}, {});
    EXPECT_TRUE(std::holds_alternative<AccountStopped>(done));
    EXPECT_EQ(in_clear, "EHLO example.org\r\n");
    trusted = false;
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to(polite(), all_well())));
    EXPECT_TRUE(in_secret.empty());
}

TEST_F(Smtp, WhatWasSaidBeforeTlsIsNoAnswerAfterIt) {
    std::deque<Step> smuggled = polite();
    smuggled.back().bytes += "250-x\r\n250 AUTH PLAIN\r\n";
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to(smuggled, all_well())));
    EXPECT_TRUE(in_secret.empty());
}

TEST_F(Smtp, AReplyWithoutAnEndIsCutOff) {
    std::deque<Step> endless{{"220 x\r\n"}};
    for (int i = 0; i < 200; ++i) {
        endless.push_back({"250-" + std::string(100, 'x') + "\r\n"});
    }
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to(endless, {})));
    EXPECT_TRUE(std::holds_alternative<Retry>(deliver_to({{"220 " + std::string(9000, 'x')}}, {})));
}

TEST_F(Smtp, WithTlsAtOnceThereIsNoStarttls) {
    server.port = 465;
    std::deque<Step> steps = all_well();
    steps.push_front({"220 x\r\n"});
    EXPECT_TRUE(std::holds_alternative<Accepted>(deliver_to(steps, {})));
    EXPECT_EQ(in_clear.find("STARTTLS"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::mail

#include "gateway/outbox/standard_webhook.hpp"

#include <gtest/gtest.h>

#include "gateway/http/error.hpp"

namespace rightsline::outbox {
namespace {

// The example of standardwebhooks.com's own libraries.
constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

http::Fate answered(int status) {
    http::Answer answer;
    answer.status = status;
    return {answer, true};
}

TEST(StandardWebhook, IsSignedAsTheStandardSays) {
    const std::chrono::sys_seconds at{std::chrono::seconds(1614265330)};
    const http::Outgoing request = webhook_request("https://x.example/", "msg_p5jXN8AQM9LWM0D4loKWxJek", at,
                                                   R"({"test": 2432232314})", {secret});
    EXPECT_EQ(request.method, "POST");
    const http::Headers expected{{"Content-Type", "application/json"},
                                 {"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                                 {"webhook-timestamp", "1614265330"},
                                 {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
    EXPECT_EQ(request.headers, expected);
}

TEST(StandardWebhook, BothSecretsSignWhileOneIsChanged) {
    const std::string other = "whsec_" + std::string(32, 'A');
    const http::Outgoing request = webhook_request("https://x.example/", "h1", {}, "{}", {secret, other});
    const std::string& signatures = request.headers.back().second;
    EXPECT_TRUE(signatures.starts_with("v1,"));
    EXPECT_NE(signatures.find(" v1,"), std::string::npos);
}

TEST(StandardWebhook, ASecretHasItsMarkAndAtLeast24Bytes) {
    EXPECT_EQ(read_webhook_secret(secret)->size(), 24U);
    for (const char* bad :
         {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!!!!"}) {
        EXPECT_FALSE(read_webhook_secret(bad)) << bad;
    }
}

TEST(StandardWebhook, OnlyA2xxIsAReceipt) {
    for (const int status : {200, 202, 204}) {
        EXPECT_TRUE(std::holds_alternative<providers::Accepted>(read_webhook_answer(answered(status))));
    }
    for (const int status : {408, 409, 425, 429, 500, 502, 503}) {
        EXPECT_TRUE(std::holds_alternative<providers::Retry>(read_webhook_answer(answered(status))))
            << status;
    }
    for (const int status : {301, 302, 307, 400, 401, 404, 410}) {
        EXPECT_TRUE(std::holds_alternative<providers::Rejected>(read_webhook_answer(answered(status))))
            << status;
    }
}

TEST(StandardWebhook, WhatGotNoAnswerIsUnknownOnlyWhenItMayHaveArrived) {
    const http::Fate lost{http::make_error_code(http::errc::bad_answer), true};
    EXPECT_TRUE(std::holds_alternative<providers::Unknown>(read_webhook_answer(lost)));
    const http::Fate never{http::make_error_code(http::errc::busy), false};
    EXPECT_TRUE(std::holds_alternative<providers::Retry>(read_webhook_answer(never)));
    const http::Fate here{http::make_error_code(http::errc::not_public), false};
    EXPECT_TRUE(std::holds_alternative<providers::Rejected>(read_webhook_answer(here)));
}

}  // namespace
}  // namespace rightsline::outbox

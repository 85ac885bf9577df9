// What must not come in: each is refused with its own status, and nothing changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

class Refusals : public testing::Test {
 protected:
    Refusals() : phone(hotline.phone("+13055550141")), form(phone.form("hola", fresh_sid("SM"))) {
        phone.texts({"hola", "2"});
        // The stock of codes and aliases is filled after the start; from then on nothing is written but by turns.
        eventually([this] { return hotline.metric("rightsline_receipt_codes_ready") > 0; });
        before = writes();
        turns = hotline.turns("committed");
    }
    ~Refusals() override {
        EXPECT_EQ(writes(), before) << "something was written";
        EXPECT_EQ(hotline.turns("committed"), turns);
        EXPECT_THAT(phone.texts({"2"}), HasSubstr(hotline.words("hotline.main.menu", "es")))
            << "the worker is elsewhere";
    }

    /// Keys of the program in the store's file. The server itself says now and then that it lives, under a key of its own.
    std::size_t writes() const {
        const std::string bytes = hotline.append_only_bytes();
        std::size_t count = 0;
        for (std::size_t at = bytes.find("{fair-food}"); at != std::string::npos;
             at = bytes.find("{fair-food}", at + 1)) {
            ++count;
        }
        return count;
    }
    HttpReply post(const std::string& target, const Fields& fields, const std::string& signature) const {
        return http_post(
            hotline.twilio().port, target,
            {{"Content-Type", "application/x-www-form-urlencoded"}, {"X-Twilio-Signature", signature}},
            form_of(fields));
    }
    std::string right_signature(const std::string& target) const {
        return twilio_signature(Hotline::token, hotline.twilio().public_url + target, form);
    }
    int framed(const std::string& head, const std::string& body) const {
        return send_bytes(hotline.twilio().port,
                          "POST /hooks/main/sms HTTP/1.1\r\nHost: h\r\n" + head + "\r\n\r\n" + body)
            .status;
    }

    Hotline hotline;
    TwilioPhone phone;
    Fields form;
    std::size_t before = 0;
    double turns = 0;
};

// Whoever knocks a million times must not fill the disk with lines about it.
TEST_F(Refusals, OfStrangersAreCountedAndToldOnceAMinute) {
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(post("/hooks/main/sms", form, "bm8=").status, 403);
        EXPECT_EQ(post("/hooks/nobody/sms", form, "bm8=").status, 403);
        EXPECT_EQ(framed("Content-Length: 1\r\nContent-Length: 2", "x"), 400);
    }
    EXPECT_GE(hotline.metric("rightsline_webhook_requests_total{outcome=\"bad_signature\"}"), 12);
    const std::string log = hotline.server().log();
    for (const std::string event : {"webhook_refused", "webhook_of_unknown_account", "request_refused"}) {
        const auto first = log.find(event);
        ASSERT_NE(first, std::string::npos) << event;
        EXPECT_EQ(log.find(event, first + 1), std::string::npos) << event;
    }
}

TEST_F(Refusals, OfSignatures) {
    const std::string right = right_signature("/hooks/main/sms");
    std::string wrong = right;
    wrong[3] = wrong[3] == 'A' ? 'B' : 'A';
    EXPECT_EQ(post("/hooks/main/sms", form, wrong).status, 403);
    EXPECT_EQ(post("/hooks/main/sms", form, "").status, 403);
    EXPECT_EQ(post("/hooks/main/voice", form, right).status, 403);
    EXPECT_EQ(http_post(hotline.twilio().port, "/hooks/main/sms",
                        {{"Content-Type", "application/x-www-form-urlencoded"}}, form_of(form))
                  .status,
              403);
    Fields more = form;
    more.emplace_back("Extra", "1");
    EXPECT_EQ(post("/hooks/main/sms", more, right).status, 403);
    more = form;
    more[6].second = "hole";
    EXPECT_EQ(post("/hooks/main/sms", more, right).status, 403);
}

TEST_F(Refusals, OfStrangers) {
    EXPECT_EQ(post("/hooks/nobody/sms", form, right_signature("/hooks/nobody/sms")).status, 403);
    const TwilioPhone elsewhere(hotline.twilio(), "+13055550142", "+15005559999");
    EXPECT_EQ(elsewhere.text("hola").status, 404);
    const TwilioPhone of_the_simulator(hotline.twilio(), "+13055550142", "+15005550007");
    EXPECT_EQ(of_the_simulator.text("hola").status, 404);
    EXPECT_TRUE(
        eventually([this] { return hotline.server().log().find("line_unknown") != std::string::npos; }));
    EXPECT_THAT(hotline.server().log(), Not(HasSubstr("5559999")));
    Fields other = form;
    other[3].second = "AC00000000000000000000000000000002";
    EXPECT_EQ(phone.deliver(other).status, 403);
    EXPECT_EQ(http_get(hotline.twilio().port, "/metrics").status, 404);
    EXPECT_EQ(http_get(hotline.twilio().port, "/api/v1/cases").status, 404);
}

TEST_F(Refusals, OfSignedGarbage) {
    EXPECT_EQ(phone.deliver({{"AccountSid", Hotline::sid}}).status, 400);
    EXPECT_EQ(phone.deliver({}).status, 400);
    Fields twice = form;
    twice.emplace_back("From", "+13055550143");
    EXPECT_EQ(phone.deliver(twice).status, 400);
    Fields odd = form;
    odd[0].second = "SM/../x y";
    EXPECT_EQ(phone.deliver(odd).status, 400);
}

TEST_F(Refusals, OfSizesAndFrames) {
    Fields large = form;
    large[6].second.assign(140'000, 'x');
    EXPECT_EQ(phone.deliver(large).status, 413);
    EXPECT_EQ(framed("X-Long: " + std::string(20'000, 'x') + "\r\nContent-Length: 0", ""), 431);
    const int chunked = framed("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n");
    EXPECT_TRUE(chunked == 400 || chunked == 501 || chunked == 0) << chunked;
    const int both = framed("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n");
    EXPECT_TRUE(both == 400 || both == 0) << both;
    EXPECT_EQ(framed("Content-Length: 1\r\nContent-Length: 2", "xx"), 400);
    const HttpReply get = http_get(hotline.twilio().port, "/hooks/main/sms");
    EXPECT_EQ(get.status, 405);
    EXPECT_THAT(get.headers.at("allow"), HasSubstr("POST"));
}

}  // namespace
}  // namespace rightsline::tests

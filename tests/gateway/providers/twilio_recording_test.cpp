#include "gateway/providers/twilio_recording.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace rightsline::providers {
namespace {

constexpr std::string_view home = "https://api.twilio.com/2010-04-01/Accounts/AC0123/Recordings/RE1";

TEST(TwilioRecording, IsFetchedAndErasedWithOurToken) {
    const RemoteRecording recording{"RE1", std::string(home)};
    const auto fetch = fetch_twilio_recording(recording, our_account());
    ASSERT_TRUE(fetch);
    EXPECT_EQ(fetch->method, "GET");
    EXPECT_EQ(fetch->url, std::string(home) + ".wav");
    const http::Headers expected{{"Authorization", "Basic QUMwMTIzOjEyMzQ1"}};
    EXPECT_EQ(fetch->headers, expected);
    const auto erase = erase_twilio_recording(recording, our_account());
    ASSERT_TRUE(erase);
    EXPECT_EQ(erase->method, "DELETE");
    EXPECT_EQ(erase->url, std::string(home) + ".json");
    EXPECT_EQ(erase->headers, expected);
}

TEST(TwilioRecording, WithoutAnApiBaseIsTwiliosOwn) {
    Credentials usual = our_account();
    usual.api_base.clear();
    const auto fetch = fetch_twilio_recording({"RE1", std::string(home)}, usual);
    ASSERT_TRUE(fetch);
    EXPECT_EQ(fetch->url, std::string(home) + ".wav");
}

TEST(TwilioRecording, NeverGoesWhereAWebhookPoints) {
    for (const std::string url :
         {"https://evil.example/2010-04-01/Accounts/AC0123/Recordings/RE1", "http://api.twilio.com/x",
          "https://api.twilio.com.evil.example/x", "https://api.twilio.com@evil.example/x",
          "https://api.twilio.com:444/x", "https://api.twilio.com\\@evil.example/", "//api.twilio.com/x",
          "file:///etc/passwd", "https://169.254.169.254/latest", "https://", "x"}) {
        EXPECT_FALSE(fetch_twilio_recording({"RE1", url}, our_account())) << url;
        EXPECT_FALSE(erase_twilio_recording({"RE1", url}, our_account())) << url;
    }
}

TEST(TwilioRecording, GoesToThePathOfItsIdWhateverTheUrlSays) {
    const auto fetch =
        fetch_twilio_recording({"RE1", "https://api.twilio.com/somewhere/else?x=1"}, our_account());
    EXPECT_EQ(fetch->url, std::string(home) + ".wav");
    for (const std::string id : {"", "../../Messages/SM1", "RE1?x", "RE1/..", "RE 1"}) {
        EXPECT_FALSE(fetch_twilio_recording({id, std::string(home)}, our_account())) << id;
    }
}

}  // namespace
}  // namespace rightsline::providers

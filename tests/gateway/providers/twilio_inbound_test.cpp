#include "gateway/providers/twilio_inbound.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/providers/error.hpp"
#include "gateway/providers/twilio_decode.hpp"
#include "send_support.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr flows::Instant eight{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 8h};
constexpr const char* our_line = "+15005550006";

json::object with(json::object object, const json::object& more) {
    for (const auto& [name, value] : more) {
        object[name] = value;
    }
    return object;
}

json::object listed_text(json::object more = {}) {
    return with({{"sid", sm},
                 {"to", our_line},
                 {"from", "+13055550191"},
                 {"body", "Yo pa peye nou \xE2\x80\xAE"},
                 {"direction", "inbound"},
                 {"status", "received"},
                 {"num_media", "0"},
                 {"date_created", "Sun, 22 Nov 2026 08:00:10 +0000"}},
                more);
}

json::object a_recording(json::object more = {}) {
    return with({{"sid", "RE0123456789abcdef0123456789abcdef"},
                 {"call_sid", "CA0123456789abcdef0123456789abcdef"},
                 {"duration", "12"},
                 {"status", "completed"},
                 {"source", "RecordVerb"},
                 {"date_created", "Sun, 22 Nov 2026 08:00:10 +0000"}},
                more);
}

http::Answer page(const char* name, json::array entries, json::value next = nullptr) {
    return answer(200, json::serialize(json::object{{name, std::move(entries)}, {"next_page_uri", next}}));
}

Heard read(json::array entries, json::value next = nullptr) {
    return read_twilio_texts(page("messages", std::move(entries), std::move(next)), our_line, eight).value();
}

TEST(TwilioInbound, ATextOfTheListIsTheEventOfItsWebhook) {
    const Heard heard = read({listed_text()});
    ASSERT_EQ(heard.events.size(), 1U);
    const Inbound hooked = decode_twilio(Hook::sms,
                                         form_request({{"AccountSid", "AC0123"},
                                                       {"MessageSid", sm},
                                                       {"From", "+13055550191"},
                                                       {"To", our_line},
                                                       {"Body", "Yo pa peye nou \xE2\x80\xAE"},
                                                       {"NumMedia", "0"}}),
                                         our_account())
                               .value();
    const Inbound& listed = heard.events.front();
    EXPECT_EQ(listed.identity, hooked.identity);
    EXPECT_EQ(listed.content, hooked.content);
    EXPECT_EQ(listed.worker->reveal(), hooked.worker->reveal());
    EXPECT_EQ(listed.line, hooked.line);
    EXPECT_EQ(std::get<flows::Texted>(listed.event).body.reveal(),
              std::get<flows::Texted>(hooked.event).body.reveal());
    EXPECT_EQ(listed.said_at, eight + 10s);
    EXPECT_FALSE(hooked.said_at);
}

TEST(TwilioInbound, ARecordingOfTheListIsTheEventOfItsWebhook) {
    const Heard heard = read_twilio_recordings(page("recordings", {a_recording()}), eight).value();
    ASSERT_EQ(heard.events.size(), 1U);
    const Inbound hooked = decode_twilio(Hook::recording,
                                         form_request({{"AccountSid", "AC0123"},
                                                       {"CallSid", "CA0123456789abcdef0123456789abcdef"},
                                                       {"RecordingSid", "RE0123456789abcdef0123456789abcdef"},
                                                       {"RecordingStatus", "completed"},
                                                       {"RecordingDuration", "12"}}),
                                         our_account())
                               .value();
    EXPECT_EQ(heard.events.front().identity, hooked.identity);
    EXPECT_EQ(heard.events.front().content, hooked.content);
    EXPECT_EQ(heard.events.front().call, hooked.call);
    EXPECT_EQ(std::get<flows::Recorded>(heard.events.front().event).length, 12s);
}

TEST(TwilioInbound, WhatIsNotForUsIsLeftOut) {
    for (const json::object& other : std::vector<json::object>{{{"direction", "outbound-api"}},
                                                               {{"direction", "outbound-reply"}},
                                                               {{"to", "+15005550007"}},
                                                               {{"sid", "../../x"}},
                                                               {{"body", ""}},
                                                               {{"date_created", "yesterday"}}}) {
        EXPECT_TRUE(read({listed_text(other)}).events.empty()) << json::serialize(other);
    }
    EXPECT_EQ(read({listed_text({{"direction", "outbound-api"}}), 7, listed_text()}).events.size(), 1U);
    for (const json::object& other : std::vector<json::object>{{{"source", "DialVerb"}},
                                                               {{"status", "processing"}},
                                                               {{"sid", "RE1"}},
                                                               {{"call_sid", nullptr}}}) {
        EXPECT_TRUE(read_twilio_recordings(page("recordings", {a_recording(other)}), eight)->events.empty());
    }
}

TEST(TwilioInbound, EndsWhereItWasAskedFrom) {
    const Heard heard =
        read({listed_text(), listed_text({{"date_created", "Sun, 22 Nov 2026 07:59:59 +0000"}})}, "/next");
    EXPECT_EQ(heard.events.size(), 1U);
    EXPECT_TRUE(heard.reaches_back);
    EXPECT_FALSE(read({listed_text()}, "/next").reaches_back);
}

TEST(TwilioInbound, AsksForOurLineFromTheDayOn) {
    const auto request = list_twilio_texts(our_line, eight, "", our_account());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url,
              "https://api.twilio.com/2010-04-01/Accounts/AC0123/"
              "Messages.json?To=%2B15005550006&DateSent%3E=2026-11-22&PageSize=200");
}

TEST(TwilioInbound, FollowsAPageOnlyInsideTheAccountsOwnList) {
    const std::string good = "/2010-04-01/Accounts/AC0123/Messages.json?PageSize=200&Page=1&PageToken=PASM1";
    const auto next = list_twilio_texts(our_line, eight, good, our_account());
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, "https://api.twilio.com" + good);
    for (const std::string bad :
         {"https://evil.example/", "//evil.example/x", "/2010-04-01/Accounts/AC9999/Messages.json?Page=1",
          "/2010-04-01/Accounts/AC0123/Recordings.json?Page=1", "/2010-04-01/Accounts/AC0123/Messages.json",
          "/2010-04-01/Accounts/AC0123/Messages.json?a b", "/2010-04-01/Accounts/AC0123/Messages.json?x#y"}) {
        EXPECT_FALSE(list_twilio_texts(our_line, eight, bad, our_account())) << bad;
    }
}

TEST(TwilioInbound, AnythingElseIsNoList) {
    for (const http::Answer& odd : {answer(500, "{}"), answer(200, ""), answer(200, "[]"), answer(200, "{}"),
                                    answer(200, R"({"messages": 7})")}) {
        EXPECT_EQ(read_twilio_texts(odd, our_line, eight).error(), errc::bad_answer);
    }
}

}  // namespace
}  // namespace rightsline::providers

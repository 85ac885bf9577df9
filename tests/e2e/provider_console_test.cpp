// Somebody photographs the provider's console, or forces the provider to show it: what stands there of a report by text, once
// the copies were erased.
//
// The provider keeps every text that a worker sent and every answer of ours; it says of each answer what became of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "locales/folding.hpp"
#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace json = boost::json;

constexpr const char* worker = "+13055550177";
constexpr const char* line = "+15005550006";
constexpr const char* story = "the canary crew leader keeps my pay";

class ProvidersConsole : public testing::Test {
 protected:
    /// A text of the worker and our answer, both of which the provider keeps. The answer's words.
    std::string text(const std::string& words) {
        told.push_back(fresh_sid("SM"));
        const std::string answer =
            keep(told.back(), worker, line, words, hotline.twilio().public_url + "/hooks/main/sms");
        const Element response = parse_twiml(answer);
        std::string all;
        for (const Element* one : response.all("Message")) {
            const std::string sid = fresh_sid("SM");
            answers.push_back(sid);
            all += one->child("Body").text;
            keep(sid, line, worker, one->child("Body").text, twilio.base() + "/nobody");
            said_of(sid, one->attribute("statusCallback"));
        }
        return all;
    }
    /// Puts a text into the provider's list and posts its webhook; what it was answered.
    std::string keep(const std::string& sid, const std::string& from, const std::string& to,
                     const std::string& words, const std::string& url) const {
        const HttpReply reply =
            http_post(twilio.port(), "/control/text", {{"Content-Type", "application/json"}},
                      json::serialize(json::object{
                          {"url", url}, {"from", from}, {"to", to}, {"body", words}, {"sid", sid}}));
        return std::string(json::parse(reply.body).at("body").as_string());
    }
    void said_of(const std::string& sid, const std::string& callback) const {
        const std::string& ours = hotline.twilio().public_url;
        ASSERT_TRUE(callback.starts_with(ours)) << callback;
        EXPECT_THAT(callback, Not(HasSubstr(worker + 1)));
        callbacks += callback + "\n";
        // The fragment tells the provider how often to try; it is no part of what it asks for.
        const std::string target = callback.substr(ours.size(), callback.find('#') - ours.size());
        EXPECT_EQ(post_signed(hotline.twilio(), target,
                              {{"MessageSid", sid},
                               {"AccountSid", Hotline::sid},
                               {"From", line},
                               {"To", worker},
                               {"MessageStatus", "delivered"},
                               {"ApiVersion", "2010-04-01"}})
                      .status,
                  204);
    }
    std::string shown(const std::vector<std::string>& sids) const {
        std::string all;
        for (const std::string& sid : sids) {
            all += twilio.words_of(sid) + "\n";
        }
        return all;
    }

    std::uint16_t port = free_port();
    Hotline hotline{{.api_base = "http://127.0.0.1:" + std::to_string(port)}};
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
    std::vector<std::string> told;
    std::vector<std::string> answers;
    mutable std::string callbacks;
};

TEST_F(ProvidersConsole, ShowsNoWordOfTheWorkerAndNoCodeOnceTheCopiesAreGone) {
    for (const char* words :
         {"hi", "1", "2", "2", "1", story, "1", "1", "Zanzibar gate", "Malvolio", "0", "1"}) {
        text(words);
    }
    const std::string code = code_in(text("1"));
    ASSERT_EQ(code.size(), 12U);
    EXPECT_THAT(callbacks, Not(HasSubstr(code)));
    EXPECT_TRUE(eventually(
        [&] {
            const std::string of_the_worker = shown(told);
            return of_the_worker.find_first_not_of('\n') == std::string::npos &&
                   code_in(shown(answers)).empty();
        },
        30s))
        << shown(told) << shown(answers);

    const std::string left = shown(answers);
    EXPECT_THAT(left, HasSubstr("Pick a language")) << "nothing at all is left: this look is blind";
    for (const char* secret : {story, "Zanzibar", "Malvolio", worker, worker + 1}) {
        EXPECT_THAT(left, Not(HasSubstr(secret)));
    }
    const std::string folded = " " + locales::fold(left) + " ";
    for (const char* dangerous : {"fair food", "hotline", "complaint", "whistleblower", "union", "ciw"}) {
        EXPECT_THAT(folded, Not(HasSubstr(" " + std::string(dangerous))));
    }
}

}  // namespace
}  // namespace rightsline::tests

// A worker who asked for it is told by a text that a message waits: at a safe hour, once, whatever dies meanwhile.
//
// The clock is moved instead of waited for: 06:00 UTC is night in Florida in summer and winter, 15:00 UTC is day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <utility>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using emulator::Entry;
using testing::HasSubstr;
using testing::Not;

constexpr const char* worker = "+13055550161";
constexpr auto night = 6h;
constexpr auto day = 9h;  // after that

std::chrono::seconds until_night() {
    const auto now = std::chrono::system_clock::now();
    const auto midnight = std::chrono::floor<std::chrono::days>(now);
    const auto passed = std::chrono::floor<std::chrono::seconds>(now - midnight);
    return passed < night ? night - passed : night - passed + std::chrono::days(1);
}

/// A hotline whose Twilio is the emulator, at night.
class Pings : public testing::Test {
 protected:
    explicit Pings(std::vector<std::string> environment = {})
        : hotline({.own_clock = true,
                   .environment = std::move(environment),
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}),
          twilio({Hotline::sid, Hotline::token, hotline.twilio().public_url,
                  "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                 port) {
        hotline.move_clock(moved = until_night());
    }
    /// A report in Spanish whose worker asks for texts; the code.
    std::string report(bool asked_later = false) const {
        const TwilioPhone phone = hotline.phone(worker);
        phone.texts(spanish_to_story);
        EXPECT_THAT(phone.texts({"lo primero", "1", "1", "0", "0", "0", "2", "4"}),
                    HasSubstr(hotline.words("contact_mode.texts.say", "es")));
        EXPECT_THAT(phone.texts({asked_later ? "2" : "1"}),
                    HasSubstr(hotline.words("hotline.safe_to_text.menu", "es").substr(0, 20)));
        return code_in(phone.texts({"1"}));
    }
    std::string alias() const {
        return std::string(hotline.cases().at(0).as_object().at("alias").as_string());
    }
    void pass(std::chrono::seconds time) { hotline.move_clock(moved += time); }
    std::size_t sent() const { return twilio.accepted().size(); }
    bool come_to(std::size_t wanted) const {
        return eventually([&] { return sent() == wanted; }, 20s);
    }
    void expect_no_more_than(std::size_t most) const {
        EXPECT_FALSE(eventually([&] { return sent() > most; }, 3s));
    }
    boost::json::object shown(const std::string& which) const { return hotline.show(which); }
    /// That stands in the list and is not the first report.
    std::string other_alias(const std::string& first) const {
        for (const boost::json::value& one : hotline.cases()) {
            const std::string alias(one.as_object().at("alias").as_string());
            if (alias != first) {
                return alias;
            }
        }
        return "";
    }
    std::string log_of_case() const {
        return run_command(
                   {hotline.program(), "case", "log", alias(), "--socket", hotline.path("state/api.sock")})
            .out;
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio;
    std::chrono::seconds moved{0};
};

TEST_F(Pings, AReplyAtNightIsToldInTheMorningAndReadWithTheCodeFromAnotherPhone) {
    const std::string code = report();
    ASSERT_EQ(code.size(), 12U);
    ASSERT_EQ(hotline.reply(alias(), "We read it: the canary sang.").code, 0);
    expect_no_more_than(0);
    pass(day);
    ASSERT_TRUE(come_to(1));
    const Entry ping = twilio.accepted().front();
    EXPECT_EQ(ping.to, worker);
    EXPECT_FALSE(ping.call);
    EXPECT_EQ(twilio.words_of(ping.sid), hotline.words("common.ping", "es"));

    boost::json::object shown;
    EXPECT_TRUE(eventually([&] {
        shown = hotline.show(alias());
        return shown.at("pings").as_array().at(0).as_object().at("delivery").as_string() == "delivered";
    }));
    EXPECT_THAT(log_of_case(), HasSubstr("a text told its worker that a message waits"));
    EXPECT_GT(shown.at("pinged_hour").as_int64(), 0);
    EXPECT_FALSE(shown.at("contact_stopped").as_bool());

    ASSERT_EQ(hotline.reply(alias(), "And one more thing.").code, 0);
    expect_no_more_than(1);  // not a second one on that day

    const TwilioPhone other = hotline.phone("+50250000161");
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, code), HasSubstr("New messages from our team: 2"));
    EXPECT_THAT(other.texts({"1"}), HasSubstr("the canary sang"));
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("3055550161")));
}

TEST_F(Pings, StopFromThePhoneIsObeyedAndTheCaseSaysSo) {
    report();
    hotline.phone(worker).text("STOP");
    EXPECT_TRUE(hotline.show(alias()).at("contact_stopped").as_bool());
    EXPECT_EQ(hotline.show(alias()).at("contact").as_string(), "none");
    pass(day);
    ASSERT_EQ(hotline.reply(alias(), "We read it.").code, 0);
    expect_no_more_than(0);
    EXPECT_EQ(hotline.show(alias()).at("pings_held").as_string(), "stop");
}

TEST_F(Pings, OnTheThirdDayATextAsksAndSomethingChangedOpensALinkedCase) {
    report(true);
    const std::string first = alias();
    pass(72h);
    expect_no_more_than(0);  // it is night
    pass(day);
    ASSERT_TRUE(come_to(1));
    const Entry asked = twilio.accepted().front();
    EXPECT_EQ(asked.to, worker);
    EXPECT_EQ(twilio.words_of(asked.sid), hotline.words("common.check_in", "es"));

    EXPECT_THAT(hotline.phone(worker).texts({"2"}), HasSubstr(hotline.words("check_in.safe.menu", "es")));
    ASSERT_EQ(hotline.cases().size(), 2U);
    const std::string second = other_alias(first);
    const boost::json::object opened = shown(second);
    EXPECT_EQ(opened.at("urgency").as_string(), "P2");
    EXPECT_EQ(opened.at("family").as_string(), "punished");
    EXPECT_EQ(opened.at("reason").as_string(), "check_in");
    EXPECT_EQ(opened.at("links").as_array().at(0).as_object().at("alias").as_string(), first);
    const boost::json::object before = shown(first);
    EXPECT_EQ(before.at("links").as_array().at(0).as_object().at("alias").as_string(), second);
    EXPECT_EQ(before.at("check_ins").as_array().at(0).as_object().at("answer").as_string(), "changed");

    hotline.phone(worker).texts({"2", "1"});  // safe to go on; the work is lost
    EXPECT_EQ(shown(second).at("urgency").as_string(), "P1");
    pass(24h);
    expect_no_more_than(1);
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("3055550161")));
}

#ifdef RIGHTSLINE_TEST_POINTS
class KilledPings : public Pings {
 protected:
    explicit KilledPings(const char* point) : Pings({std::string("RL_TEST_POINT=") + point + ":1"}) {}
    bool is_gone() const {
        try {
            (void)hotline.readiness();
            return false;
        } catch (const std::exception&) {
            return true;
        }
    }
    /// The server dies at the point, and another one goes on.
    void one_comes_though_it_dies() {
        report();
        pass(day);
        (void)hotline.reply(alias(), "We read it.");  // the server may be gone before it has answered
        ASSERT_TRUE(eventually([&] { return is_gone(); }, 20s));
        hotline.server().kill();
        hotline.server().start();
        EXPECT_TRUE(come_to(1));
        pass(61s);  // what is in doubt is looked into
        expect_no_more_than(1);
    }
};
class KilledWhenPosted : public KilledPings {
 protected:
    KilledWhenPosted() : KilledPings("ping_posted") {}
};
class KilledWhenSent : public KilledPings {
 protected:
    KilledWhenSent() : KilledPings("sent") {}
};

class KilledWhenAsked : public KilledPings {
 protected:
    KilledWhenAsked() : KilledPings("check_in_posted") {}
};

TEST_F(KilledWhenAsked, TheWorkerIsAskedOnce) {
    report(true);
    pass(72h + day);
    ASSERT_TRUE(eventually([&] { return is_gone(); }, 20s));
    hotline.server().kill();
    hotline.server().start();
    EXPECT_TRUE(come_to(1));
    pass(61s);
    expect_no_more_than(1);
    EXPECT_EQ(shown(alias()).at("check_ins").as_array().size(), 1U);
}

TEST_F(KilledWhenPosted, OneTextComes) { one_comes_though_it_dies(); }
TEST_F(KilledWhenSent, OneTextComes) { one_comes_though_it_dies(); }
#endif

}  // namespace
}  // namespace rightsline::tests

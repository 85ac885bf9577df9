// The end of a server, from outside: what is under way is finished, what hangs is ended, and a new one takes over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* worker = "+13055550191";
using Clock = std::chrono::steady_clock;

/// What a test does beside its server. An exception is what the peer of a server sees that ends: it is noted.
class Beside {
 public:
    template <class Work>
    explicit Beside(Work work)
        : thread_([this, work = std::move(work)] {
              try {
                  work();
              } catch (const std::exception& error) {
                  said_ = error.what();
              }
          }) {}
    /// What went wrong; "" = nothing.
    std::string end() {
        thread_.join();
        return said_;
    }

 private:
    std::string said_;
    std::thread thread_;
};

HotlineWishes with(std::vector<std::string> environment) {
    HotlineWishes wishes;
    wishes.environment = std::move(environment);
    return wishes;
}

/// The store stops when the turn wants to commit, and goes on when it is told to.
TEST(Ending, AnswersTheTurnThatIsUnderWay) {
    Hotline hotline(with({"RL_TEST_POINT=before_commit:1:pause"}));
    const int group = hotline.server().pid();
    std::string answer;
    Beside text([&] { answer = message(hotline.phone(worker).text("hello")); });
    rest(300ms);
    Beside store([&] {
        rest(300ms);
        ::kill(-group, SIGCONT);
    });
    EXPECT_EQ(hotline.server().stop(), 0);
    EXPECT_EQ(store.end(), "");
    EXPECT_EQ(text.end(), "");
    EXPECT_THAT(answer, HasSubstr("Pick a language"));
}

/// The provider has the message and says nothing: ten seconds are given to it, and not the guard's twenty.
TEST(Ending, WaitsForAProviderNoLongerThanItsShare) {
    const std::uint16_t port = free_port();
    HotlineWishes wishes;
    wishes.roster = "people:\n  maria: {phone: \"+15005550101\", media: [sms]}\norder: [maria]\n";
    wishes.api_base = "http://127.0.0.1:" + std::to_string(port);
    Hotline hotline(wishes);
    emulator::TwilioEmulator twilio({Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port);
    twilio.behave(R"({"faults": [{"do": "accept", "wait_ms": 60000}]})");
    hotline.phone(worker).text("help me they have my passport");
    ASSERT_TRUE(eventually([&] { return !twilio.accepted().empty(); }));
    const auto begun = Clock::now();
    EXPECT_EQ(hotline.server().stop(), 0);
    EXPECT_GT(Clock::now() - begun, 1s) << "the provider's answer was not waited for";
    EXPECT_LT(Clock::now() - begun, 15s);
}

TEST(Ending, EndsALoopThatIsBlockedAndSaysSo) {
    Hotline hotline(with({"RL_TEST_POINT=before_commit:1:hang", "RL_END_SECONDS=2"}));
    int status = -1;
    Beside text([&] { status = hotline.phone(worker).text("hello").status; });
    rest(500ms);
    const auto begun = Clock::now();
    EXPECT_EQ(hotline.server().stop(), 70);
    EXPECT_LT(Clock::now() - begun, 5s);
    text.end();
    EXPECT_LE(status, 0) << "it was answered, so the loop was not blocked";
    EXPECT_THAT(
        hotline.server().log(),
        HasSubstr("did not end within 2 s of being told to, and is ended now. It waited for the loop"));
}

/// Its store begins while it is told: neither is cut short by an exception, nor does a Redis that is not one yet tell it twice.
TEST(Ending, InTheMidstOfAStartIsAnEndToo) {
    Hotline hotline(with({}));
    EXPECT_EQ(hotline.server().stop(), 0);
    for (const auto after : {60ms, 90ms, 120ms, 150ms, 180ms, 220ms, 300ms, 400ms, 600ms}) {
        hotline.server().end_in_start(after);
    }
    EXPECT_THAT(hotline.server().log(), testing::Not(HasSubstr("terminate called")));
    EXPECT_THAT(hotline.server().log(), testing::Not(HasSubstr("told a second time")));
    hotline.server().start();
    EXPECT_EQ(hotline.server().stop(), 0);
}

TEST(Ending, EndsAtOnceWhenItIsToldTwice) {
    Hotline hotline(with({"RL_TEST_POINT=before_commit:1:pause"}));
    const int server = hotline.server().pid();
    Beside text([&] { hotline.phone(worker).text("hello"); });
    rest(300ms);
    const auto begun = Clock::now();
    ::kill(server, SIGTERM);
    rest(1200ms);
    ::kill(server, SIGTERM);
    rest(300ms);
    text.end();  // the end of the process ended it
    EXPECT_LT(Clock::now() - begun, 3s) << "the turn's budget is four";
    ::kill(-server, SIGCONT);
    EXPECT_EQ(hotline.server().stop(), 70);
    EXPECT_THAT(hotline.server().log(), HasSubstr("told a second time to end"));
}

/// The socket belongs to somebody else, as under systemd: who texts between two servers waits, and is refused by nobody.
TEST(Ending, ANewServerTakesOverUnderLoadWithoutAFailedRequest) {
    HotlineWishes wishes;
    wishes.held_socket = true;
    Hotline hotline(wishes);
    std::atomic<bool> going = true;
    std::atomic<int> answered = 0;
    const auto texts = [&](const std::string& number) {
        while (going) {
            const std::string words = message(hotline.phone(number).text("hello"));
            if (words == hotline.words("common.not_kept", "en") || words.empty()) {
                throw std::runtime_error("answered with: " + words);
            }
            ++answered;
        }
    };
    Beside one([&] { texts("+13055550192"); });
    Beside two([&] { texts("+13055550193"); });
    for (int round = 0; round < 4; ++round) {
        const int before = answered;
        EXPECT_EQ(hotline.server().stop(), 0);
        hotline.server().start();
        EXPECT_TRUE(eventually([&] { return answered > before + 10; }));
    }
    going = false;
    EXPECT_EQ(one.end(), "");
    EXPECT_EQ(two.end(), "");
}

TEST(Ending, ASocketThatNobodyListensOnIsAMistake) {
    HotlineWishes wishes;
    wishes.held_socket = true;
    Hotline hotline(wishes);
    EXPECT_EQ(hotline.server().stop(), 0);
    std::ifstream in(hotline.path("rightsline.yaml"));
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string port = std::to_string(hotline.twilio().port);
    text.replace(text.find(port), port.size(), std::to_string(free_port()));
    std::ofstream(hotline.path("changed.yaml")) << text;
    const Ran refused =
        run_command({hotline.path("held.sh"), "serve", "--config", hotline.path("changed.yaml")});
    EXPECT_EQ(refused.code, 78);
    EXPECT_THAT(refused.err, HasSubstr("none of `listen`"));
}

}  // namespace
}  // namespace rightsline::tests

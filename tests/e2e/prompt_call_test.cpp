// A translator reads a line by phone, somebody else approves it, and a worker hears it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* recording_line = "+15005550008";
constexpr const char* line_name = "hotline.language.menu.0";

std::string slurp_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class PromptCalls : public testing::Test {
 protected:
    PromptCalls()
        : hotline{{.audio = true,
                   .line = "}\n  \"" + std::string(recording_line) +
                           "\": {account: main, program: fair-food, modes: [voice], calls: record"}} {}

    Ran prompts(std::vector<std::string> words) const {
        words.insert(words.begin(), {hotline.program(), "prompts"});
        return run_command(words);
    }
    std::string code() const {
        const Ran made = prompts({"call", "--language", "en", "--by", "Mpho", line_name, "--json", "--socket",
                                  hotline.path("state/api.sock")});
        EXPECT_EQ(made.code, 0) << made.err;
        const auto answer = boost::json::parse(made.out.empty() ? "{}" : made.out).as_object();
        EXPECT_EQ(answer.at("line").as_string(), recording_line);
        return std::string(answer.at("code").as_string());
    }
    TwilioCall translator() const { return {hotline.twilio(), "+26658000171", recording_line}; }
    /// Redirected until it has come home.
    void wait_for_it(TwilioCall& call) const {
        EXPECT_TRUE(eventually([&] {
            if (call.now().all("Gather").empty()) {
                call.redirect();
            }
            return !call.now().all("Gather").empty();
        }));
    }
    std::string take() const {
        return hotline.path("state/prompts/fair-food/takes/en/fair-food/") + line_name + ".wav";
    }

    Hotline hotline;
};

TEST_F(PromptCalls, ALineIsReadHeardAsItPlaysAndKeptAndNoWorkerHearsItYet) {
    const std::string secret = code();
    TwilioCall call = translator();
    call.dial();
    ASSERT_FALSE(call.now().all("Gather").empty());
    call.press("00000000");
    ASSERT_FALSE(call.now().all("Gather").empty()) << "a wrong code hears the same again";
    EXPECT_THAT(call.now().all("Record"), IsEmpty());
    call.press(secret);
    ASSERT_FALSE(call.now().all("Record").empty());
    const std::string sid = "RE00000000000000000000000000000077";
    call.record(sid, hotline.provider().keep(sid, little_wav(77, 1500)), 2);
    wait_for_it(call);
    const std::vector<const Element*> played = call.now().child("Gather").all("Play");
    ASSERT_FALSE(played.empty());
    const std::string url = played.front()->text;
    const HttpReply sound = http_get(hotline.twilio().port, url.substr(hotline.twilio().public_url.size()));
    EXPECT_EQ(sound.status, 200) << "they hear it";
    EXPECT_FALSE(std::filesystem::exists(take())) << "not before they keep it";
    call.press("1");
    EXPECT_FALSE(call.now().all("Hangup").empty()) << "it was the only line";
    ASSERT_TRUE(std::filesystem::exists(take()));
    EXPECT_EQ(slurp_file(take()), sound.body) << "byte for byte what they heard";

    TwilioCall worker = hotline.call("+13055550191");
    worker.dial();
    const std::string hash = url.substr(url.rfind('/') + 1, 64);
    for (const Element* one : worker.now().all("Play")) {
        EXPECT_THAT(one->text, Not(HasSubstr(hash))) << "nobody else has heard it yet";
    }
    EXPECT_EQ(hotline.everything_kept().find(secret), std::string::npos);
    EXPECT_EQ(hotline.everything_kept().find("58000171"), std::string::npos);
}

TEST_F(PromptCalls, AWorkersMenuIsWhatItWasAndTheirLineKnowsNoCode) {
    TwilioCall before = hotline.call("+13055550192");
    before.dial();
    const std::vector<std::string> menu = hotline.heard(before.now());
    const std::string secret = code();
    TwilioCall after = hotline.call("+13055550193");
    after.dial();
    EXPECT_EQ(hotline.heard(after.now()), menu);
    after.press(secret);
    EXPECT_THAT(after.now().all("Record"), IsEmpty());
}

TEST_F(PromptCalls, WhoeverReadItDoesNotApproveItAndWhatAnotherApprovesIsPlayedToAWorker) {
    TwilioCall call = translator();
    const std::string secret = code();
    call.dial();
    call.press(secret);
    const std::string sid = "RE00000000000000000000000000000078";
    call.record(sid, hotline.provider().keep(sid, little_wav(77, 1500)), 2);
    wait_for_it(call);
    call.press("1");
    const auto approve = [&](const std::string& by) {
        return prompts({"approve", "--program", hotline.flows_folder(), "--language", "en", "--takes",
                        hotline.path("state/prompts/fair-food/takes"), "--out",
                        hotline.path("state/prompts/fair-food/audio"), "--by", by, line_name});
    };
    const std::string heard = slurp_file(take());
    EXPECT_NE(approve("MPHO").code, 0);
    const Ran approved = approve("Lerato");
    ASSERT_EQ(approved.code, 0) << approved.out << approved.err;
    hotline.server().hang_up();
    EXPECT_TRUE(eventually([&] {
        TwilioCall worker = hotline.call("+13055550194");
        worker.dial();
        const std::vector<const Element*> plays = worker.now().all("Play");
        const std::string url = plays.empty() ? "" : plays.front()->text;
        return !url.empty() &&
               http_get(hotline.twilio().port, url.substr(hotline.twilio().public_url.size())).body == heard;
    }));
}

}  // namespace
}  // namespace rightsline::tests

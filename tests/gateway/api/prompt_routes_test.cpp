// Recordings through the console: who may record, who may approve, what is refused, and what the audit says of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <numbers>

#include "gateway/api/openapi.hpp"
#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/folder_claim.hpp"
#include "tests/gateway/api/console_house.hpp"
#include "tests/gateway/api/shapes.hpp"

namespace rightsline::api {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HasSubstr;

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xff);
    }
}

/// A second of a tone, 16 bits, one channel.
std::string wav(double loudness = 0.2, std::uint32_t rate = 16000, double pitch = 440) {
    const std::uint32_t samples = rate;
    std::string out = "RIFF";
    put(out, 36 + samples * 2, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, rate, 4);
    put(out, rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out += "data";
    put(out, samples * 2, 4);
    for (std::uint32_t i = 0; i < samples; ++i) {
        const double at = std::sin(2 * std::numbers::pi * pitch * i / rate);
        put(out, static_cast<std::uint16_t>(std::lround(32767 * loudness * at)), 2);
    }
    return out;
}

class Recording : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("olga", {{"fair-food", access::Role::organizer}});
        add_user("adam", {{"fair-food", access::Role::admin}});
        olga = tool_of("olga");
        adam = tool_of("adam");
        name = std::string(lines(olga)[0].at("name").as_string());
    }
    json::array lines(const http::Headers& tool) {
        const http::Response got = ask_console("GET", "/api/v1/prompts/en", tool);
        EXPECT_EQ(got.status, 200) << got.body;
        return json_of(got).at("lines").as_array();
    }
    json::object it() {
        for (const json::value& one : lines(olga)) {
            if (one.at("name").as_string() == name) {
                return one.as_object();
            }
        }
        return {};
    }
    std::string path(const char* act) const { return "/api/v1/prompts/en/" + name + act; }
    http::Response record(const http::Headers& tool, std::string sound, const std::string& query = "") {
        return ask_console("POST", path("/take") + query, tool, std::move(sound));
    }
    std::string heard() { return std::string(it().at("take").at("sound").as_string()); }
    http::Response approve(const http::Headers& tool, const std::string& sound) {
        return ask_console("POST", path("/approve"), tool, json::serialize(json::object{{"sound", sound}}));
    }
    http::Response reject(const http::Headers& tool, const std::string& sound, const char* why) {
        return ask_console("POST", path("/reject"), tool,
                           json::serialize(json::object{{"sound", sound}, {"why", why}}));
    }
    std::string state() { return std::string(it().at("state").as_string()); }
    /// "prompt_recorded olga en common.x.0"
    std::vector<std::string> audited() {
        std::vector<std::string> all;
        for (const audit::Entry& one : entries()) {
            if (one.field("what").starts_with("prompt_")) {
                all.push_back(std::string(one.field("what")) + " " + std::string(one.field("who")) + " " +
                              std::string(one.field("to")));
            }
        }
        return all;
    }

    http::Headers olga;
    http::Headers adam;
    std::string name;
};

TEST_F(Recording, SomebodyRecordsAndSomebodyElseApprovesAndThenCallsPlayIt) {
    EXPECT_EQ(state(), "missing");
    const http::Response kept = record(olga, wav(), "?way=browser");
    ASSERT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(state(), "missing") << "nobody has heard it yet";
    EXPECT_EQ(it().at("take").at("state"), "waiting");
    EXPECT_EQ(it().at("take").at("by"), "olga");
    EXPECT_EQ(it().at("take").at("way"), "browser");
    const http::Response sound = ask_console("GET", path("/take"), adam);
    ASSERT_EQ(sound.status, 200);
    EXPECT_EQ(sound.content_type, "audio/wav");
    EXPECT_EQ(prompts::content_hash(sound.body), heard());
    EXPECT_EQ(renewed, 0);

    const http::Response done = approve(adam, heard());
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(renewed, 1) << "the programs are read again";
    EXPECT_EQ(state(), "recorded");
    EXPECT_EQ(it().at("soon"), true) << "the pack is the one of before";
    const http::Response played = ask_console("GET", path("/sound"), olga);
    ASSERT_EQ(played.status, 200) << played.body;
    EXPECT_EQ(played.body, sound.body) << "the very sound that was heard";
    EXPECT_THAT(audited(),
                testing::ElementsAre("prompt_recorded olga en " + name, "prompt_approved adam en " + name));
}

TEST_F(Recording, NobodyApprovesTheirOwn) {
    ASSERT_EQ(record(olga, wav()).status, 200);
    const http::Response own = approve(olga, heard());
    EXPECT_EQ(own.status, 409);
    EXPECT_THAT(own.body, HasSubstr("somebody else must listen"));
    EXPECT_EQ(state(), "missing");
    EXPECT_EQ(renewed, 0);
    EXPECT_EQ(audited().size(), 1U);
}

TEST_F(Recording, WhatWasRecordedAgainMeanwhileIsNotTheOneThatWasHeard) {
    ASSERT_EQ(record(olga, wav()).status, 200);
    const std::string first = heard();
    ASSERT_EQ(record(olga, wav(0.2, 16000, 660)).status, 200);
    ASSERT_NE(heard(), first);
    EXPECT_EQ(approve(adam, first).status, 409);
    EXPECT_EQ(reject(adam, first, "a door slams").status, 409);
    EXPECT_EQ(approve(adam, "").status, 422) << "who does not say what they heard has heard nothing";
    EXPECT_EQ(state(), "missing");
    EXPECT_EQ(approve(adam, heard()).status, 200);
}

TEST_F(Recording, ARejectedTakeSaysWhyAndIsRecordedAgain) {
    ASSERT_EQ(record(olga, wav()).status, 200);
    EXPECT_EQ(reject(adam, heard(), "").status, 422);
    ASSERT_EQ(reject(adam, heard(), "a door slams at the end").status, 200);
    EXPECT_EQ(it().at("take").at("state"), "rejected");
    EXPECT_EQ(it().at("take").at("why"), "a door slams at the end");
    EXPECT_EQ(ask_console("GET", path("/take"), adam).status, 404) << "its sound is gone";
    EXPECT_EQ(approve(adam, heard()).status, 409);
    EXPECT_EQ(audited().back(), "prompt_rejected adam en " + name);
    ASSERT_EQ(record(olga, wav()).status, 200);
    EXPECT_EQ(it().at("take").at("state"), "waiting");
}

TEST_F(Recording, SilenceNoiseOfBytesAndWhatIsTooLongAreRefusedAndLeaveNothing) {
    EXPECT_EQ(record(olga, wav(0)).status, 422);
    EXPECT_EQ(record(olga, "").status, 422);
    EXPECT_EQ(record(olga, "<html>no sound</html>").status, 422);
    EXPECT_EQ(record(olga, wav(0.2, 4000)).status, 422) << "of too few samples";
    EXPECT_EQ(record(olga, wav().substr(0, 30)).status, 422) << "cut off in its head";
    EXPECT_EQ(record(olga, std::string(prompts::most_sound + 1, 'x')).status, 422);
    EXPECT_FALSE(it().contains("take"));
    EXPECT_TRUE(audited().empty());
    for (const auto& one : fs::recursive_directory_iterator(voices.path() + "/takes")) {
        EXPECT_TRUE(one.is_directory()) << one.path();
    }
}

TEST_F(Recording, WhatIsTooLoudIsKeptAndSaysSo) {
    const http::Response loud = record(olga, wav(1.0));
    ASSERT_EQ(loud.status, 200);
    EXPECT_THAT(loud.body, HasSubstr("too loud"));
    EXPECT_THAT(std::string(it().at("take").at("warnings").as_string()), HasSubstr("clipped"));
}

TEST_F(Recording, WordsThatChangedWhileSomebodyReadThemAreNotRecordedAsTheNewOnes) {
    const std::string words(it().at("words").as_string());
    EXPECT_EQ(record(olga, wav(), "?words=0000000000000000").status, 409);
    EXPECT_FALSE(it().contains("take"));
    EXPECT_EQ(record(olga, wav(), "?words=" + words).status, 200);
}

TEST_F(Recording, ACommandThatWritesTheFolderIsWaitedFor) {
    ASSERT_EQ(record(olga, wav()).status, 200);
    {
        const auto other = prompts::FolderClaim::take(voices.path() + "/audio");
        ASSERT_TRUE(other);
        EXPECT_EQ(approve(adam, heard()).status, 503);
        EXPECT_EQ(state(), "missing");
    }
    EXPECT_EQ(approve(adam, heard()).status, 200);
}

TEST_F(Recording, NamesThatTheScriptDoesNotHaveLeadNowhere) {
    const std::string sound = wav();
    for (const char* other :
         {"/api/v1/prompts/en/..%2F..%2Fescape.0/take", "/api/v1/prompts/en/nothing.0/take",
          "/api/v1/prompts/xx/nothing.0/take", "/api/v1/prompts/..%2Fen/common.0/take"}) {
        EXPECT_EQ(ask_console("POST", other, olga, sound).status, 404) << other;
        EXPECT_EQ(ask_console("GET", other, olga).status, 404) << other;
    }
    EXPECT_EQ(ask_console("GET", "/api/v1/prompts/xx", olga).status, 404);
    EXPECT_FALSE(fs::exists(voices.path() + "/takes"));
}

TEST_F(Recording, ABrowserNeedsTheGuardAgainstForeignPages) {
    http::Headers browser = browser_of("olga");
    ASSERT_EQ(record(browser, wav()).status, 200);
    browser.pop_back();
    EXPECT_EQ(record(browser, wav()).status, 403);
}

TEST_F(Recording, AMonitorAndWhoeverIsOfAnotherProgramFindNothing) {
    add_user("maria", {{"fair-food", access::Role::monitor}});
    add_user("lerato", {{"lesotho-gbvh", access::Role::admin}});
    ASSERT_EQ(record(olga, wav()).status, 200);
    for (const char* other : {"maria", "lerato"}) {
        const http::Headers tool = tool_of(other);
        EXPECT_EQ(approve(tool, heard()).status, 404) << other;
        EXPECT_EQ(ask_console("GET", path("/take") + "?program=fair-food", tool).status, 404) << other;
        EXPECT_EQ(ask_console("GET", "/api/v1/prompts?program=fair-food", tool).status, 404) << other;
    }
    EXPECT_EQ(state(), "missing");
}

TEST_F(Recording, TheAnswersHaveTheShapesThatAreDescribed) {
    const json::object told = openapi();
    const json::object& schemas = told.at("components").as_object().at("schemas").as_object();
    expect_shape(schemas, "TakeKept", json_of(record(olga, wav())), "record");
    expect_shape(schemas, "Take", it().at("take").as_object(), "take");
    expect_shape(schemas, "TakeJudged", json_of(approve(adam, heard())), "approve");
    const json::object matrix = json_of(ask_console("GET", "/api/v1/prompts", adam));
    expect_shape(schemas, "Prompts", matrix, "matrix");
    EXPECT_EQ(matrix.at("languages").at(0).at("recorded"), 1);
}

TEST(LongestBody, OnlyASoundMayBeLong) {
    const auto of = [](const char* method, const char* target) {
        http::Request head;
        head.method = method;
        head.target = target;
        return longest_body(head, 1000);
    };
    EXPECT_EQ(of("POST", "/api/v1/prompts/en/common.leave.0/take?words=1"), prompts::most_sound);
    EXPECT_EQ(of("POST", "/api/v1/prompts/en/common.leave.0/approve"), 1000U);
    EXPECT_EQ(of("GET", "/api/v1/prompts/en/common.leave.0/take"), 1000U);
    EXPECT_EQ(of("POST", "/api/v1/login?/api/v1/prompts/en/x/take"), 1000U);
}

}  // namespace
}  // namespace rightsline::api

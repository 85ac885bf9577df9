#include "gateway/conversations/spooled.hpp"

#include <gtest/gtest.h>

#include "gateway/conversations/error.hpp"

namespace rightsline::conversations {
namespace {

SpooledText text() {
    SpooledText one{"fair-food", "main", {}};
    one.inbound.line = "+15005550006";
    one.inbound.worker = vault::PhoneNumber::parse("+13055550191").value();
    one.inbound.message = "SM1";
    one.inbound.identity = std::string("3:sms\0SM1", 9);
    one.inbound.content = "not \xFF valid UTF-8";
    one.inbound.event = flows::Texted{flows::PrivateText("mwen pè 😀")};
    one.inbound.carrier_answered_stop = true;
    one.inbound.pictures = 2;
    return one;
}

TEST(Spooled, ATextComesBackAsItWas) {
    const Spooled read = parse_spooled(to_bytes(text())).value();
    const SpooledText& back = std::get<SpooledText>(read);
    const SpooledText was = text();
    EXPECT_EQ(back.program, was.program);
    EXPECT_EQ(back.account, was.account);
    EXPECT_EQ(back.inbound.hook, providers::Hook::sms);
    EXPECT_EQ(back.inbound.mode, flows::Mode::sms);
    EXPECT_EQ(back.inbound.line, was.inbound.line);
    EXPECT_EQ(back.inbound.worker->reveal(), "+13055550191");
    EXPECT_EQ(back.inbound.message, "SM1");
    EXPECT_EQ(back.inbound.identity, was.inbound.identity);
    EXPECT_EQ(back.inbound.content, was.inbound.content);
    EXPECT_EQ(std::get<flows::Texted>(back.inbound.event).body.reveal(), "mwen pè 😀");
    EXPECT_TRUE(back.inbound.carrier_answered_stop);
    EXPECT_EQ(back.inbound.pictures, 2U);
}

TEST(Spooled, ASenderWithoutANumberIsOneToo) {
    SpooledText one = text();
    one.inbound.worker.reset();
    one.inbound.call = "sender|24273";
    const Spooled read = parse_spooled(to_bytes(one)).value();
    EXPECT_EQ(std::get<SpooledText>(read).inbound.call, "sender|24273");
    EXPECT_FALSE(std::get<SpooledText>(read).inbound.worker);
}

TEST(Spooled, TheNewsOfARecordingComesBackWithItsBytes) {
    RecordingJob job;
    job.id = "00ff";
    job.program = "fair-food";
    job.account = "main";
    job.remote = {"RE1", "", std::string("\0RIFF\xFF", 6)};
    job.seconds = 7;
    const Spooled read = parse_spooled(spooled_bytes(job)).value();
    EXPECT_EQ(std::get<RecordingJob>(read).remote.id, "RE1");
    EXPECT_EQ(std::get<RecordingJob>(read).remote.bytes, job.remote.bytes);
    EXPECT_EQ(std::get<RecordingJob>(read).seconds, 7);
}

TEST(Spooled, WhatANewerBuildWroteWaitsForOne) {
    EXPECT_EQ(parse_spooled(R"({"v":2,"kind":"text"})").error(), make_error_code(errc::newer));
}

TEST(Spooled, AnythingElseIsDamaged) {
    for (const char* bytes : {"", "[]", "{}", R"({"v":1,"kind":"text"})",
                              R"({"v":1,"kind":"recording","job":"{}"})", R"({"v":1,"kind":"a picture"})"}) {
        EXPECT_EQ(parse_spooled(bytes).error(), make_error_code(errc::damaged)) << bytes;
    }
}

}  // namespace
}  // namespace rightsline::conversations

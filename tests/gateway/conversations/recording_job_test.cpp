#include "gateway/conversations/recording_job.hpp"

#include <gtest/gtest.h>

namespace rightsline::conversations {
namespace {

TEST(RecordingJob, ComesBackAsItWasWithItsBytes) {
    RecordingJob job;
    job.id = "0123456789abcdef0123456789abcdef";
    job.program = "fair-food";
    job.account = "main";
    job.conversation = "aa";
    job.case_id = "bb";
    job.remote = {"RE1", "https://api.example.org/RE1", std::string("\0\xff wave", 7)};
    job.held = true;
    job.attempts = 3;
    const Result<RecordingJob> back = parse_job(to_bytes(job));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, job.id);
    EXPECT_EQ(back->program, job.program);
    EXPECT_EQ(back->account, job.account);
    EXPECT_EQ(back->conversation, job.conversation);
    EXPECT_EQ(back->case_id, job.case_id);
    EXPECT_EQ(back->remote.id, job.remote.id);
    EXPECT_EQ(back->remote.url, job.remote.url);
    EXPECT_EQ(back->remote.bytes, job.remote.bytes);
    EXPECT_TRUE(back->held);
    EXPECT_EQ(back->attempts, 3);
}

TEST(RecordingJob, WhatIsNoJobIsRefused) {
    EXPECT_FALSE(parse_job(""));
    EXPECT_FALSE(parse_job("[]"));
    EXPECT_FALSE(parse_job("{\"id\":"));
}

}  // namespace
}  // namespace rightsline::conversations

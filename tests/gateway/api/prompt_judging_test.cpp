// Two people at one recording, and what stands between the steps of a judgement: what the audit says is what calls play.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/error.hpp"
#include "gateway/prompts/prompt_jobs.hpp"
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace fs = std::filesystem;
using prompts::errc;
using prompts::Take;
using testing::ElementsAre;
using testing::IsEmpty;

/// Half a second between two loudnesses: 8 kHz, 16 bits.
std::string square(char loud) {
    constexpr std::string_view head(
        "RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0"
        "data\x40\x1f\0\0",
        44);
    std::string all(head);
    for (int i = 0; i < 4000; ++i) {
        all += {'\0', i / 10 % 2 == 0 ? loud : static_cast<char>(-loud)};
    }
    return all;
}

class Judging : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        which = {"fair-food", "en", lines().at(0).line.name()};
        ASSERT_TRUE(record('\x20'));
        which.sound = it().take->hash;
        ASSERT_THAT(audited(), ElementsAre("prompt_recorded"));
    }
    std::vector<prompts::ScriptedLine> lines() {
        return tests::run(io, voice->lines("fair-food", "en", far())).value();
    }
    prompts::ScriptedLine it() {
        for (prompts::ScriptedLine& one : lines()) {
            if (one.line.name() == which.name) {
                return one;
            }
        }
        return {};
    }
    Result<prompts::WavReport> record(char loud) {
        prompts::LineName line{which.program, which.language, which.name};
        return tests::run(io, voice->keep(std::move(line), square(loud), "olga", "browser", far()));
    }
    Awaitable<Result<Take>> approve(Deadline deadline = far()) {
        return voice->approve(which, "adam", "console", deadline);
    }
    Awaitable<Result<Take>> reject() { return voice->reject(which, "maria", "a door", "console", far()); }
    /// All begin at the same moment; how many were told yes. The others were told that somebody is at it.
    int told_yes(std::vector<Awaitable<Result<Take>>> all) {
        std::vector<Result<Take>> told;
        const std::size_t count = all.size();
        for (Awaitable<Result<Take>>& one : all) {
            boost::asio::co_spawn(io, std::move(one), [&](std::exception_ptr, Result<Take> answer) {
                told.push_back(std::move(answer));
            });
        }
        tests::run_until(io, [&] { return told.size() == count; });
        int yes = 0;
        for (const Result<Take>& one : told) {
            yes += one ? 1 : 0;
            EXPECT_TRUE(one || one.error() == make_error_code(errc::under_way)) << one.error().message();
        }
        return yes;
    }
    std::vector<std::string> audited() {
        std::vector<std::string> all;
        for (const audit::Entry& one : entries()) {
            if (one.field("what").starts_with("prompt_")) {
                all.emplace_back(one.field("what"));
            }
        }
        return all;
    }
    /// The hash of what the next reading of the recordings has calls play.
    std::string shelved() {
        const prompts::ScriptLine line = it().line;
        prompts::AudioShelf shelf(voices.path() + "/audio");
        const locales::AudioEntry* approved = shelf.approved(line);
        return approved == nullptr ? "" : approved->hash;
    }

    prompts::LineName which;
};

TEST_F(Judging, OfThreeWhoApproveAtOnceOneIsToldYesAndTheAuditHasOneEntry) {
    std::vector<Awaitable<Result<Take>>> all;
    for (int i = 0; i < 3; ++i) {
        all.push_back(approve());
    }
    EXPECT_EQ(told_yes(std::move(all)), 1);
    EXPECT_THAT(audited(), ElementsAre("prompt_recorded", "prompt_approved"));
    EXPECT_EQ(shelved(), which.sound);
}

TEST_F(Judging, WhoRejectsWhileAnotherApprovesIsRefusedBeforeAnythingIsWritten) {
    std::vector<Awaitable<Result<Take>>> both;
    both.push_back(approve());
    both.push_back(reject());
    EXPECT_EQ(told_yes(std::move(both)), 1);
    EXPECT_THAT(audited(), ElementsAre("prompt_recorded", "prompt_approved"));
    const Result<Take> late = tests::run(io, reject());
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error(), make_error_code(errc::already_judged));
    EXPECT_EQ(audited().size(), 2U);
}

TEST_F(Judging, WhatIsRefusedLeavesTheLineToTheNext) {
    const prompts::LineName heard = which;
    which.sound = "another";
    EXPECT_FALSE(tests::run(io, approve()));
    EXPECT_FALSE(tests::run(io, reject()));
    which = heard;
    EXPECT_TRUE(tests::run(io, reject()));
    EXPECT_TRUE(record('\x30')) << "recorded again";
    EXPECT_EQ(shelved(), "");
}

TEST_F(Judging, WhileTheStoreIsSilentTheAnswerComesInTimeAndNothingIsPlayed) {
    redis::shared_server().freeze();
    const auto began = std::chrono::steady_clock::now();
    const Result<Take> silent = tests::run(io, approve(redis::in(std::chrono::milliseconds(300))));
    redis::shared_server().thaw();
    EXPECT_FALSE(silent);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));
    EXPECT_EQ(shelved(), "") << "no call plays what the audit may not say";
    EXPECT_EQ(renewed, 0);
    EXPECT_TRUE(tests::run(io, approve())) << "done again, it is done";
    EXPECT_EQ(shelved(), which.sound);
}

TEST_F(Judging, AnApprovalThatWasCutShortBehindTheShelfIsFinishedAndNotRejected) {
    const prompts::ScriptedLine before = it();
    const prompts::TakeFolder takes(voices.path() + "/takes");
    prompts::AudioShelf shelf(voices.path() + "/audio");
    ASSERT_TRUE(
        shelf.put_as_heard(before.line, *takes.sound(before.line, *before.take), before.take->length));
    ASSERT_TRUE(shelf.save());  // the power went before the note was written
    const Result<Take> rejected = tests::run(io, reject());
    ASSERT_FALSE(rejected) << "calls play it";
    EXPECT_EQ(rejected.error(), make_error_code(errc::already_judged));
    EXPECT_THAT(audited(), ElementsAre("prompt_recorded"));
    EXPECT_TRUE(tests::run(io, approve()));
    EXPECT_EQ(it().take->state, Take::State::approved);
}

TEST_F(Judging, AnIndexThatCannotBeReadIsSaidBeforeTheAuditHasAnEntry) {
    const std::string folder = voices.path() + "/audio/en/audio/" + it().line.group;
    fs::create_directories(folder);
    std::ofstream(folder + "/index.yaml") << "clips: [";
    for (const Result<Take>& told : {tests::run(io, approve()), tests::run(io, reject())}) {
        ASSERT_FALSE(told);
        EXPECT_EQ(told.error(), make_error_code(errc::unreadable_index));
    }
    EXPECT_THAT(audited(), ElementsAre("prompt_recorded"));
}

TEST_F(Judging, AnUploadThatFailsTakesAwayWhatOneBeforeItLeft) {
    const std::string base = voices.path() + "/takes/en/" + it().line.group + "/" + which.name;
    for (const char* left : {".came", ".came.part", ".new", ".new.part"}) {
        std::ofstream(base + left) << "left by a server that was killed";
    }
    prompts::LineName line{which.program, which.language, which.name};
    EXPECT_FALSE(tests::run(io, voice->keep(std::move(line), "no sound", "olga", "file", far())));
    for (const char* left : {".came", ".came.part", ".new", ".new.part"}) {
        EXPECT_FALSE(fs::exists(base + left)) << left;
    }
    EXPECT_EQ(it().take->hash, which.sound) << "the older one still waits";
}

}  // namespace
}  // namespace rightsline::api

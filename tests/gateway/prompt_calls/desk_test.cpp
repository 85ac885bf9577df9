// Somebody records lines by phone: the code, what they hear, what is kept, and what the provider keeps; on a real store.
#include "gateway/prompt_calls/desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompts/take_folder.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* our_line = "+15005550006";
constexpr const char* reader = "+26658000171";

/// A second and a half of a tone, as a phone company records it: 8 kHz, one channel, 16 bits.
std::string tone(int pitch = 440) {
    constexpr std::uint32_t samples = 12'000;
    const auto number = [](std::uint32_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i, value >>= 8U) {
            out.push_back(static_cast<char>(value & 0xFFU));
        }
        return out;
    };
    std::string wave = "RIFF" + number(36 + samples * 2, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
                       number(1, 2) + number(8000, 4) + number(16'000, 4) + number(2, 2) + number(16, 2) +
                       "data" + number(samples * 2, 4);
    for (std::uint32_t i = 0; i < samples; ++i) {
        const double value = 8000 * std::sin(2 * M_PI * pitch * i / 8000.0);
        wave += number(static_cast<std::uint32_t>(static_cast<std::int32_t>(value)), 2);
    }
    return wave;
}

class PromptCalls : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        way_out.limits.prefixes = {"+266"};
        ways = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                std::map<std::string, outbox::LineOut>{{our_line, way_out}});
        const std::string audio = files.path() + "/audio";
        std::map<std::string, prompts::PromptFolders> folders;
        folders["fair-food"] = {files.path() + "/takes",
                                {{files.path(), files.path() + "/locales", {audio}}, audio}};
        prompts = std::make_unique<prompts::PromptDesk>(
            prompts::PromptServices{*packs, *client, worker, clock, [] {}}, folders);
        open_desk({our_line, our_line});
    }
    void open_desk(const Lines& lines) {
        reading = std::make_unique<Desk>(DeskServices{
            *client,
            *vault,
            clock,
            metrics,
            *packs,
            *ways,
            *prompts,
            *desk,
            outside,
            worker,
            files.path() + "/read",
            {{"fair-food", lines}},
            [this](const std::string& name) {
                return name == "main"
                           ? std::pair{static_cast<const providers::Provider*>(provider.get()),
                                       static_cast<const providers::Credentials*>(&account)}
                           : std::pair<const providers::Provider*, const providers::Credentials*>{};
            },
            [this] { ++woken; },
            [this](Awaitable<void> task) {
                ++under_way;
                boost::asio::co_spawn(io, std::move(task), [this](const std::exception_ptr& bug) {
                    --under_way;
                    if (bug) {
                        std::rethrow_exception(bug);
                    }
                });
            }});
    }
    Invitation wish() const {
        Invitation one;
        one.program = "fair-food";
        one.language = "es";
        one.by = "Mpho";
        one.asker = "uid:1000";
        one.deadline = far();
        return one;
    }
    Result<Invited> invite(Invitation one) { return tests::run(io, reading->invite(std::move(one))); }
    std::string code(Invitation one) {
        const Result<Invited> made = invite(std::move(one));
        EXPECT_TRUE(made) << made.error().message();
        return made ? made->code.reveal() : "";
    }
    std::string code() { return code(wish()); }

    /// A call to the line.
    Said& dials(std::string name = "CA1") {
        call = std::move(name);
        said = tests::run(io, reading->open_door("fair-food")).value();
        return said;
    }
    Said& asks(flows::Event event, std::optional<providers::RemoteRecording> recording = {},
               bool machine = false) {
        Heard heard{std::move(event), std::move(recording), "main", call, machine, said.nth};
        std::optional<Said> next = tests::run(io, reading->answer_page(said.page, std::move(heard)));
        EXPECT_TRUE(next);
        said = next ? std::move(*next) : Said();
        return said;
    }
    Said& keys(const std::string& digits) { return asks(flows::Keyed{flows::PrivateText(digits)}); }
    Said& reads(const std::string& id, const std::string& sound) {
        outside.replies.push_back({200, sound});
        asks(flows::Recorded{id, flows::Seconds(2)},
             providers::RemoteRecording{id, "https://provider.example/" + id});
        settle();
        return said;
    }
    Said& enters(const std::string& digits, const std::string& name = "CA1") {
        dials(name);
        return keys(digits);
    }
    void settle() {
        tests::run_until(io, [this] { return under_way == 0; });
    }
    template <class Action>
    const Action* has() const {
        for (const flows::Action& one : said.actions) {
            if (const auto* found = std::get_if<Action>(&one)) {
                return found;
            }
        }
        return nullptr;
    }
    bool hangs_up() const {
        return said.actions.size() == 1 && std::holds_alternative<flows::Hangup>(said.actions.front());
    }
    /// The hash of what they are played of their own reading; "" = nothing.
    std::string played() const {
        const auto* gather = has<flows::Gather>();
        for (const flows::Utterance& one :
             gather == nullptr ? std::vector<flows::Utterance>() : gather->prompts) {
            if (one.key == "prompt_calls.sound") {
                return one.clips.front().audio_hash;
            }
        }
        return "";
    }
    std::vector<prompts::ScriptedLine> takes() {
        std::vector<prompts::ScriptedLine> all =
            tests::run(io, prompts->lines("fair-food", "es", far())).value();
        std::erase_if(all, [](const prompts::ScriptedLine& one) { return !one.take.has_value(); });
        return all;
    }
    std::vector<std::string> waiting() {
        std::vector<std::string> all;
        const redis::Reply ids = WithServer::ask({"ZRANGE", way_out.queue.lanes[1], "0", "-1"});
        for (const redis::Reply& id : *ids.array()) {
            all.push_back(*id.string());
        }
        return all;
    }
    std::string text_of_store() { return redis::shared_server().append_only_bytes(); }

    tests::TemporaryDirectory files;
    ops::Workers worker{io.get_executor(), {1, 16}};
    std::unique_ptr<outbox::Outbox> ways;
    std::unique_ptr<prompts::PromptDesk> prompts;
    std::unique_ptr<Desk> reading;
    Said said;
    std::string call = "CA1";
    int woken = 0;
    int under_way = 0;
};

TEST_F(PromptCalls, WhatIsReadIsHeardAsALinePlaysItAndKeptForASecondListener) {
    enters(code());
    ASSERT_NE(has<flows::Record>(), nullptr);
    reads("RE1", tone());
    EXPECT_NE(has<flows::Redirect>(), nullptr) << "one moment, while it comes home";
    EXPECT_THAT(takes(), IsEmpty()) << "not before they keep it";
    asks(flows::Continued{});
    const std::string hash = played();
    ASSERT_THAT(hash, SizeIs(64));
    EXPECT_TRUE(std::filesystem::exists(files.path() + "/read/" + hash + ".wav"));
    keys("1");
    ASSERT_NE(has<flows::Record>(), nullptr) << "the next line";
    const auto kept = takes();
    ASSERT_THAT(kept, SizeIs(1));
    EXPECT_EQ(kept.front().take->state, prompts::Take::State::waiting);
    EXPECT_EQ(kept.front().take->by, "Mpho");
    EXPECT_EQ(kept.front().take->hash, hash) << "byte for byte what they heard";
    EXPECT_NE(kept.front().line.state, prompts::ScriptLine::State::recorded) << "no call plays it";
    EXPECT_FALSE(std::filesystem::exists(files.path() + "/read/" + hash + ".wav"));
}

TEST_F(PromptCalls, TheProvidersCopyIsErasedWhateverBecameOfTheLine) {
    enters(code());
    reads("RE1", tone());
    EXPECT_THAT(outside.asked, SizeIs(1));
    clock.advance(59s);
    work();
    EXPECT_THAT(outside.asked, SizeIs(1)) << "it may still be read";
    clock.advance(2s);
    outside.replies.push_back({204, ""});
    work();
    ASSERT_THAT(outside.asked, SizeIs(2));
    EXPECT_THAT(outside.asked.back(), HasSubstr("DELETE"));
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 0U);
}

TEST_F(PromptCalls, ARecordingOfACallThatHasDroppedIsErasedAndNotKept) {
    enters(code());
    const Said page = said;
    ASSERT_TRUE(tests::run(io, reading->hear("fair-food", message_id(std::string(32, 'x')), "CA1",
                                             "completed")));  // of no session of ours
    enters(code(), "CA2");
    said = page;
    call = "CA9";  // a call that holds no session
    asks(flows::Recorded{"RE7", flows::Seconds(2)},
         providers::RemoteRecording{"RE7", "https://provider.example/RE7"});
    EXPECT_TRUE(hangs_up());
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 1U);
    EXPECT_THAT(takes(), IsEmpty());
}

TEST_F(PromptCalls, AWrongCodeHearsTheSameQuestionAndTheThirdTheEnd) {
    code();
    dials();
    const auto first = has<flows::Gather>()->prompts.size();
    for (const char* wrong : {"00000000", "12"}) {
        keys(wrong);
        ASSERT_NE(has<flows::Gather>(), nullptr);
        EXPECT_EQ(has<flows::Gather>()->prompts.size(), first);
    }
    keys("99999999");
    EXPECT_TRUE(hangs_up());
}

TEST_F(PromptCalls, SilenceAndMachinesAreLeftWithoutAWord) {
    code();
    dials();
    keys("");
    EXPECT_TRUE(hangs_up());
    dials("CA2");
    asks(flows::Called{}, {}, true);
    EXPECT_TRUE(hangs_up());
}

TEST_F(PromptCalls, AfterThreeHundredWrongCodesInAnHourNoneIsRightAndInTheNextItIsAgain) {
    const std::string right = code();
    for (int i = 0; i < 300; ++i) {
        dials("CB" + std::to_string(i));
        keys("0000000" + std::to_string(i % 10));
    }
    enters(right);
    EXPECT_EQ(has<flows::Record>(), nullptr);
    clock.advance(1h);
    enters(right, "CC1");
    EXPECT_NE(has<flows::Record>(), nullptr);
}

TEST_F(PromptCalls, TheSameCodeGoesOnWhereTheLineDroppedUntilItsTimeIsOver) {
    const std::string one = code();
    enters(one);
    reads("RE1", tone());
    asks(flows::Continued{});
    keys("1");
    enters(one, "CA2");  // nobody told us that the first is over
    ASSERT_NE(has<flows::Record>(), nullptr);
    reads("RE2", tone(600));
    asks(flows::Continued{});
    keys("1");
    EXPECT_THAT(takes(), SizeIs(2));
    clock.advance(code_lives);
    enters(one, "CA3");
    EXPECT_EQ(has<flows::Record>(), nullptr);
}

TEST_F(PromptCalls, ZeroEndsItAndTheCodeOpensNothingMore) {
    const std::string one = code();
    enters(one);
    asks(flows::Recorded{});
    keys("0");
    EXPECT_NE(has<flows::Hangup>(), nullptr);
    enters(one, "CA2");
    EXPECT_EQ(has<flows::Record>(), nullptr);
    clock.advance(10min);
    tests::run(io, reading->work("fair-food"));
    EXPECT_EQ(count_of("{fair-food}:tc:*"), 0U);
    EXPECT_EQ(count_of("{fair-food}:tk:*"), 0U);
}

TEST_F(PromptCalls, WhatIsNoSoundIsSaidAndTheyReadAgain) {
    enters(code());
    reads("RE1", conversations::sound("no sound at all"));
    asks(flows::Continued{});
    ASSERT_NE(has<flows::Gather>(), nullptr);
    EXPECT_EQ(played(), "");
    keys("2");
    EXPECT_NE(has<flows::Record>(), nullptr);
    EXPECT_THAT(takes(), IsEmpty());
}

TEST_F(PromptCalls, APageThatIsBroughtTwiceKeepsOneLine) {
    enters(code());
    reads("RE1", tone());
    asks(flows::Continued{});
    const Said page = said;
    keys("1");
    said = page;
    keys("1");
    EXPECT_NE(has<flows::Record>(), nullptr);
    EXPECT_THAT(takes(), SizeIs(1));
}

TEST_F(PromptCalls, WhoeverIsToBeRungIsInOneSealedMessageAndKeysTheCodeToo) {
    Invitation one = wish();
    one.ring = *vault::PhoneNumber::parse(reader);
    const std::string right = code(one);
    const std::string another = code();
    ASSERT_THAT(waiting(), SizeIs(1));
    EXPECT_EQ(woken, 1);
    std::vector<vault::SealRequest> sealed;
    sealed.push_back({vault::Purpose::reply, way_out.queue.jobs + waiting().front(),
                      WithServer::text({"HGET", way_out.queue.jobs, waiting().front()})});
    const outbox::Message message =
        outbox::parse_message(tests::run(io, vault->open(std::move(sealed))).value().front()).value();
    EXPECT_EQ(message.to.reveal(), reader);
    EXPECT_EQ(message.lane, outbox::Lane::reply) << "what a day may cost holds for it";
    EXPECT_TRUE(std::get<outbox::Call>(message.what).hears_machines);
    const std::string& path = std::get<outbox::Call>(message.what).page;
    ASSERT_TRUE(path.starts_with("/prompts?"));
    said = {};
    said.page = alerts::parse_page(path.substr(path.find('?') + 1)).value();
    asks(flows::Called{});
    ASSERT_NE(has<flows::Gather>(), nullptr);
    keys(another);
    EXPECT_EQ(has<flows::Record>(), nullptr) << "a code of another session";
    keys(right);
    EXPECT_NE(has<flows::Record>(), nullptr);
    EXPECT_THAT(text_of_store(), Not(HasSubstr("58000171")));
    EXPECT_THAT(text_of_store(), Not(HasSubstr(right)));
}

TEST_F(PromptCalls, CountriesThatNothingGoesToAreNotCalled) {
    Invitation one = wish();
    one.ring = *vault::PhoneNumber::parse("+13055550171");
    EXPECT_FALSE(invite(one));
    EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(PromptCalls, NobodyIsRungMoreThanTwentyTimesADay) {
    Invitation one = wish();
    one.ring = *vault::PhoneNumber::parse(reader);
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(invite(one));
    }
    EXPECT_EQ(invite(one).error(), make_error_code(errc::enough_today));
    EXPECT_TRUE(invite(wish())) << "a code alone costs nothing";
}

TEST_F(PromptCalls, WhatCannotBeAskedForIsRefusedWithItsReason) {
    Invitation one = wish();
    one.language = "xx";
    EXPECT_EQ(invite(one).error(), make_error_code(errc::no_language));
    one = wish();
    one.by = " ";
    EXPECT_EQ(invite(one).error(), make_error_code(errc::no_name));
    one = wish();
    one.names = {"no.such.line"};
    EXPECT_EQ(invite(one).error(), make_error_code(errc::no_such_prompt));
    open_desk({"", our_line});
    EXPECT_EQ(invite(wish()).error(), make_error_code(errc::no_line));
}

TEST_F(PromptCalls, TheAuditSaysWhoAskedAndHowManyWereKept) {
    enters(code());
    reads("RE1", tone());
    asks(flows::Continued{});
    keys("1");
    asks(flows::Recorded{});
    keys("0");
    const redis::Reply all = WithServer::ask({"XRANGE", stores::Keyspace("fair-food").audit(), "-", "+"});
    const auto entries = audit::read_entries(all);
    ASSERT_TRUE(entries);
    std::string words;
    for (const audit::Entry& one : *entries) {
        words += std::string(one.field("what")) + " " + std::string(one.field("who")) + " " +
                 std::string(one.field("why")) + "\n";
    }
    EXPECT_THAT(words, HasSubstr("prompt_invited uid:1000"));
    EXPECT_THAT(words, HasSubstr("prompt_uninvited Mpho 1"));
}

}  // namespace
}  // namespace rightsline::prompt_calls

// Every screen of every shipped program as a caller meets it, in every language: a key may come ahead, * says it again, # goes
// back, 0 leads to a person; and whoever says nothing, or only makes noise, comes to an end in a few turns.
//
// A screen is a menu or a question that waits in a call. Each is tried from its own place, whatever leads there, so that none is
// left out: what a caller did before it is the main menu.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "flows/limits.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using namespace std::chrono_literals;

constexpr int quiet_turns = 30;  // the questions after a story, each with its tone, are the most
constexpr auto a_turn = 10s;     // words, and the wait for a key

std::vector<std::string> programs() {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(RIGHTSLINE_SOURCE_DIR) + "/flows")) {
        if (std::filesystem::exists(entry.path() / "program.yaml")) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

/// The program with each language offered, as it will be once there are voices for all.
PackPtr pack_of(const std::string& program) {
    const Compiled compiled = compile(flows::tests::shipped(program));
    if (compiled.pack == nullptr) {
        ADD_FAILURE() << flows::tests::lines(compiled.complaints);
        return nullptr;
    }
    Pack all = *compiled.pack;
    for (Block& block : all.blocks) {
        if (auto* menu = std::get_if<MenuBlock>(&block.kind)) {
            for (Choice& choice : menu->choices) {
                choice.mute = false;
            }
        }
    }
    return std::make_shared<const Pack>(std::move(all));
}

const Prompt* prompt_of(const Block& block) {
    if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
        return &menu->prompt;
    }
    const auto* ask = std::get_if<AskBlock>(&block.kind);
    return ask == nullptr ? nullptr : &ask->prompt;
}

bool records(const Block& block) {
    const auto* ask = std::get_if<AskBlock>(&block.kind);
    return ask != nullptr && (ask->kind == AskKind::text || ask->kind == AskKind::story);
}

/// One screen, in one language, and a caller who hears it.
struct Screen {
    const Pack& pack;
    BlockIndex index;
    Phone phone;

    const Block& block() const { return pack.blocks[index]; }
    const Flow& flow() const { return pack.flows[block().flow]; }
    std::string name() const {
        return pack.block_key(index) + " in " + pack.languages[phone.conversation.language].str();
    }
    /// The key of the words of the question itself.
    std::string question() const {
        const Prompt& prompt = *prompt_of(block());
        return pack.text_keys[prompt.voice != no_text ? prompt.voice : prompt.any];
    }
    /// 0 skipped the questions before this one: here it is no wish for a person.
    bool has_no_zero() const {
        const auto* menu = std::get_if<MenuBlock>(&block().kind);
        return menu != nullptr && menu->not_keys.find('0') != std::string::npos;
    }
    /// Whoever skips this question goes on without an answer: 0 and # do that here.
    bool can_be_skipped() const { return has_no_zero() && block().exits.no_input != block().exits.no_match; }
};

Phone caller(const PackPtr& pack) {
    Phone phone(pack, Mode::voice);
    phone.begun = true;
    phone.conversation.pack = pack->hash;
    phone.conversation.mode = Mode::voice;
    phone.conversation.touched = phone.conversation.begun = phone.context.now;
    return phone;
}

/// Where a flow that is called comes back to.
std::vector<BlockIndex> caller_of(const Pack& pack, std::uint8_t flow) {
    for (std::size_t i = 0; i < pack.blocks.size() && flow != 0; ++i) {
        const auto* call = std::get_if<CallBlock>(&pack.blocks[i].kind);
        if (call != nullptr && pack.blocks[call->start].flow == flow) {
            return {static_cast<BlockIndex>(i)};
        }
    }
    return {};
}

void at_each_screen(const PackPtr& pack, const std::function<void(const Screen&)>& look) {
    ASSERT_NE(pack, nullptr);
    const BlockIndex main = pack->find_block("hotline", "main");
    ASSERT_NE(main, no_block);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < pack->blocks.size(); ++i) {
        const Block& block = pack->blocks[i];
        if (prompt_of(block) == nullptr || (block.modes & (1U << static_cast<unsigned>(Mode::voice))) == 0) {
            continue;
        }
        ++seen;
        for (std::size_t language = 0; language < pack->languages.size(); ++language) {
            Screen screen{*pack, static_cast<BlockIndex>(i), caller(pack)};
            screen.phone.conversation.language = static_cast<LanguageIndex>(language);
            screen.phone.conversation.language_chosen = true;
            screen.phone.conversation.block = screen.index;
            if (screen.index != main) {
                screen.phone.conversation.history = {main};
                screen.phone.conversation.stack = caller_of(*pack, block.flow);
            }
            screen.phone.come_back();  // the question, as whoever lost the place hears it
            look(screen);
        }
    }
    EXPECT_GT(seen, 30U) << "these programs have more screens than that";
}

class VoiceWalk : public ::testing::TestWithParam<std::string> {
 protected:
    PackPtr pack = pack_of(GetParam());
};

TEST_P(VoiceWalk, AKeyMayComeAheadOfTheWordsOfEveryMenuAndKeypadQuestion) {
    at_each_screen(pack, [](const Screen& at) {
        ASSERT_EQ(at.phone.last.actions.size(), 1U) << at.name() << ": words before it would swallow the key";
        if (records(at.block())) {
            EXPECT_NE(at.phone.find<Record>(), nullptr) << at.name();
            return;
        }
        const auto* gather = at.phone.find<Gather>();
        ASSERT_NE(gather, nullptr) << at.name();
        EXPECT_FALSE(gather->prompts.empty()) << at.name();
        EXPECT_TRUE(at.phone.heard(at.question())) << at.name();
    });
}

TEST_P(VoiceWalk, AStarSaysEveryPromptAgain) {
    at_each_screen(pack, [](const Screen& at) {
        Phone again = at.phone;
        again.press("*");
        EXPECT_EQ(again.keys(), at.phone.keys()) << at.name();
        EXPECT_EQ(again.conversation.block, at.index) << at.name();
        EXPECT_EQ(again.conversation.attempt, at.phone.conversation.attempt)
            << at.name() << ": it is no wrong answer";
        EXPECT_FALSE(again.last.ended) << at.name();
        EXPECT_TRUE(again.requests.empty()) << at.name();
    });
}

TEST_P(VoiceWalk, APoundGoesBackAndEndsWhatIsSpoken) {
    at_each_screen(pack, [](const Screen& at) {
        Phone back = at.phone;
        back.press("#");
        EXPECT_TRUE(!back.last.ended || at.can_be_skipped())
            << at.name() << ": only behind the last question";
        EXPECT_TRUE(back.filings.empty()) << at.name();
        EXPECT_FALSE(back.last.discard_draft) << at.name();
        if (records(at.block())) {
            // the pound ends the recording: nothing was said, and it is skipped or asked again
            const auto& ask = std::get<AskBlock>(at.block().kind);
            EXPECT_TRUE(ask.skip || back.heard("common.nothing_recorded")) << at.name();
        } else if (at.can_be_skipped()) {
            EXPECT_NE(back.conversation.block, at.index) << at.name();
        } else {
            EXPECT_TRUE(back.heard("hotline.main.menu")) << at.name();
        }
    });
}

bool wants(const Phone& phone, std::string_view action) {
    return std::ranges::any_of(phone.requests, [&](const DoRequest& one) { return one.action == action; });
}

TEST_P(VoiceWalk, ZeroIsAPersonFromEveryScreenThatNobodySkips) {
    at_each_screen(pack, [](const Screen& at) {
        ASSERT_TRUE(at.flow().hotkeys.contains('0')) << at.name();
        Phone person = at.phone;
        person.press("0");
        if (wants(person, "handoff.check") && !wants(person, "handoff")) {
            person.press("2");  // by whom they would rather be answered: by anyone
        }
        const bool asked = wants(person, "handoff");
        const auto* ask = std::get_if<AskBlock>(&at.block().kind);
        if (ask != nullptr && !records(at.block())) {
            EXPECT_FALSE(asked) << at.name() << ": a digit there is one of the answer";
        } else if (at.has_no_zero()) {
            EXPECT_FALSE(asked) << at.name();
            EXPECT_TRUE(!person.last.ended || at.can_be_skipped())
                << at.name() << ": only behind the last question";
            EXPECT_TRUE(person.conversation.block != at.index || !at.can_be_skipped()) << at.name();
        } else {
            EXPECT_TRUE(asked) << at.name();
            EXPECT_FALSE(person.last.ended) << at.name() << ": nobody there is a message, not a hang-up";
        }
    });
}

TEST_P(VoiceWalk, AKeyThatIsFoundByTheTimeOfTheToneIsHeard) {
    int tones = 0;
    at_each_screen(pack, [&](const Screen& at) {
        const auto* menu = std::get_if<MenuBlock>(&at.block().kind);
        Phone tone = at.phone;
        tone.silence();
        if (menu == nullptr || tone.find<Record>() == nullptr || tone.conversation.block != at.index) {
            return;
        }
        ++tones;
        Phone person = tone;
        person.press("0");
        EXPECT_TRUE(wants(person, "handoff") || wants(person, "handoff.check")) << at.name();
        Phone danger = tone;
        danger.press("9");
        EXPECT_NE(danger.conversation.block, at.index) << at.name() << ": 9 is help";
        Phone picked = tone;
        picked.press(menu->choices.front().key);
        EXPECT_FALSE(picked.heard("common.no_input")) << at.name();
    });
    EXPECT_GT(tones, 0) << "the language menu has one";
}

/// The turns until the call is over, with the same answer to every tone and none to every key; `most` + 1: it goes on.
int turns_of(Phone phone, const Recorded& at_the_tone, int most) {
    for (int turn = 0; turn <= most; ++turn) {
        if (phone.last.ended) {
            return turn;
        }
        phone.context.now += a_turn;
        if (phone.find<Record>() != nullptr) {
            phone.give(at_the_tone);
        } else if (phone.find<Gather>() != nullptr) {
            phone.silence();
        } else {
            phone.come_back();
        }
    }
    return most + 1;
}

TEST_P(VoiceWalk, SilenceAtAnyScreenIsAnEndWithinAFewTurns) {
    int longest = 0;
    at_each_screen(pack, [&](const Screen& at) {
        const int turns = turns_of(at.phone, Recorded{}, quiet_turns);
        EXPECT_LE(turns, quiet_turns) << at.name();
        longest = std::max(longest, turns);
    });
    RecordProperty("most_turns", longest);
}

/// A radio, an engine, the tone of a fax machine: every recording has something in it, and no key ever comes.
TEST_P(VoiceWalk, NoiseWithoutAKeyAtAnyScreenIsAnEndWithinAFewTurns) {
    int longest = 0;
    at_each_screen(pack, [&](const Screen& at) {
        const int turns = turns_of(at.phone, Recorded{"noise", Seconds{60}}, quiet_turns);
        EXPECT_LE(turns, quiet_turns) << at.name();
        longest = std::max(longest, turns);
    });
    RecordProperty("most_turns", longest);
}

/// The whole call of a machine that answers in one way only, from its first ring.
Phone whole_call(const PackPtr& pack, const std::string& key, const Recorded& at_the_tone) {
    Phone phone(pack, Mode::voice);
    const Instant begun = phone.context.now;
    phone.call();
    while (!phone.last.ended && phone.context.now - begun < limits::call_ends_after + 1h) {
        phone.context.now += a_turn;
        if (phone.find<Record>() != nullptr) {
            phone.give(at_the_tone);
        } else if (phone.find<Gather>() != nullptr) {
            phone.press(key);
        } else {
            phone.come_back();
        }
    }
    EXPECT_TRUE(phone.last.ended) << "'" << key << "' for ever is a call for ever";
    EXPECT_LE(phone.context.now - begun, limits::call_ends_after + a_turn) << "'" << key << "'";
    return phone;
}

TEST_P(VoiceWalk, NobodyWhoSaysNothingLeavesAReport) {
    ASSERT_NE(pack, nullptr);
    const Phone silent = whole_call(pack, "", Recorded{});
    EXPECT_TRUE(silent.filings.empty());
    EXPECT_TRUE(silent.requests.empty()) << "nobody is woken by silence";
    EXPECT_LT(silent.context.now - Phone(pack).context.now, 2min);
}

/// Nobody can tell it from a worker who speaks no language of the line: one report, once, and then the end.
TEST_P(VoiceWalk, NoiseFromTheFirstRingIsOneMessageAndAGoodbye) {
    ASSERT_NE(pack, nullptr);
    const Phone noisy = whole_call(pack, "", Recorded{"noise", Seconds{120}});
    ASSERT_EQ(noisy.filings.size(), 1U);
    EXPECT_EQ(noisy.filings.front().reason, "spoken_message");
    EXPECT_TRUE(
        std::ranges::none_of(noisy.requests, [](const DoRequest& one) { return one.action == "handoff"; }));
    EXPECT_LT(noisy.context.now - Phone(pack).context.now, 2min);
}

TEST_P(VoiceWalk, TheSameKeyForEverIsNoCallForEver) {
    ASSERT_NE(pack, nullptr);
    for (const char key : std::string("0123456789*#")) {
        for (const Recorded& at_the_tone : {Recorded{}, Recorded{"noise", Seconds{60}}}) {
            whole_call(pack, std::string(1, key), at_the_tone);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, VoiceWalk, ::testing::ValuesIn(programs()), [](const auto& program) {
    std::string name = program.param;
    std::erase_if(name, [](unsigned char letter) { return std::isalnum(letter) == 0; });
    return name;
});

}  // namespace
}  // namespace rightsline::flows::testing

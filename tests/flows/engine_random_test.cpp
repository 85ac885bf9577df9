#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <variant>

#include "tests/flows/random_play.hpp"

namespace rightsline::flows::testing {
namespace {

TEST(EngineRandom, ThousandsOfStepsOnRandomPacksHoldEveryInvariant) {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        std::mt19937 random(seed);
        std::vector<std::uint8_t> bytes(900);
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(random());
        }
        EXPECT_EQ(play(bytes), "") << "seed " << seed;
    }
}

TEST(EngineRandom, TheSeedsOfTheFuzzTargetReachEveryKindOfBlockInEveryModeAndPlayCleanly) {
    const std::filesystem::path seeds =
        std::filesystem::path(RIGHTSLINE_SOURCE_DIR) / "tests/fuzz/seeds/engine_fuzz";
    std::set<std::pair<std::size_t, Mode>> met;
    for (const auto& seed : std::filesystem::directory_iterator(seeds)) {
        std::ifstream in(seed.path(), std::ios::binary);
        const std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(in),
                                              std::istreambuf_iterator<char>{});
        ASSERT_FALSE(bytes.empty()) << seed.path();
        met.merge(reached(bytes));
        EXPECT_EQ(play(bytes), "") << seed.path();
    }
    for (std::size_t kind = 0; kind < std::variant_size_v<decltype(Block::kind)>; ++kind) {
        for (const Mode mode : {Mode::sms, Mode::voice, Mode::ussd}) {
            EXPECT_TRUE(met.contains({kind, mode})) << "kind " << kind << ", mode " << static_cast<int>(mode);
        }
    }
}

TEST(EngineRandom, ConversationsFromNowhereAreSurvived) {
    const PackPtr pack = hotline().build();
    std::mt19937 random(7);
    Context context;
    context.now = Instant{std::chrono::hours{490000}};
    for (int i = 0; i < 2000; ++i) {
        Conversation c;
        c.mode = static_cast<Mode>(random() % 3);
        c.language = static_cast<LanguageIndex>(random() % 5);
        c.block = static_cast<BlockIndex>(random() % (pack->blocks.size() + 2));
        c.phase = static_cast<Phase>(random() % 10);
        c.begun = context.now - std::chrono::minutes{random() % 60};
        c.attempt = static_cast<std::uint8_t>(random() % 4);
        c.page = static_cast<std::uint8_t>(random() % 4);
        c.stack = {static_cast<BlockIndex>(random() % 40)};
        c.history = {static_cast<BlockIndex>(random() % 40)};
        c.said = {static_cast<BlockIndex>(random() % 40)};
        c.answers = {{static_cast<BlockIndex>(random() % 40), static_cast<std::int64_t>(random() % 9) - 2}};
        c.pending = random() % 3 == 0 ? "nonsense" : "";
        c.values = random() % 3 == 0 ? "nonsense" : "";
        std::vector<std::uint8_t> bytes(40);
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(random());
        }
        Choices choices(bytes);
        const Step taken = step(*pack, c, random_event(choices), context);
        EXPECT_TRUE(unpack(flows::pack(taken.conversation)));
    }
}

}  // namespace
}  // namespace rightsline::flows::testing

// Twilio's own SDK against the emulator: it sends, reads, redacts and deletes, and checks the signatures of receipts.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>

#include "tests/support/command.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::emulator {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

TEST(EmulatorOracle, TwiliosSdkTakesTheEmulatorForTwilio) {
    const char* const node = std::getenv("ORACLE_NODE");
    const char* const modules = std::getenv("ORACLE_MODULES");
    if (node == nullptr || modules == nullptr) {
        GTEST_SKIP() << "Twilio's SDK is not installed (./deploy/install fetches it with a network)";
    }
    const tests::TemporaryDirectory folder;
    fs::copy(fs::path(RIGHTSLINE_SOURCE_DIR) / "tests/oracle/send.mjs", folder.path());
    fs::create_symlink(modules, folder.path() + "/node_modules");
    TwilioEmulator emulator({"AC0123456789abcdef0123456789abcdef", "token", "", ""});
    emulator.behave(R"({"refuse": {"+13055550199": 21610}})");
    const json::object wish{{"base", emulator.base()},  {"sid", "AC0123456789abcdef0123456789abcdef"},
                            {"token", "token"},         {"from", "+15005550006"},
                            {"to", "+13055550191"},     {"body", "hola & ñ 😀"},
                            {"refused", "+13055550199"}};
    const tests::Ran ran = tests::run_command({node, folder.path() + "/send.mjs"}, json::serialize(wish), {},
                                              std::chrono::seconds(60));
    ASSERT_EQ(ran.code, 0) << ran.err;
    const json::object said = json::parse(ran.out).as_object();
    const std::vector<Entry> ledger = emulator.accepted();
    ASSERT_EQ(ledger.size(), 2U) << ran.out;
    EXPECT_EQ(said.at("sid").as_string(), ledger[0].sid);
    EXPECT_EQ(said.at("call").as_string(), ledger[1].sid);
    EXPECT_EQ(ledger[0].body_hash, sha256_hex("hola & ñ 😀"));
    EXPECT_EQ(said.at("status"), "queued");
    EXPECT_EQ(said.at("fetched"), "hola & ñ 😀");
    EXPECT_EQ(said.at("listed"), json::array{"hola & ñ 😀"});
    EXPECT_EQ(said.at("redacted"), "");
    EXPECT_EQ(said.at("removed"), true);
    EXPECT_EQ(said.at("ended"), "completed");
    EXPECT_EQ(said.at("code"), 21610);
    EXPECT_EQ(said.at("unauthorized"), 20003);
    ASSERT_EQ(said.at("callbacks").as_array().size(), 6U);
    for (const json::value& callback : said.at("callbacks").as_array()) {
        EXPECT_EQ(callback.at("valid"), true) << json::serialize(callback);
    }
}

}  // namespace
}  // namespace rightsline::emulator

// The vault in a process of its own: the hotline as before, what a thief of the server then lacks, and what happens while the
// vault is away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <regex>

#include "gateway/vault/error.hpp"
#include "gateway/vault/keyed_names.hpp"
#include "gateway/vault/one_way.hpp"
#include "gateway/vault/remote_home.hpp"
#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/run.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr const char* maria = "+15005550101";
constexpr const char* worker = "+13055550191";
constexpr const char* cry = "help me they have my passport";

std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What a process has in its memory that it may have written itself.
std::string memory_of(int pid) {
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    std::ifstream memory("/proc/" + std::to_string(pid) + "/mem", std::ios::binary);
    std::string all;
    for (std::string line; std::getline(maps, line);) {
        std::smatch span;
        if (!std::regex_search(line, span, std::regex("^([0-9a-f]+)-([0-9a-f]+) rw"))) {
            continue;
        }
        const auto from = std::stoull(span[1], nullptr, 16);
        std::string piece(std::stoull(span[2], nullptr, 16) - from, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(from));
        memory.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        all.append(piece, 0, static_cast<std::size_t>(memory.gcount()));
    }
    return all;
}

std::string text_of(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

class VaultApart : public testing::Test {
 protected:
    explicit VaultApart(std::string quota = "")
        : hotline{{.roster = std::string("people:\n  maria: {phone: \"") + maria + "\"}\norder: [maria]\n",
                   .vault = true,
                   .vault_quota = std::move(quota),
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}} {}

    std::vector<std::string> sent_to(const std::string& number) const {
        std::vector<std::string> all;
        for (const emulator::Entry& entry : twilio.accepted()) {
            if (entry.to == number && !entry.call) {
                all.push_back(twilio.words_of(entry.sid));
            }
        }
        return all;
    }
    std::string last_of(const std::vector<std::string>& words, const char* number = worker) const {
        std::string last;
        for (const std::string& one : words) {
            last = message(hotline.phone(number).text(one));
        }
        return last;
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
};

TEST_F(VaultApart, ServesAsBeforeAndTellsWhoIsOnCall) {
    EXPECT_THAT(last_of({"hi", "1", "2", "2", "1", "they cut an hour every day", "1"}),
                HasSubstr("Shall we keep it"));
    (void)message(hotline.phone("+13055550192").text(cry));
    EXPECT_TRUE(eventually([&] { return !sent_to(maria).empty(); }, 15s));
    EXPECT_THAT(hotline.readiness(), HasSubstr("\"vault\":true"));
    EXPECT_EQ(hotline.metric("rightsline_vault_away"), 0);
    const Ran fsck = run_command({hotline.program(), "fsck", "--socket", hotline.path("state/api.sock")});
    EXPECT_EQ(fsck.code, 0) << fsck.out << fsck.err;
}

/// Somebody is told, a conversation goes on, and a text of somebody new is kept, while the vault is dead; then it is answered.
TEST_F(VaultApart, LosesNothingWhileTheVaultIsDead) {
    EXPECT_THAT(last_of({"hi", "1", "2", "2", "1"}), HasSubstr("Tell us what happened"));
    hotline.kill_vault();
    EXPECT_THAT(last_of({"they cut an hour every day", "1"}), HasSubstr("Shall we keep it"));
    EXPECT_TRUE(eventually([&] { return hotline.readiness().find("\"vault\":false") != std::string::npos; }));
    EXPECT_THAT(hotline.readiness(), HasSubstr("\"ready\":true")) << "it takes reports";
    EXPECT_THAT(message(hotline.phone("+13055550193").text(cry)), HasSubstr("Your message arrived"));
    EXPECT_EQ(hotline.metric("rightsline_spool_waiting"), 1);
    hotline.start_vault();
    EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_spool_waiting") == 0; }, 20s));
    EXPECT_TRUE(eventually([&] { return !sent_to(maria).empty(); }, 20s)) << "the cry is told";
    EXPECT_TRUE(eventually([&] { return !sent_to("+13055550193").empty(); }, 20s)) << "and answered";
}

/// A cry of somebody whom we talk with already: the alert needs the vault at no point.
TEST_F(VaultApart, TellsOfDangerWithoutTheVault) {
    EXPECT_THAT(last_of({"hi", "1"}), HasSubstr("danger"));
    hotline.kill_vault();
    (void)last_of({cry});
    EXPECT_TRUE(eventually([&] { return !sent_to(maria).empty(); }, 20s));
}

/// The server's memory, its configuration and its store together: none of the keys that open or name a worker's number.
TEST_F(VaultApart, NothingThatOpensANumberIsWithTheServer) {
    (void)last_of({"hi", "1", "2"});
    const vault::Keys keys = vault::Keys::load_only_home(hotline.path("vault-keys")).value();
    const std::string there = memory_of(hotline.server().pid());
    const std::string vaults = memory_of(hotline.vault_pid());
    ASSERT_GT(there.size(), 1U << 20U);
    ASSERT_NE(vaults.find(text_of(keys.number().bytes.bytes())), std::string::npos)
        << "the search finds keys";
    ASSERT_NE(there.find(text_of(keys.states().back().bytes.bytes())), std::string::npos) << "and here, too";
    const std::string all = there + hotline.everything_kept() + slurp(hotline.path("rightsline.yaml"));
    for (const auto secret : {keys.pepper().bytes.bytes(), keys.number().bytes.bytes()}) {
        EXPECT_EQ(all.find(text_of(secret)), std::string::npos);
    }
    for (const vault::IdKind kind : {vault::IdKind::phone, vault::IdKind::limit}) {
        EXPECT_EQ(all.find(text_of(vault::name_key(keys, kind).bytes.bytes())), std::string::npos);
    }
    EXPECT_THAT(slurp("/proc/" + std::to_string(hotline.vault_pid()) + "/limits"),
                testing::ContainsRegex("Max core file size +0 +0"));
}

class VaultWithQuota : public VaultApart {
 protected:
    VaultWithQuota() : VaultApart("--names-a-day=40") {}
};

/// Who has the server, and so its place at the socket, tries numbers one by one.
TEST_F(VaultWithQuota, StopsWhoTriesAllNumbersAlsoAfterAKill) {
    boost::asio::io_context loop(1);
    const ops::SystemClock clock;
    const auto thief = vault::make_remote_home(loop.get_executor(), clock, hotline.path("vault.sock"));
    const auto tried = [&](int from, int many) {
        int named = 0;
        for (int i = from; i < from + many; ++i) {
            named += run(loop, thief->name({{vault::IdKind::phone, "+1305555" + std::to_string(1000 + i)}}))
                         ? 1
                         : 0;
        }
        return named;
    };
    EXPECT_LE(tried(0, 100), 40);
    hotline.kill_vault();
    hotline.start_vault();
    EXPECT_EQ(tried(200, 20), 0);
    thief->close();
    EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_vault_quota_percent") == 100; }));
    EXPECT_THAT(message(hotline.phone("+13055550194").text("hello")), HasSubstr("Your message arrived"));
}

TEST(VaultCommand, SaysWhatIsMissing) {
    const Hotline hotline;
    const Ran nobody = run_command({hotline.program(), "vault", "--user", "nobody-of-this-name"});
    EXPECT_EQ(nobody.code, 2);
    EXPECT_THAT(nobody.err, HasSubstr("there is no such user"));
    const Ran keyless = run_command({hotline.program(), "vault", "--keys-dir", "/nowhere"});
    EXPECT_EQ(keyless.code, 78);
    EXPECT_THAT(keyless.err, HasSubstr("pepper.key, number.key and state.N.key"));
}

}  // namespace
}  // namespace rightsline::tests

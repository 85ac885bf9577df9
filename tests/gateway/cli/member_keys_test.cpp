// key new-member, recover, new-circle, admit, members, rotate, and what opens with them: at a scripted terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "gateway/cli/keys/circle_command.hpp"
#include "gateway/cli/keys/key_command.hpp"
#include "gateway/cli/keys/member_command.hpp"
#include "gateway/cli/keys/private_key.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/shares.hpp"
#include "tests/gateway/cli/scripted_terminal.hpp"
#include "tests/gateway/vault/key_folder.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr vault::ArgonCost cheap{1, 8};
const std::string words = "four goats under a blue tarpaulin";

/// What a command says on stderr, and its exit code.
struct Said {
    int code;
    std::string text;
};
template <class Run>
Said said(Run run) {
    testing::internal::CaptureStderr();
    const int code = run();
    return {code, testing::internal::GetCapturedStderr()};
}

class MembersAtTheTerminal : public testing::Test {
 protected:
    void SetUp() override { std::filesystem::create_directories(at("")); }
    std::string at(const std::string& name) const { return folder_.path() + "-own/" + name; }
    std::string make(const std::string& name) {
        ScriptedTerminal terminal({words, words});
        const Said made = said([&] { return key_new_member({name, at(""), cheap}, terminal); });
        EXPECT_EQ(made.code, 0) << made.text;
        return terminal.shown_code();
    }
    Said circle(const std::vector<std::string>& names, const std::string& keys_dir = "") {
        NewCircleOptions options{"fair-food", {}, at(""), keys_dir, 0};
        for (const std::string& name : names) {
            options.members.push_back(at(name + ".pub"));
        }
        return said([&] { return key_new_circle(options); });
    }
    PrivateKeys open_as(const std::string& name, const std::vector<std::string>& shares) {
        ScriptedTerminal terminal({words});
        return read_private_keys({"", at(name + ".member"), shares}, terminal);
    }
    std::string read(const std::string& name) const {
        std::ifstream file(at(name));
        return {std::istreambuf_iterator<char>(file), {}};
    }
    unsigned mode(const std::string& path) const {
        struct stat info{};
        EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
        return info.st_mode & 0777U;
    }

    vault::KeyFolder folder_;
};

TEST_F(MembersAtTheTerminal, MakeAKeyWhoseCodeIsShownOnceAndWrittenNowhere) {
    ScriptedTerminal terminal({words, words});
    const Said made = said([&] { return key_new_member({"maria", at(""), cheap}, terminal); });
    ASSERT_EQ(made.code, 0) << made.text;
    EXPECT_EQ(mode(at("maria.member")), 0600U);
    EXPECT_EQ(mode(at("maria.pub")), 0644U);
    const std::string code = terminal.shown_code();
    EXPECT_EQ(code.size(), 50U);
    const vault::Member member = vault::parse_member(read("maria.pub")).value();
    EXPECT_THAT(made.text, HasSubstr(member.fingerprint()));
    EXPECT_THAT(made.text, Not(HasSubstr(code.substr(0, 5) + " ")))
        << "the code belongs on the terminal alone";
    EXPECT_TRUE(vault::MemberFile::parse(read("maria.member"))->open(vault::TypedSecret(words)));
}

TEST_F(MembersAtTheTerminal, AreToldWhyAPassphraseWillNotDo) {
    ScriptedTerminal terminal({"short", "1234567890123456789", words, "something else", words, words});
    const Said made = said([&] { return key_new_member({"maria", at(""), cheap}, terminal); });
    EXPECT_EQ(made.code, 65);
    EXPECT_THAT(made.text, HasSubstr("too short"));
    EXPECT_THAT(made.text, HasSubstr("in a row"));
    EXPECT_THAT(made.text, HasSubstr("not the same"));
    EXPECT_FALSE(std::filesystem::exists(at("maria.member"))) << "after three tries nothing is made";
}

TEST_F(MembersAtTheTerminal, OverwriteNoKey) {
    make("maria");
    const std::string before = read("maria.member");
    ScriptedTerminal terminal({words, words});
    EXPECT_EQ(said([&] { return key_new_member({"maria", at(""), cheap}, terminal); }).code, 1);
    EXPECT_EQ(read("maria.member"), before);
    EXPECT_TRUE(terminal.asked().empty());
    EXPECT_EQ(said([&] { return key_new_member({"../maria", at(""), cheap}, terminal); }).code, 2);
}

TEST_F(MembersAtTheTerminal, AreAskedOnATerminalOrNotAtAll) {
    make("maria");
    NoTerminal none;
    EXPECT_EQ(said([&] { return key_new_member({"jean", at(""), cheap}, none); }).code, 2);
    EXPECT_FALSE(std::filesystem::exists(at("jean.member")));
    EXPECT_EQ(said([&] { return key_recover({at("maria.member"), cheap}, none); }).code, 2);
}

TEST_F(MembersAtTheTerminal, ComeBackWithTheRecoveryCode) {
    const std::string code = make("maria");
    const std::string fresh = "seven lamps in the old harbour";
    ScriptedTerminal terminal({code, fresh, fresh});
    const Said back = said([&] { return key_recover({at("maria.member"), cheap}, terminal); });
    ASSERT_EQ(back.code, 0) << back.text;
    EXPECT_EQ(mode(at("maria.member")), 0600U);
    const vault::MemberFile file = vault::MemberFile::parse(read("maria.member")).value();
    EXPECT_TRUE(file.open(vault::TypedSecret(fresh)));
    EXPECT_FALSE(file.open(vault::TypedSecret(words)));
    EXPECT_FALSE(std::filesystem::exists(at("maria.member.new")));
}

TEST_F(MembersAtTheTerminal, TryTheirPaperAndChangeNothing) {
    const std::string code = make("maria");
    const std::string before = read("maria.member");
    const auto written = std::filesystem::last_write_time(at("maria.member"));
    ScriptedTerminal terminal({code});  // asks once: no new passphrase
    const Said opens = said([&] { return key_recover({at("maria.member"), cheap, true}, terminal); });
    ASSERT_EQ(opens.code, 0) << opens.text;
    EXPECT_THAT(opens.text, HasSubstr("the code opens the key of maria"));
    EXPECT_THAT(opens.text, HasSubstr("Nothing was changed"));
    EXPECT_EQ(read("maria.member"), before);
    EXPECT_EQ(std::filesystem::last_write_time(at("maria.member")), written);
    ScriptedTerminal other({std::string(vault::RecoveryCode::random().digits())});
    const Said stranger = said([&] { return key_recover({at("maria.member"), cheap, true}, other); });
    EXPECT_EQ(stranger.code, 65);
    EXPECT_THAT(stranger.text, HasSubstr("the paper of another key"));
    EXPECT_THAT(stranger.text, Not(HasSubstr("the code opens")));
}

TEST_F(MembersAtTheTerminal, AreToldWhichGroupOfTheCodeIsWrongAndWhatIsLostWithoutIt) {
    std::string code = make("maria");
    const std::string before = read("maria.member");
    code[12] = code[12] == '9' ? '0' : static_cast<char>(code[12] + 1);
    ScriptedTerminal terminal({code, code, code});
    const Said refused = said([&] { return key_recover({at("maria.member"), cheap}, terminal); });
    EXPECT_EQ(refused.code, 65);
    EXPECT_THAT(refused.text, HasSubstr("group 3"));
    EXPECT_THAT(refused.text, HasSubstr("the key of maria is lost"));
    EXPECT_THAT(refused.text, HasSubstr("key admit"));
    EXPECT_EQ(read("maria.member"), before);
    ScriptedTerminal other({std::string(vault::RecoveryCode::random().digits())});
    const Said stranger = said([&] { return key_recover({at("maria.member"), cheap}, other); });
    EXPECT_EQ(stranger.code, 65);
    EXPECT_THAT(stranger.text, HasSubstr("the paper of another key"));
}

TEST_F(MembersAtTheTerminal, HoldACircleWhosePrivateKeyIsNowhereInPlain) {
    ASSERT_TRUE(vault::make_keys(folder_.path()));
    make("maria");
    make("jean");
    const Said made = circle({"maria", "jean"}, folder_.path());
    ASSERT_EQ(made.code, 0) << made.text;
    EXPECT_EQ(mode(at("fair-food.1.shares")), 0600U);
    const vault::CirclePublicKey server = vault::Keys::load(folder_.path())->circle("fair-food").value();
    const std::string sealed = vault::seal_to_circle(server, "p|c|story|0", "They did not pay us.");
    for (const char* name : {"maria", "jean"}) {
        const PrivateKeys keys = open_as(name, {at("fair-food.1.shares")});
        ASSERT_EQ(keys.code, 0);
        EXPECT_EQ(keys.keys.front().open("p|c|story|0", sealed).value(), "They did not pay us.");
    }
    EXPECT_THAT(made.text, HasSubstr(vault::parse_member(read("jean.pub"))->fingerprint()));
    EXPECT_THAT(circle({"maria"}, folder_.path()).text, HasSubstr("The server has version 1"));
    EXPECT_EQ(vault::Keys::load(folder_.path())->circle("fair-food")->version, 2U);
}

TEST_F(MembersAtTheTerminal, MakeNoCircleOfNobodyOrOfOneTwice) {
    make("maria");
    EXPECT_EQ(circle({}).code, 2);
    EXPECT_EQ(circle({"maria", "maria"}).code, 65);
    EXPECT_EQ(circle({"nobody"}).code, 65);
    EXPECT_THAT(circle({"maria"}).text, HasSubstr("One member alone"));
    EXPECT_EQ(
        said([&] { return key_new_circle({"fair-food", {at("maria.member")}, at("other"), "", 0}); }).code,
        65);
}

TEST_F(MembersAtTheTerminal, KeepSharesOutOfTheServersFolder) {
    ASSERT_TRUE(vault::make_keys(folder_.path()));
    make("maria");
    NewCircleOptions options{"fair-food", {at("maria.pub")}, folder_.path() + "/circles", folder_.path(), 0};
    EXPECT_EQ(said([&] { return key_new_circle(options); }).code, 2);
    EXPECT_FALSE(vault::Keys::load(folder_.path())->circle("fair-food"));
}

TEST_F(MembersAtTheTerminal, AdmitAnotherAndTellWhoIsIn) {
    for (const char* name : {"maria", "jean", "ana"}) {
        make(name);
    }
    ASSERT_EQ(circle({"maria", "jean"}).code, 0);
    const std::string shares = at("fair-food.1.shares");
    EXPECT_EQ(said([&] { return open_as("ana", {shares}).code; }).code, 65);
    ScriptedTerminal jean({words});
    const Said admitted = said([&] { return key_admit({at("ana.pub"), shares, at("jean.member")}, jean); });
    ASSERT_EQ(admitted.code, 0) << admitted.text;
    EXPECT_EQ(open_as("ana", {shares}).code, 0);
    EXPECT_EQ(mode(shares), 0600U);
    ScriptedTerminal terminal({words});
    testing::internal::CaptureStdout();
    const Said listed = said([&] { return key_members({shares, at("ana.member"), false}, terminal); });
    const std::string table = testing::internal::GetCapturedStdout();
    EXPECT_EQ(listed.code, 0);
    for (const char* name : {"maria", "jean", "ana"}) {
        EXPECT_THAT(table, HasSubstr(vault::parse_member(read(name + std::string(".pub")))->fingerprint()));
    }
    EXPECT_THAT(listed.text, HasSubstr("as a member wrote it"));
    ScriptedTerminal again({words});
    EXPECT_EQ(said([&] { return key_admit({at("ana.pub"), shares, at("jean.member")}, again); }).code, 65);
}

TEST_F(MembersAtTheTerminal, LeaveSomebodyBehindInTheNextVersion) {
    ASSERT_TRUE(vault::make_keys(folder_.path()));
    make("maria");
    make("jean");
    ASSERT_EQ(circle({"maria", "jean"}, folder_.path()).code, 0);
    const std::string old = at("fair-food.1.shares");
    const std::string before =
        vault::seal_to_circle(vault::Keys::load(folder_.path())->circle("fair-food").value(), "c", "x");
    ScriptedTerminal terminal({words});
    RotateOptions options{old, at("maria.member"), {"jean"}, at(""), folder_.path(), true};
    const Said dry = said([&] { return key_rotate(options, terminal); });
    EXPECT_EQ(dry.code, 0);
    EXPECT_THAT(dry.text, HasSubstr("Nothing was changed"));
    EXPECT_FALSE(std::filesystem::exists(at("fair-food.2.shares")));
    EXPECT_TRUE(terminal.asked().empty());
    options.dry_run = false;
    const Said rotated = said([&] { return key_rotate(options, terminal); });
    ASSERT_EQ(rotated.code, 0) << rotated.text;
    EXPECT_THAT(rotated.text, HasSubstr("will stay open to jean"));
    EXPECT_EQ(said([&] { return open_as("jean", {at("fair-food.2.shares")}).code; }).code, 65);
    const PrivateKeys both = open_as("maria", {at("fair-food.2.shares"), old});
    ASSERT_EQ(both.keys.size(), 2U);
    EXPECT_EQ(both.for_sealed(before, vault::SealedForm::part).open("c", before).value(), "x");
    EXPECT_EQ(vault::Keys::load(folder_.path())->circle("fair-food")->version, 2U);
    ScriptedTerminal late({words});
    const Said twice = said([&] { return key_rotate(options, late); });
    EXPECT_EQ(twice.code, 65) << "an old list must not come back";
    EXPECT_THAT(twice.text, HasSubstr("Take the newest shares"));
}

TEST_F(MembersAtTheTerminal, CannotRotateEverybodyOrAStrangerOut) {
    make("maria");
    make("jean");
    ASSERT_EQ(circle({"maria", "jean"}).code, 0);
    ScriptedTerminal terminal({words});
    RotateOptions options{at("fair-food.1.shares"), at("maria.member"), {"ana"}, at("out"), "", false};
    EXPECT_EQ(said([&] { return key_rotate(options, terminal); }).code, 2);
    options.leave = {"maria", "jean"};
    EXPECT_EQ(said([&] { return key_rotate(options, terminal); }).code, 2);
    EXPECT_FALSE(std::filesystem::exists(at("out")));
}

TEST_F(MembersAtTheTerminal, GetThreeTriesAtThePassphrase) {
    make("maria");
    ASSERT_EQ(circle({"maria"}).code, 0);
    ScriptedTerminal slow({"no", "no", words});
    EXPECT_EQ(read_private_keys({"", at("maria.member"), {at("fair-food.1.shares")}}, slow).code, 0);
    ScriptedTerminal wrong({"no", "no", "no", words});
    const Said refused = said(
        [&] { return read_private_keys({"", at("maria.member"), {at("fair-food.1.shares")}}, wrong).code; });
    EXPECT_EQ(refused.code, 65);
    EXPECT_THAT(refused.text, HasSubstr("key recover"));
    EXPECT_EQ(said([&] { return read_private_keys({"", at("maria.member"), {}}, wrong).code; }).code, 2);
}

// A report that was begun before its circle passed from a plain key to members.
TEST_F(MembersAtTheTerminal, MayHaveThePlainKeyOfAnOlderVersionBesideTheirs) {
    make("maria");
    ASSERT_EQ(circle({"maria"}).code, 0);
    const vault::CirclePair plain = vault::make_circle("fair-food", 7);
    ASSERT_TRUE(vault::write_key_file(at("plain.key"), plain.private_file, vault::Exposure::secret));
    const vault::CirclePublicKey old = vault::parse_public_key(plain.public_file).value();
    const std::string sealed = vault::seal_to_circle(old, "c", "x");
    ScriptedTerminal terminal({words});
    const PrivateKeys keys =
        read_private_keys({at("plain.key"), at("maria.member"), {at("fair-food.1.shares")}}, terminal);
    ASSERT_EQ(keys.keys.size(), 2U);
    EXPECT_EQ(keys.for_sealed(sealed, vault::SealedForm::part).open("c", sealed).value(), "x");
}

TEST_F(MembersAtTheTerminal, AreRefusedAKeyThatOthersMayRead) {
    make("maria");
    ASSERT_EQ(circle({"maria"}).code, 0);
    ASSERT_EQ(::chmod(at("maria.member").c_str(), 0644), 0);
    const Said refused = said([&] { return open_as("maria", {at("fair-food.1.shares")}).code; });
    EXPECT_EQ(refused.code, 65);
    EXPECT_THAT(refused.text, HasSubstr("chmod 600"));
}

TEST_F(MembersAtTheTerminal, AreNeverToldToCloseAFileThatIsNoPrivateKey) {
    make("maria");
    ASSERT_EQ(circle({"maria"}).code, 0);
    const Said half = said([&] {
        ScriptedTerminal terminal({words});
        return read_private_keys({"", at("maria.pub"), {at("fair-food.1.shares")}}, terminal).code;
    });
    EXPECT_EQ(half.code, 65);
    EXPECT_THAT(half.text, HasSubstr("public half"));
    EXPECT_THAT(half.text, Not(HasSubstr("chmod")));
    std::ofstream(at("passwd")) << "root:x:0:0::/:/bin/sh\n";
    ASSERT_EQ(::chmod(at("passwd").c_str(), 0644), 0);
    const Said other = said([&] {
        ScriptedTerminal terminal({});
        return read_private_keys({at("passwd"), "", {}}, terminal).code;
    });
    EXPECT_EQ(other.code, 65);
    EXPECT_THAT(other.text, HasSubstr("no private key"));
    EXPECT_THAT(other.text, Not(HasSubstr("chmod")));
}

}  // namespace
}  // namespace rightsline::cli

// What time and a change of keys do to what was passed on: retention, the end of a month, a circle that somebody left.
#include <filesystem>

#include "gateway/cases/month_desk.hpp"
#include "gateway/cases/reseal_desk.hpp"
#include "gateway/cases/retention_desk.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/api/referral_api.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;
namespace json = boost::json;

const std::string voice = std::string(32, 'c');

class ReferralInTime : public ReferralApi {
 protected:
    /// A text and a recording, accepted.
    void pass_on() {
        say_yes();
        got(bring(voice, others.public_key()));
        json::object both = offer_of(copy_of(secret));
        both["recordings"] = json::array{json::value(voice)};
        got(post("referrals", both));
        got(answer("accept"));
    }
    std::string blob(const std::string& of) const { return blobs.path() + "/" + of; }
    /// What `key` opens of what they are handed out.
    std::vector<std::string> opened(const vault::CirclePrivateKey& key) {
        std::vector<std::string> words;
        const http::Response whole = read();
        if (whole.status != 200) {
            return words;
        }
        const json::object copies = json::parse(whole.body).as_object();
        for (const json::value& one : copies.at("parts").as_array()) {
            const auto part = cases::open_part(key, "fair-food", id, *ops::from_base64(one.as_string()));
            words.insert(words.end(), part ? 1 : 0, part ? part->text : "");
        }
        const http::Response sound =
            ask_for("GET", "/api/v1/cases/" + id + "/referred/recordings/" + voice + theirs);
        const auto heard = key.open_stream(cases::recording_context("fair-food", voice), sound.body);
        words.insert(words.end(), heard ? 1 : 0, heard ? *heard : "");
        return words;
    }
};

TEST_F(ReferralInTime, ACopyGoesWithItsCaseAndThenNothingOpens) {
    flows::Bundle bundle = flows::tests::excerpt();
    std::string& program = bundle.files.at("flows/fair-food/program.yaml");
    const std::string line = "  received: {say: We have your report.}\n";
    program.replace(
        program.find(line), line.size(),
        line +
            "  referred: {say: We passed it on.}\n  closed: {say: Our work is done., closes: true}\n"
            "organisations:\n"
            "  investigators: {circle: inspectors, consent: investigator}\n");
    const std::size_t at = program.find("retention:");
    if (at != std::string::npos) {
        program.erase(at, program.find('\n', at) + 1 - at);
    }
    program += "\nretention: {recordings: 30d, content: 365d}\n";
    flows::Compiled compiled = flows::compile(bundle);
    ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
    packs->activate(compiled.pack, std::move(bundle));
    pass_on();
    ASSERT_THAT(opened(others), SizeIs(2));
    got(post("status", {{"status", "closed"}, {"as", "maria"}}));
    cases::RetentionDesk retention(cases::RetentionServices{*client, *desk, clock, *packs, [] {}});
    clock.advance(31 * 24h);
    EXPECT_EQ(tests::run(io, retention.run("fair-food", cases::RunKind::all))->done, 1);
    EXPECT_FALSE(text({"ZSCORE", keys.withdrawn_recordings(), voice}).empty()) << "whoever has it deletes it";
    std::filesystem::remove(blob(voice));
    EXPECT_EQ(opened(others), std::vector<std::string>{secret});
    clock.advance(400 * 24h);
    EXPECT_EQ(tests::run(io, retention.run("fair-food", cases::RunKind::all))->done, 1);
    EXPECT_EQ(last_entry().field("what"), "case_shredded");
    EXPECT_EQ(copies(), 0);
    EXPECT_EQ(number({"ZCARD", keys.referrals()}), 0);
    EXPECT_EQ(read().status, 404);
    EXPECT_TRUE(waiting().empty());
    EXPECT_THAT(opened(others), IsEmpty());
    EXPECT_EQ(answer("accept").status, 404);
}

TEST_F(ReferralInTime, ACopyMovesWithItsMonthAndAnOldOneOpensNowhere) {
    pass_on();
    ASSERT_THAT(opened(others), SizeIs(2));
    const std::string old_copy = text({"HGET", keys.case_copies(id), "investigators/0"});
    const auto lock = vault::lock_of(old_copy);
    ASSERT_TRUE(lock) << "it stands under the lock of its month";
    const auto later = vault::make_vault(folder.keys(), [&] { return lock->month + std::chrono::months(1); });
    cases::MonthDesk months(
        cases::MonthServices{*client, *later, clock, [this](const std::string& of) { return blob(of); }});
    EXPECT_EQ(*tests::run(io, months.move("fair-food", lock->month, "uid:0")), 1);
    const std::string moved = text({"HGET", keys.case_copies(id), "investigators/0"});
    ASSERT_TRUE(vault::lock_of(moved));
    EXPECT_GT(vault::lock_of(moved)->month, lock->month);
    EXPECT_FALSE(tests::run(io, months.use("fair-food"))->cases.contains(lock->month))
        << "nothing needs that month's key any more";
    EXPECT_THAT(opened(others), SizeIs(2)) << "what is kept opens still";
}

TEST_F(ReferralInTime, WhatWasPassedIsSealedAnewForWhoStays) {
    pass_on();
    const auto fresh =
        vault::CirclePrivateKey::parse(vault::make_circle("inspectors", 2).private_file).value();
    cases::ResealDesk reseal(cases::ResealServices{
        *client, *vault, clock, *desk, [this](const std::string& of) { return blob(of); },
        [&](const std::string&) -> Result<vault::CirclePublicKey> { return fresh.public_key(); }});
    const cases::Whose whose{"fair-food", "investigators"};
    const auto older = tests::run(io, reseal.older(whose, 0, 100));
    ASSERT_TRUE(older);
    ASSERT_THAT(older->cases, SizeIs(1));
    EXPECT_EQ(older->cases[0].pieces, 1);
    EXPECT_EQ(older->cases[0].recordings, std::vector<std::string>{voice});
    EXPECT_THAT(tests::run(io, reseal.older({"fair-food"}, 0, 100))->cases, IsEmpty())
        << "of the line itself";
    EXPECT_EQ(tests::run(io, reseal.older({"fair-food", "police"}, 0, 100)).error(),
              cases::make_error_code(cases::errc::unknown_organisation));

    const json::object whole = got(read());
    const std::string was = *ops::from_base64(whole.at("parts").as_array()[0].as_string());
    const std::string context = cases::part_context("fair-food", id);
    cases::SealedAnew piece{cases::PieceKind::copy, 0, was.substr(0, cases::ResealDesk::name_bytes),
                            vault::seal_to_circle(public_key, context, *others.open(context, was))};
    EXPECT_EQ(tests::run(io, reseal.put(whose, id, {piece}, "uid:0")).error(),
              cases::make_error_code(cases::errc::bad_note))
        << "to another circle";
    piece.sealed = vault::seal_to_circle(fresh.public_key(), context, *others.open(context, was));
    EXPECT_FALSE(tests::run(io, reseal.put({"fair-food"}, id, {piece}, "uid:0"))) << "a copy is theirs";
    ASSERT_TRUE(tests::run(io, reseal.put(whose, id, {piece}, "uid:0")));
    EXPECT_EQ(last_entry().field("what"), "sealed_anew");
    EXPECT_EQ(last_entry().field("to"), "inspectors.2");

    const std::string sound_context = cases::recording_context("fair-food", voice);
    const http::Response sound =
        ask_for("GET", "/api/v1/cases/" + id + "/referred/recordings/" + voice + theirs);
    vault::StreamSealer sealer(fresh.public_key(), sound_context);
    cases::SealedAnew sealed{};
    sealed.was = sound.body.substr(0, vault::recording_opening_bytes);
    sealed.sealed = sealer.header();
    sealed.sealed += sealer.push("a voice", true);
    EXPECT_FALSE(tests::run(io, reseal.put_recording({"fair-food"}, id, voice, sealed, "uid:0")));
    ASSERT_TRUE(tests::run(io, reseal.put_recording(whose, id, voice, sealed, "uid:0")));
    EXPECT_THAT(tests::run(io, reseal.older(whose, 0, 100))->cases, IsEmpty());
    EXPECT_THAT(opened(fresh), testing::ElementsAre(secret, "a voice"));
    EXPECT_THAT(opened(others), IsEmpty()) << "who left opens nothing of it";
}

}  // namespace
}  // namespace rightsline::api

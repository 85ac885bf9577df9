// A case that is sealed to another circle than its program's own: what is written to it is sealed to that one, and to no other.
#include <gmock/gmock.h>

#include "gateway/api/reply_routes.hpp"
#include "gateway/api/reseal_routes.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

class CircleApi : public CaseworkApi {
 protected:
    void SetUp() override {
        pair = vault::make_circle("assault", 2);
        circles["assault"] = theirs().public_key();
        CaseworkApi::SetUp();
        apply({{redis::Op::hset, keys.case_facts(id), {"circle", "assault"}}});
        reseal = std::make_unique<cases::ResealDesk>(cases::ResealServices{
            *client, *vault, clock, *desk,
            [this](const std::string& one) { return blobs.path() + "/" + one; },
            [](const std::string&) -> Result<vault::CirclePublicKey> { return cases::errc::no_circle; }});
        add_reseal_routes(router, {*reseal, {"fair-food"}});
        add_reply_routes(router, {*store,
                                  *client,
                                  clock,
                                  {"fair-food"},
                                  [this](const std::string& of) { return packs->active(of); },
                                  *desk,
                                  *users});
    }
    vault::CirclePrivateKey theirs() const {
        return vault::CirclePrivateKey::parse(pair.private_file).value();
    }
    std::string note_to(const vault::CirclePublicKey& circle) {
        return ops::to_base64(cases::seal_note(circle, "fair-food", id, {"maria", "x", 5}));
    }
    std::string task_to(const vault::CirclePublicKey& circle) {
        return ops::to_base64(cases::seal_task(circle, "fair-food", id, "ask the clinic"));
    }
    /// A part of the case as it came, under the lock of its month.
    void tell(const vault::CirclePublicKey& circle) {
        flows::Part part;
        part.name = "story";
        part.text = locales::PrivateText("canary");
        std::string sealed = cases::seal_part(circle, "fair-food", id, part, 5);
        const auto locked =
            tests::run(io, cases::lock_one(*vault, cases::part_context("fair-food", id), std::move(sealed)));
        apply({{redis::Op::rpush, keys.case_parts(id), {locked.value()}}});
    }

    vault::CirclePair pair;
    std::unique_ptr<cases::ResealDesk> reseal;
};

TEST_F(CircleApi, TellsTheKeyOfTheCaseAndNamesItsCircle) {
    const json::object key = got(ask_for("GET", "/api/v1/cases/" + id + "/circle"));
    EXPECT_EQ(key.at("circle").as_string(), vault::public_key_text(circles.at("assault")));
    EXPECT_EQ(shown().at("circle").as_string(), "assault");
    const json::object own = got(ask_for("GET", "/api/v1/circle"));
    EXPECT_EQ(own.at("circle").as_string(), vault::public_key_text(public_key));
}

TEST_F(CircleApi, TakesNotesAndTasksThatAreSealedToItAndToNoOther) {
    EXPECT_EQ(post("notes", {{"sealed", note_to(public_key)}}).status, 422);
    EXPECT_EQ(post("notes", {{"sealed", note_to(circles.at("assault"))}}).status, 200);
    const std::int64_t due =
        std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count() + 3600;
    EXPECT_EQ(post("tasks", {{"sealed", task_to(public_key)}, {"due", due}}).status, 422);
    EXPECT_EQ(post("tasks", {{"sealed", task_to(circles.at("assault"))}, {"due", due}}).status, 200);
}

TEST_F(CircleApi, TakesNothingForACircleOfWhichThereIsNoKey) {
    apply({{redis::Op::hset, keys.case_facts(id), {"circle", "gone"}}});
    for (const vault::CirclePublicKey& circle : {public_key, circles.at("assault")}) {
        const http::Response refused = post("notes", {{"sealed", note_to(circle)}});
        EXPECT_EQ(refused.status, 409);
        EXPECT_THAT(refused.body, testing::HasSubstr("keys_dir/circles"));
    }
    EXPECT_EQ(ask_for("GET", "/api/v1/cases/" + id + "/circle").status, 409);
    EXPECT_EQ(number({"EXISTS", keys.case_notes(id)}), 0);
}

TEST_F(CircleApi, ListsAsOlderWhatIsNotSealedToTheCasesOwnCircle) {
    tell(circles.at("assault"));
    EXPECT_TRUE(got(ask_for("GET", "/api/v1/older")).at("cases").as_array().empty());
    tell(public_key);
    const json::object page = got(ask_for("GET", "/api/v1/older"));
    ASSERT_EQ(page.at("cases").as_array().size(), 1U);
    const json::object& one = page.at("cases").as_array().front().as_object();
    EXPECT_EQ(one.at("pieces").as_int64(), 1);
    EXPECT_EQ(one.at("circle").as_string(), vault::public_key_text(circles.at("assault")));
}

/// Who has the larger circle's key cannot move a report of the smaller one to it.
TEST_F(CircleApi, SealsAnewToItsOwnCircleAlone) {
    tell(theirs().public_key());
    const std::string stored = WithServer::text({"LINDEX", keys.case_parts(id), "0"});
    const std::string context = cases::part_context("fair-food", id);
    const std::string before = tests::run(io, cases::unlock_one(*vault, context, stored)).value();
    const auto put = [&](const vault::CirclePublicKey& circle) {
        const json::object piece{{"of", "part"},
                                 {"at", 0},
                                 {"was", ops::to_base64(before.substr(0, cases::ResealDesk::name_bytes))},
                                 {"sealed", ops::to_base64(vault::seal_to_circle(circle, context, "words"))}};
        return post("reseal", {{"pieces", json::array{piece}}}).status;
    };
    EXPECT_EQ(put(public_key), 422);
    EXPECT_EQ(put(circles.at("assault")), 200);
    EXPECT_EQ(last_entry().field("to"), "assault.2");
}

}  // namespace
}  // namespace rightsline::api

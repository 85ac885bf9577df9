// A case leaves the house for what its worker said yes to, and for nothing else; what went is told to whoever takes it back.
#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

#include "gateway/api/consent_routes.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

class ExportApi : public CaseworkApi {
 protected:
    void SetUp() override {
        CaseworkApi::SetUp();
        add_consent_routes(router, {*client, clock, {"fair-food"}});
    }
    void say_yes(cases::Consent purpose) {
        apply(cases::consent_writes(keys, id, purpose, {cases::Said::Answer::yes, 3600, "sms"}));
    }
    http::Response take_out(const std::string& purpose, const std::string& as = "maria") {
        return post("export", {{"purpose", purpose}, {"as", as}});
    }
    json::array gone() {
        return got(ask_for("GET", "/api/v1/cases/" + id + "/consents")).at("handed_on").as_array();
    }
};

TEST_F(ExportApi, WithoutTheYesItIsRefusedAndTheMissingOneIsNamed) {
    say_yes(cases::Consent::investigator);
    const std::string before = acts();
    const http::Response refused = take_out("employer");
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("employer"));
    EXPECT_EQ(acts(), before);
    EXPECT_TRUE(gone().empty());
    EXPECT_EQ(take_out("number").status, 422) << "nobody is given that";
    EXPECT_EQ(take_out("the foreman").status, 422);
}

TEST_F(ExportApi, WithTheYesItIsNotedBeforeAByteLeaves) {
    say_yes(cases::Consent::investigator);
    got(take_out("investigator"));
    EXPECT_EQ(last_entry().field("what"), "handed_on");
    EXPECT_EQ(last_entry().field("who"), "maria");
    EXPECT_EQ(last_entry().field("why"), "investigator");
    ASSERT_EQ(gone().size(), 1U);
    EXPECT_EQ(gone()[0].as_object().at("who").as_string(), "maria");
}

TEST_F(ExportApi, AYesThatIsTakenBackListsWhatWentAndLetsNothingMoreOut) {
    say_yes(cases::Consent::investigator);
    got(take_out("investigator"));
    const json::object after = got(post("consents/withdraw", {{"purpose", "investigator"}}));
    ASSERT_EQ(after.at("handed_on").as_array().size(), 1U);
    EXPECT_EQ(after.at("handed_on").as_array()[0].as_object().at("purpose").as_string(), "investigator");
    EXPECT_EQ(take_out("investigator").status, 409);
    EXPECT_EQ(gone().size(), 1U);
}

TEST_F(ExportApi, WhomTheCaseKeepsOutTakesNothingOut) {
    say_yes(cases::Consent::investigator);
    got(post("exclude", {{"person", "jean"}, {"as", "maria"}}));
    EXPECT_EQ(take_out("investigator", "jean").status, 409);
    EXPECT_EQ(take_out("investigator", "she said: he hit me").status, 422);
    EXPECT_TRUE(gone().empty());
}

/// The store, with something that happens just before the next commit.
class Before final : public redis::Client {
 public:
    explicit Before(redis::Client& to) : to_(to) {}
    redis::Awaitable<redis::Result<redis::Reply>> execute(redis::Command command,
                                                          redis::Deadline deadline) override {
        const bool commits = std::ranges::any_of(
            command, [](const std::string& word) { return word.find("handed_on") != std::string::npos; });
        if (commits) {
            for (redis::Command& one : std::exchange(first, {})) {
                (void)co_await to_.execute(std::move(one), deadline);
            }
        }
        co_return co_await to_.execute(std::move(command), deadline);
    }
    bool connected() const override { return to_.connected(); }
    redis::Traffic traffic() const override { return to_.traffic(); }
    void close() override {}

    std::vector<redis::Command> first;

 private:
    redis::Client& to_;
};

TEST_F(ExportApi, AYesThatIsTakenBackBetweenTheLookAndTheCommitLetsNothingOut) {
    say_yes(cases::Consent::investigator);
    Before between(*client);
    between.first.push_back({"HSET", keys.case_consents(id), "investigator", "withdrawn 7200 team"});
    cases::CaseDesk other_desk(cases::CaseDeskServices{
        between, *vault, clock, *packs, {{"fair-food", public_key}}, {{"fair-food", {{"maria"}, {}}}}});
    const std::string before = acts();
    const auto done = tests::run(
        io, other_desk.hand_on("fair-food", id, {"maria", "maria"}, cases::Consent::investigator, far()));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().category(), cases::consent_category());
    EXPECT_TRUE(between.first.empty()) << "nothing was committed at all";
    EXPECT_TRUE(gone().empty());
    EXPECT_EQ(acts(), before);
}

TEST_F(ExportApi, AYesThatIsSaidAnewMeanwhileIsAYes) {
    say_yes(cases::Consent::investigator);
    Before between(*client);
    between.first.push_back({"HSET", keys.case_consents(id), "investigator", "yes 7200 voice"});
    cases::CaseDesk other_desk(cases::CaseDeskServices{
        between, *vault, clock, *packs, {{"fair-food", public_key}}, {{"fair-food", {{"maria"}, {}}}}});
    EXPECT_TRUE(tests::run(
        io, other_desk.hand_on("fair-food", id, {"maria", "maria"}, cases::Consent::investigator, far())));
    EXPECT_EQ(gone().size(), 1U);
}

TEST(HandedOn, OfWhatItCannotReadItPassesOver) {
    const std::string lines =
        "junk\n{}\n{\"purpose\":\"buyer\",\"who\":\"ana\",\"hour\":3600}\n{\"purpose\":\"half";
    const std::vector<cases::HandedOn> read = cases::read_handed_on(lines);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].purpose, "buyer");
    EXPECT_EQ(read[0].hour, 3600);
}

}  // namespace
}  // namespace rightsline::api

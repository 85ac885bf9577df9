// A report is offered to another organisation: consent, offer, answer, and every way in which that ends.
#include "tests/gateway/api/referral_api.hpp"

namespace rightsline::api {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

TEST_F(ReferralApi, WithoutTheYesItIsRefusedAndTheMissingOneIsNamed) {
    const std::string before = acts();
    const http::Response refused = offer();
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("investigators"));
    say(cases::Consent::buyer, cases::Said::Answer::yes);
    EXPECT_EQ(offer().status, 409) << "a yes to another purpose is none";
    EXPECT_EQ(acts(), before);
    EXPECT_EQ(copies(), 0);
    EXPECT_TRUE(waiting().empty());
}

TEST_F(ReferralApi, UntilTheyAcceptTheySeeThatItIsOfferedAndNothingOfIt) {
    say_yes();
    const json::object offered = got(offer());
    EXPECT_EQ(offered.at("state").as_string(), "offered");
    EXPECT_EQ(last_entry().field("what"), "referred");
    EXPECT_EQ(last_entry().field("who"), "maria");
    EXPECT_EQ(last_entry().field("to"), "investigators");
    EXPECT_EQ(last_entry().field("why"), "investigate");
    ASSERT_EQ(waiting().size(), 1U);
    const json::object seen = waiting()[0].as_object();
    for (const auto& [name, value] : seen) {
        EXPECT_TRUE(
            std::set<std::string>({"id", "alias", "urgency", "state", "reason", "from", "by", "at", "until"})
                .contains(std::string(name)))
            << name;
    }
    EXPECT_EQ(read().status, 404);
    EXPECT_TRUE(went().empty()) << "nothing went yet";
    EXPECT_EQ(text({"HGET", keys.case_facts(id), "status"}), "received");
}

TEST_F(ReferralApi, AcceptedItOpensWithTheirKeyAndItsWorkerHearsThatItWasPassedOn) {
    say_yes();
    got(offer());
    const json::object accepted = got(answer("accept"));
    EXPECT_EQ(accepted.at("words").as_string(), "We passed your report on.");
    EXPECT_EQ(last_entry().field("what"), "referral_accepted");
    EXPECT_EQ(last_entry().field("who"), "thabo");
    EXPECT_EQ(went(), std::vector<std::string>{"investigators"});
    const json::object whole = got(read());
    EXPECT_EQ(last_entry().field("what"), "case_read");
    ASSERT_EQ(whole.at("parts").as_array().size(), 1U);
    const std::string sealed = *ops::from_base64(whole.at("parts").as_array()[0].as_string());
    EXPECT_EQ(cases::open_part(others, "fair-food", id, sealed)->text, secret);
    EXPECT_FALSE(cases::open_part(private_key(), "fair-food", id, sealed)) << "it is theirs alone";
    EXPECT_THAT(returns("+15005550777"), HasSubstr("We passed your report on."));
    const std::string before = acts();
    EXPECT_TRUE(got(answer("accept")).at("before").as_bool());
    EXPECT_EQ(acts(), before);
}

TEST_F(ReferralApi, TheyAreToldOfAnOfferOnceAndOfNothingElse) {
    EXPECT_EQ(offer().status, 409);
    EXPECT_EQ(times_told(), 0) << "it was refused";
    say_yes();
    got(offer());
    EXPECT_EQ(times_told(), 1);
    got(answer("accept"));
    json::object more = offer_of(copy_of("more"));
    more["after"] = 1;
    more["seen"] = 2;
    got(post("referrals/more", more));
    EXPECT_EQ(times_told(), 1);
    const json::object stands = got(ask_for("GET", "/api/v1/cases/" + id + "/referrals"));
    EXPECT_EQ(stands.at("organisations").as_array()[0].at("told").as_int64(), 2);
    EXPECT_EQ(stands.at("organisations").as_array()[1].at("told").as_int64(), 0);
}

TEST_F(ReferralApi, OfACaseThatIsGoneNobodyHearsThatItsWorkerHasNotAgreed) {
    EXPECT_EQ(post("referrals", offer_of(copy_of(secret)), std::string(32, 'f')).status, 404);
}

TEST_F(ReferralApi, DeclinedItsCopiesGoAndItMayBeOfferedAgain) {
    say_yes();
    got(offer());
    EXPECT_EQ(answer("decline", {{"reason", "we know him"}}).status, 422) << "a word of ours, no sentence";
    got(answer("decline", {{"reason", "conflict"}}));
    EXPECT_EQ(last_entry().field("why"), "conflict");
    EXPECT_EQ(state(), "declined");
    EXPECT_EQ(copies(), 0);
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(answer("accept").status, 409);
    got(offer());
    got(answer("accept"));
    EXPECT_EQ(state(), "accepted");
}

TEST_F(ReferralApi, TakenBackNothingMoreIsShown) {
    say_yes();
    got(offer());
    got(answer("accept"));
    got(read());
    got(post("referrals/take-back", {{"to", "investigators"}, {"as", "maria"}}));
    EXPECT_EQ(last_entry().field("what"), "referral_taken_back");
    EXPECT_EQ(read().status, 404);
    EXPECT_EQ(copies(), 0);
    EXPECT_EQ(went(), std::vector<std::string>{"investigators"}) << "what they read they have";
}

TEST_F(ReferralApi, AnOfferThatNobodyAnswersLapsesOnceAndSaysSo) {
    say_yes();
    got(offer());
    clock.advance(std::chrono::days(2));
    look();
    EXPECT_EQ(state(), "offered");
    clock.advance(std::chrono::days(1));
    look();
    look();
    EXPECT_EQ(state(), "lapsed");
    EXPECT_EQ(last_entry().field("what"), "referral_lapsed");
    EXPECT_EQ(copies(), 0);
    EXPECT_EQ(number({"ZCARD", keys.referrals()}), 0) << "nothing is left to look at";
    EXPECT_EQ(answer("accept").status, 409);
}

TEST_F(ReferralApi, AnAcceptedOneLapsesNever) {
    say_yes();
    got(offer());
    got(answer("accept"));
    clock.advance(std::chrono::days(400));
    look();
    EXPECT_EQ(state(), "accepted");
    EXPECT_EQ(waiting().size(), 1U);
}

TEST_F(ReferralApi, AYesThatIsTakenBackEndsAnOfferThatWaits) {
    say_yes();
    got(offer());
    take_back_the_yes();
    const http::Response refused = answer("accept");
    EXPECT_EQ(refused.status, 409) << "before anybody has looked";
    EXPECT_THAT(refused.body, HasSubstr("has not agreed"));
    look();
    EXPECT_EQ(state(), "withdrawn");
    EXPECT_EQ(last_entry().field("what"), "referral_withdrawn");
    EXPECT_EQ(copies(), 0);
    EXPECT_EQ(offer().status, 409);
}

TEST_F(ReferralApi, AYesThatIsTakenBackShutsWhatWasAcceptedFromItsCommitOn) {
    say_yes();
    got(offer());
    got(answer("accept"));
    take_back_the_yes();
    EXPECT_EQ(read().status, 404) << "before anybody has looked";
    json::object more = offer_of(copy_of("more"));
    more["after"] = 1;
    more["seen"] = 2;
    EXPECT_EQ(post("referrals/more", more).status, 409);
    look();
    EXPECT_EQ(copies(), 0);
    say_yes();
    EXPECT_EQ(read().status, 404) << "a new yes is for a new offer";
    EXPECT_EQ(went(), std::vector<std::string>{"investigators"}) << "and what went is told";
}

}  // namespace
}  // namespace rightsline::api

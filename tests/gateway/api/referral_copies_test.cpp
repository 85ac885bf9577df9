// What goes to another organisation and what does not: copies, recordings, the rest of the case, and what a thief reads.
#include "tests/gateway/api/referral_api.hpp"

namespace rightsline::api {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

TEST_F(ReferralApi, WhatIsNotSealedToThemIsKeptNowhere) {
    say_yes();
    for (const std::string& wrong :
         {ops::to_base64(secret), copy_of(secret, public_key),
          copy_of(secret, vault::CirclePrivateKey::parse(vault::make_circle("inspectors", 2).private_file)
                              .value()
                              .public_key())}) {
        EXPECT_EQ(post("referrals", offer_of(wrong)).status, 422);
    }
    json::object empty = offer_of(copy_of(secret));
    empty["parts"] = json::array();
    EXPECT_EQ(post("referrals", empty).status, 422);
    json::object unknown = offer_of(copy_of(secret));
    unknown["to"] = "brand";
    EXPECT_EQ(post("referrals", unknown).status, 409) << "this server has no key of theirs";
    unknown["to"] = "police";
    EXPECT_EQ(post("referrals", unknown).status, 422);
    EXPECT_EQ(copies(), 0);
}

TEST_F(ReferralApi, WhatItsWorkerToldSinceIsPassedOnlyByHand) {
    say_yes();
    got(offer());
    got(answer("accept"));
    tell("He did it again.");
    const auto not_passed = [this] {
        const json::object stands = got(ask_for("GET", "/api/v1/cases/" + id + "/referrals"));
        return stands.at("organisations").as_array()[0].at("referral").at("not_passed").as_int64();
    };
    EXPECT_EQ(not_passed(), 1);
    EXPECT_EQ(got(read()).at("parts_total").as_int64(), 1);
    json::object more = offer_of(copy_of("He did it again."));
    more["after"] = 1;
    more["seen"] = 2;
    got(post("referrals/more", more));
    EXPECT_EQ(last_entry().field("what"), "passed_more");
    EXPECT_EQ(not_passed(), 0);
    EXPECT_EQ(got(read()).at("parts_total").as_int64(), 2);
    EXPECT_EQ(post("referrals/more", more).status, 503) << "the very same, once more: it is there already";
    EXPECT_EQ(went().size(), 2U);
}

TEST_F(ReferralApi, TheOthersReachNothingElseOfTheCase) {
    say_yes();
    got(offer());
    got(answer("accept"));
    for (const char* path : {"", "/notes", "/tasks", "/log", "/choices", "/consents", "/referrals"}) {
        EXPECT_EQ(ask_for("GET", "/api/v1/cases/" + id + path + theirs).status, 404) << path;
    }
    EXPECT_EQ(ask_for("GET", std::string("/api/v1/cases") + theirs).status, 404);
    EXPECT_EQ(answer("take-back").status, 404) << "they decline, and take nothing back";
    EXPECT_EQ(post("referrals/accept", {{"as", "maria"}}).status, 404) << "nobody accepts their own offer";
    EXPECT_EQ(ask_for("GET", "/api/v1/cases/" + id + "/referred?program=fair-food/brand").status, 404);
    EXPECT_EQ(
        got(ask_for("GET", "/api/v1/referrals?program=fair-food/brand")).at("referrals").as_array().size(),
        0U);
}

TEST_F(ReferralApi, WhomTheCaseKeepsOutNeitherOffersNorAnswers) {
    say_yes();
    got(post("exclude", {{"person", "jean"}, {"as", "maria"}}));
    json::object by_him = offer_of(copy_of(secret));
    by_him["as"] = "jean";
    EXPECT_EQ(post("referrals", by_him).status, 409);
    got(offer());
    json::object stranger{{"as", "somebody"}};
    EXPECT_EQ(ask_for("POST", "/api/v1/cases/" + id + "/referrals/accept" + theirs, stranger).status, 422);
}

TEST_F(ReferralApi, ADeletedCaseTakesItsCopiesWithIt) {
    say_yes();
    got(offer());
    got(answer("accept"));
    apply(cases::deletion_writes(keys, id));
    EXPECT_EQ(copies(), 0);
    EXPECT_EQ(number({"ZCARD", keys.referrals()}), 0);
    EXPECT_EQ(read().status, 404);
    EXPECT_TRUE(waiting().empty());
}

TEST_F(ReferralApi, ACopyOfARecordingIsTheirsOnceItsOfferIsAccepted) {
    say_yes();
    const std::string copy = "cccccccccccccccccccccccccccccccc";
    EXPECT_EQ(bring(copy, public_key).status, 422) << "of another circle";
    ask({"SET", keys.recording_job(copy), "a recording of a worker that is still on its way"});
    EXPECT_NE(bring(copy, others.public_key()).status, 200)
        << "it would be taken for fetched, and deleted with this one";
    ask({"DEL", keys.recording_job(copy)});
    ask({"SADD", keys.case_recordings(id), copy});
    EXPECT_EQ(bring(copy, others.public_key()).status, 422) << "a worker's own";
    ask({"SREM", keys.case_recordings(id), copy});
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 0);
    got(bring(copy, others.public_key()));
    EXPECT_EQ(bring(copy, others.public_key()).status, 422) << "nothing is written over";
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 1) << "it goes again, when no offer takes it";
    json::object foreign = offer_of(copy_of(secret));
    std::ofstream(blobs.path() + "/" + std::string(32, 'd')) << "of another case";
    foreign["recordings"] = json::array{json::value(std::string(32, 'd'))};
    EXPECT_NE(post("referrals", foreign).status, 200) << "an offer takes no recording that is not its own";
    EXPECT_EQ(number({"SISMEMBER", keys.case_recordings(id), std::string(32, 'd')}), 0);
    json::object with_it = offer_of(copy_of(secret));
    with_it["recordings"] = json::array{json::value(copy)};
    got(post("referrals", with_it));
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 0);
    EXPECT_EQ(number({"SISMEMBER", keys.case_recordings(id), copy}), 1);
    const std::string hear = "/api/v1/cases/" + id + "/referred/recordings/" + copy + theirs;
    EXPECT_EQ(ask_for("GET", hear).status, 404);
    got(answer("accept"));
    const http::Response sealed = ask_for("GET", hear);
    ASSERT_EQ(sealed.status, 200) << sealed.body;
    EXPECT_EQ(*others.open_stream(cases::recording_context("fair-food", copy), sealed.body), "a voice");
    EXPECT_EQ(last_entry().field("what"), "recording_read");
    got(post("referrals/take-back", {{"to", "investigators"}, {"as", "maria"}}));
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 1) << "whoever holds the file deletes it";
    EXPECT_EQ(number({"SISMEMBER", keys.case_recordings(id), copy}), 0);
}

TEST_F(ReferralApi, NoWordOfTheReportStandsInWhatIsKeptInClear) {
    say_yes();
    got(offer());
    got(answer("accept"));
    for (const std::string& key : keys_like("*")) {
        const std::string kind = text({"TYPE", key});
        const redis::Reply all = kind == "string" ? ask({"GET", key})
                                 : kind == "hash" ? ask({"HVALS", key})
                                 : kind == "list" ? ask({"LRANGE", key, "0", "-1"})
                                                  : ask({"EXISTS", key});
        const auto check = [&](const redis::Reply& one) {
            EXPECT_THAT(one.string() == nullptr ? "" : *one.string(), Not(HasSubstr("passports"))) << key;
        };
        check(all);
        for (std::size_t i = 0; all.array() != nullptr && i < all.array()->size(); ++i) {
            check((*all.array())[i]);
        }
    }
}

}  // namespace
}  // namespace rightsline::api

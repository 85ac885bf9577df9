#include "gateway/api/consent_routes.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/consent.hpp"
#include "tests/redis/fixture.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::api {
namespace {

const std::string case_id = "0123456789abcdef0123456789abcdef";

class ConsentRoutesTest : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        cases::CaseFacts facts;
        facts.id = case_id;
        facts.alias = "7K4-921";
        facts.status = "received";
        redis::Commit commit;
        commit.writes = cases::filing_writes(keys, facts);
        for (redis::Write& one : cases::consent_writes(keys, case_id, cases::Consent::employer,
                                                       {cases::Said::Answer::yes, 7200, "sms"})) {
            commit.writes.push_back(std::move(one));
        }
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
        add_consent_routes(router, {*client, clock, {"fair-food"}});
    }
    static redis::Deadline far() { return redis::in(std::chrono::seconds(10)); }
    http::Response get(const std::string& target, unsigned uid = getuid()) {
        http::Request request;
        request.method = "GET";
        request.target = target;
        request.peer_uid = uid;
        return tests::run(io, router.handle(request));
    }

    stores::Keyspace keys{"fair-food"};
    support::ManualClock clock;
    http::Router router;
};

TEST_F(ConsentRoutesTest, TellAllNinePurposesAndWhatNobodyAskedIsANo) {
    const http::Response response = get("/api/v1/cases/" + case_id + "/consents");
    ASSERT_EQ(response.status, 200);
    const boost::json::object told = boost::json::parse(response.body).as_object();
    EXPECT_EQ(told.at("alias").as_string(), "7K4-921");
    EXPECT_EQ(told.at("contact").as_string(), "none");
    int yes = 0;
    ASSERT_EQ(told.at("consents").as_array().size(), 10U);
    for (const boost::json::value& one : told.at("consents").as_array()) {
        const boost::json::object& consent = one.as_object();
        if (consent.at("purpose").as_string() == "employer") {
            ++yes;
            EXPECT_EQ(consent.at("answer").as_string(), "yes");
            EXPECT_EQ(consent.at("hour").to_number<int>(), 7200);
            EXPECT_EQ(consent.at("how").as_string(), "sms");
        } else {
            EXPECT_EQ(consent.at("answer").as_string(), "no");
            EXPECT_FALSE(consent.at("asked").as_bool());
        }
    }
    EXPECT_EQ(yes, 1);
}

TEST_F(ConsentRoutesTest, AnswerNobodyElseAndOfNoOtherCase) {
    EXPECT_EQ(get("/api/v1/cases/" + case_id + "/consents", getuid() + 4711).status, 403);
    EXPECT_EQ(get("/api/v1/cases/" + std::string(32, 'f') + "/consents").status, 404);
    EXPECT_EQ(get("/api/v1/cases/7K4-921/consents").status, 404);
}

}  // namespace
}  // namespace rightsline::api

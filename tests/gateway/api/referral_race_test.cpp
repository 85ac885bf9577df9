// Two acts on a referral at the same moment: whichever comes first, nothing of what ended stays, and nothing is read after it.
#include "tests/gateway/api/referral_api.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

constexpr int rounds = 24;  // the second act begins ever later

class ReferralRaces : public ReferralApi {
 protected:
    http::Request request(const std::string& method, const std::string& target, const json::object& body) {
        http::Request one;
        one.method = method;
        one.target = "/api/v1/cases/" + id + target;
        one.body = method == "POST" ? json::serialize(body) : "";
        one.peer_uid = getuid();
        return one;
    }
    /// The status of each; the second begins when the first has had `after` turns of the loop.
    std::pair<int, int> at_once(const http::Request& first, const http::Request& second, int after) {
        std::pair<int, int> answered{0, 0};
        const auto start = [this](const http::Request& one, int& status) {
            boost::asio::co_spawn(io, router.handle(one), [&status](std::exception_ptr, http::Response done) {
                status = done.status;
            });
        };
        start(first, answered.first);
        io.restart();
        for (int i = 0; i < after; ++i) {
            io.run_one_for(std::chrono::milliseconds(5));
        }
        start(second, answered.second);
        tests::run_until(io, [&] { return answered.first != 0 && answered.second != 0; });
        return answered;
    }
    std::int64_t place_of(const std::string& what) {
        const auto all = *audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
        std::int64_t found = -1;
        for (std::size_t i = 0; i < all.size(); ++i) {
            found = all[i].field("what") == what ? static_cast<std::int64_t>(i) : found;
        }
        return found;
    }
};

TEST_F(ReferralRaces, WhatIsPassedOnWhileItIsTakenBackGoesWithIt) {
    say_yes();
    int both = 0;
    for (int round = 0; round < rounds; ++round) {
        const std::string copy = std::string(30, 'c') + std::to_string(10 + round);
        ASSERT_EQ(offer().status, 200);
        ASSERT_EQ(answer("accept").status, 200);
        ASSERT_EQ(bring(copy, others.public_key()).status, 200);
        json::object more = offer_of(copy_of("more"));
        more["after"] = 1;
        more["seen"] = 2;
        more["recordings"] = json::array{json::value(copy)};
        const auto [passed, back] = at_once(
            request("POST", "/referrals/more", more),
            request("POST", "/referrals/take-back", {{"to", "investigators"}, {"as", "maria"}}), round);
        ASSERT_EQ(back, 200) << round;
        both += passed == 200 ? 1 : 0;
        EXPECT_EQ(number({"HEXISTS", keys.case_copies(id), "investigators/0"}), 0) << round;
        EXPECT_EQ(number({"HEXISTS", keys.case_copies(id), "investigators/1"}), 0) << round;
        EXPECT_EQ(number({"SISMEMBER", keys.case_recordings(id), copy}), 0)
            << round << ": its file would stay for ever";
        EXPECT_FALSE(text({"ZSCORE", keys.withdrawn_recordings(), copy}).empty()) << round;
    }
    EXPECT_GT(both, 0) << "of which one came first at least once";
}

TEST_F(ReferralRaces, NothingIsReadOnceItWasTakenBack) {
    say_yes();
    for (int round = 0; round < rounds; ++round) {
        ASSERT_EQ(offer().status, 200);
        ASSERT_EQ(answer("accept").status, 200);
        const auto [read, back] = at_once(
            request("GET", std::string("/referred") + theirs, {}),
            request("POST", "/referrals/take-back", {{"to", "investigators"}, {"as", "maria"}}), round);
        ASSERT_EQ(back, 200) << round;
        ASSERT_TRUE(read == 200 || read == 404) << read;
        if (read == 200) {
            EXPECT_LT(place_of("case_read"), place_of("referral_taken_back")) << round;
        }
    }
}

}  // namespace
}  // namespace rightsline::api

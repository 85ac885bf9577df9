// Who calls a worker from the console: whoever is logged in, who may work on the case, once; and why a call is not made.
#include <gtest/gtest.h>

#include "gateway/callbacks/error.hpp"
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

using access::Role;
using callbacks::errc;

class CallBackApi : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::monitor}});
        add_user("olga", {{"fair-food", Role::auditor}});
        maria = tool_of("maria");
    }
    http::Response call(const http::Headers& who, std::string body = "") {
        return ask_console("POST", "/api/v1/cases/" + case_id + "/call", who, std::move(body));
    }

    http::Headers maria;
};

TEST_F(CallBackApi, WhoeverIsLoggedInCallsWhateverTheBodySaysAndIsToldNothingOfTheWorker) {
    const http::Response begun = call(maria, R"({"as": "jean"})");
    ASSERT_EQ(begun.status, 200) << begun.body;
    ASSERT_EQ(wishes.size(), 1U);
    EXPECT_EQ(wishes[0].program, "fair-food");
    EXPECT_EQ(wishes[0].case_id, case_id);
    EXPECT_EQ(wishes[0].person, "maria");
    EXPECT_EQ(json_of(begun), (boost::json::object{{"id", case_id}}));
}

TEST_F(CallBackApi, ATapThatIsRepeatedIsOneCall) {
    http::Headers once = maria;
    once.emplace_back("Idempotency-Key", "c1");
    EXPECT_EQ(call(once).status, 200);
    EXPECT_EQ(call(once).status, 200);
    EXPECT_EQ(wishes.size(), 1U);
}

TEST_F(CallBackApi, WhoMayNotWorkOnItFindsNothingThereAndNobodyIsRung) {
    EXPECT_EQ(call(tool_of("olga")).status, 404);
    EXPECT_EQ(call({}).status, 401);
    ASSERT_EQ(ask_console("POST", "/api/v1/cases/" + case_id + "/recuse", maria).status, 200);
    EXPECT_EQ(call(maria).status, 404);
    EXPECT_TRUE(wishes.empty());
}

TEST_F(CallBackApi, WhyItIsNotMadeIsASentenceOfItsOwn) {
    std::set<std::string> told;
    for (const errc why : {errc::closed, errc::not_wanted, errc::said_stop, errc::wrong_hour,
                           errc::enough_today, errc::under_way, errc::no_phone_of_ours}) {
        call_refused = why;
        const http::Response refused = call(maria);
        EXPECT_EQ(refused.status, 409) << refused.body;
        told.insert(text_in(refused, "title"));
    }
    EXPECT_EQ(told.size(), 7U);
    call_refused = errc::contended;
    EXPECT_EQ(call(maria).status, 503);
}

}  // namespace
}  // namespace rightsline::api

// What fsck and backup are told of a server, and who is not.
#include "gateway/api/keeping_routes.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include "tests/support/run.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

Awaitable<Result<std::string>> whose() { co_return std::string("5f0c"); }

class KeepingApi : public testing::Test {
 protected:
    http::Response ask(unsigned uid = getuid(), const std::string& peer = "") {
        KeepingRouteServices services;
        services.keeper = [this] { return keeper; };
        services.store = whose;
        services.state_dir = "/state";
        services.keys_dir = "/keys";
        services.programs = {"fair-food"};
        services.lines = {{"fair-food", "+15005550006"}};
        http::Router router;
        add_keeping_routes(router, std::move(services));
        http::Request request;
        request.method = "GET";
        request.target = "/api/v1/keeping";
        request.peer_uid = uid;
        request.peer = peer;
        return tests::run(io, router.handle(request));
    }

    boost::asio::io_context io{1};
    std::optional<redis::Address> keeper = redis::Address{"/redis.sock", "", 6379, "keeper", "secret", 0};
};

TEST_F(KeepingApi, TellsItsOwnUserHowToReadTheStore) {
    const http::Response response = ask();
    ASSERT_EQ(response.status, 200) << response.body;
    const json::object told = json::parse(response.body).as_object();
    EXPECT_EQ(told.at("keeper").at("user").as_string(), "keeper");
    EXPECT_EQ(told.at("keeper").at("password").as_string(), "secret");
    EXPECT_EQ(told.at("store").as_string(), "5f0c");
    EXPECT_EQ(told.at("lines").at(0).at("program").as_string(), "fair-food");
}

TEST_F(KeepingApi, TellsNobodyElse) {
    for (const http::Response& response : {ask(getuid() + 1), ask(getuid(), "127.0.0.1:1")}) {
        EXPECT_EQ(response.status, 403);
        EXPECT_EQ(response.body.find("secret"), std::string::npos);
    }
}

TEST_F(KeepingApi, SaysWhatAnOutsideStoreLacks) {
    keeper.reset();
    const http::Response response = ask();
    EXPECT_EQ(response.status, 409);
    EXPECT_NE(response.body.find("redis.keeper_url"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::api

#include "gateway/http/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

Handler says(std::string what) {
    return [what](const Request&, const Parameters& parameters) -> Awaitable<Response> {
        Response response;
        response.body =
            what + ':' + std::string(parameters["account"]) + ':' + std::string(parameters["hash"]);
        co_return response;
    };
}

Awaitable<Response> throws(const Request&, const Parameters&) {
    throw std::runtime_error("words of a worker");
    co_return Response();
}

Router make_router() {
    Router router;
    router.add("POST", "/hooks/{account}/sms", says("sms"));
    router.add("POST", "/hooks/{account}/voice", says("voice"));
    router.add("GET", "/media/{hash}", says("media"));
    router.add("GET", "/media/list", says("list"));
    router.add("PUT", "/media/{hash}", says("put"));
    router.add("GET", "/", says("root"));
    router.add("GET", "/bug", throws);
    return router;
}

Response ask(std::string method, std::string target) {
    boost::asio::io_context io(1);
    const Router router = make_router();
    Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    return tests::run(io, router.handle(request));
}

TEST(Router, FindsByMethodAndPath) {
    EXPECT_EQ(ask("POST", "/hooks/main/sms").body, "sms:main:");
    EXPECT_EQ(ask("POST", "/hooks/main/voice?x=/hooks/other/sms").body, "voice:main:");
    EXPECT_EQ(ask("GET", "/").body, "root::");
}

TEST(Router, PrefersTheLiteralSegment) {
    EXPECT_EQ(ask("GET", "/media/list").body, "list::");
    EXPECT_EQ(ask("GET", "/media/lists").body, "media::lists");
}

TEST(Router, DecodesParameters) {
    EXPECT_EQ(ask("POST", "/hooks/a%20b/sms").body, "sms:a b:");
    EXPECT_EQ(ask("POST", "/hooks/a%zz/sms").status, 404);
}

TEST(Router, AnswersUnknownPathsWith404) {
    for (const char* target :
         {"/hooks", "/hooks/main", "/hooks//sms", "/hooks/main/sms/", "/hooks/main/sms/x", "/Media/x"}) {
        EXPECT_EQ(ask("POST", target).status, 404) << target;
    }
}

TEST(Router, AnswersOtherMethodsWith405AndAllow) {
    const Response response = ask("DELETE", "/media/x");
    EXPECT_EQ(response.status, 405);
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0].second, "GET, PUT");
}

TEST(Router, ServesHeadByGet) {
    EXPECT_EQ(ask("HEAD", "/media/x").status, 200);
    EXPECT_EQ(ask("HEAD", "/hooks/main/sms").status, 405);
}

TEST(Router, TurnsAnExceptionIntoAPlain500) {
    const Response response = ask("GET", "/bug");
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body.find("worker"), std::string::npos);
}

TEST(Router, KnowsItsRoutesByMethodAndPattern) {
    const Router router = make_router();
    EXPECT_TRUE(router.has("POST", "/hooks/{account}/sms"));
    EXPECT_FALSE(router.has("GET", "/hooks/{account}/sms"));
    EXPECT_FALSE(router.has("POST", "/hooks/{other}/sms"));
    EXPECT_FALSE(router.has("POST", "/hooks/account/sms"));
}

TEST(Router, ShowsEveryAnswerToItsLastLook) {
    Router router = make_router();
    router.set_finish([](Response& response) { response.headers.emplace_back("X-Seen", "yes"); });
    for (const char* target : {"/", "/nothing", "/bug", "/hooks/a/sms"}) {
        Request request;
        request.method = "GET";
        request.target = target;
        boost::asio::io_context io(1);
        const Response response = tests::run(io, router.handle(request));
        ASSERT_FALSE(response.headers.empty()) << target;
        EXPECT_EQ(response.headers.back().first, "X-Seen") << target;
    }
}

}  // namespace
}  // namespace rightsline::http

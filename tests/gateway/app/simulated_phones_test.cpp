#include "gateway/app/simulated_phones.hpp"

#include <gtest/gtest.h>

#include "gateway/providers/simulator.hpp"
#include "tests/support/run.hpp"

namespace rightsline::app {
namespace {

class DemoPhones : public testing::Test {
 protected:
    DemoPhones() {
        add_simulated_phones(router,
                             {base, "token", {{"+15005550101", "maria"}}, [this](const std::string& line) {
                                  shown += line + "\n";
                              }});
    }
    http::Response send(const std::string& path, const std::string& body,
                        const std::string& token = "token") {
        http::Request request;
        request.method = "POST";
        request.target = "/simulated" + path;
        request.body = body;
        request.headers.emplace_back("X-Rightsline-Signature",
                                     providers::sign_simulated(token, base + path, body));
        return tests::run(io, router.handle(request));
    }

    const std::string base = simulated_base("127.0.0.1:9090");
    boost::asio::io_context io;
    http::Router router;
    std::string shown;
};

TEST_F(DemoPhones, ShowTextsAndCallsByNameAndNeverByNumber) {
    EXPECT_EQ(send("/messages", R"({"to": "+15005550101", "text": "Urgent."})").status, 201);
    EXPECT_EQ(send("/messages", R"({"to": "+15005550199", "text": "Hello."})").status, 201);
    EXPECT_EQ(send("/calls", R"({"to": "+15005550101", "page": "http://x"})").status, 201);
    EXPECT_EQ(shown,
              "text to maria: Urgent.\ntext to somebody: Hello.\n"
              "call to maria: the phone rings; answer the text in its place\n");
}

TEST_F(DemoPhones, ShowNothingThatOurAccountDidNotSign) {
    EXPECT_EQ(send("/messages", R"({"to": "+15005550101", "text": "false"})", "other").status, 403);
    EXPECT_EQ(send("/messages", "no object").status, 400);
    EXPECT_EQ(shown, "");
}

}  // namespace
}  // namespace rightsline::app

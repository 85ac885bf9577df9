#include <gtest/gtest.h>

#include <fstream>

#include "gateway/app/health.hpp"
#include "gateway/app/media.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::app {
namespace {

class Recordings : public testing::Test {
 protected:
    void SetUp() override { std::ofstream(folder.path() + "/a.wav") << "sound"; }
    tests::TemporaryDirectory folder;
    Media media{{{"aa11", folder.path() + "/a.wav"}, {"bb22", folder.path() + "/gone.wav"}}};
};

TEST_F(Recordings, AreServedByHashForEver) {
    const http::Response served = media.serve("aa11.wav");
    EXPECT_EQ(served.status, 200);
    EXPECT_EQ(served.body, "sound");
    EXPECT_EQ(served.content_type, "audio/wav");
    ASSERT_EQ(served.headers.size(), 1U);
    EXPECT_NE(served.headers[0].second.find("immutable"), std::string::npos);
}

TEST_F(Recordings, NothingElseIsServed) {
    for (const char* name : {"", ".wav", "aa11", "aa11.mp3", "aa11.wav.wav", "AA11.wav", "bb22.wav",
                             "cc33.wav", "../a.wav", "/etc/passwd"}) {
        EXPECT_EQ(media.serve(name).status, 404) << name;
    }
}

TEST_F(Recordings, WhatWasPreloadedOutlivesItsFile) {
    media.preload({"aa11", "unknown"});
    std::remove((folder.path() + "/a.wav").c_str());
    EXPECT_EQ(media.serve("aa11.wav").body, "sound");
}

class Health : public testing::Test {
 protected:
    Health() {
        add_health_routes(router, [this] { return readiness; }, metrics, [this] { ++refreshed; });
    }
    http::Response get(const char* target) {
        http::Request request;
        request.method = "GET";
        request.target = target;
        boost::asio::io_context io(1);
        return tests::run(io, router.handle(request));
    }
    Readiness readiness;
    ops::Metrics metrics;
    int refreshed = 0;
    http::Router router;
};

TEST_F(Health, IsAliveWhateverTheStoreDoes) { EXPECT_EQ(get("/healthz").status, 200); }

TEST_F(Health, IsReadyOnlyWhenEverythingIsAndSaysWhyNot) {
    const std::pair<Readiness, int> cases[] = {{{false, false, false}, 503},
                                               {{true, false, false}, 503},
                                               {{false, true, false}, 503},
                                               {{true, true, true}, 503},
                                               {{true, true, false}, 200}};
    for (const auto& [is, status] : cases) {
        readiness = is;
        const http::Response told = get("/readyz");
        EXPECT_EQ(told.status, status) << told.body;
        EXPECT_NE(told.body.find(std::string("\"store\":") + (is.store ? "true" : "false")),
                  std::string::npos);
    }
}

TEST_F(Health, MetricsAreRefreshedBeforeTheyAreTold) {
    metrics.counter("rightsline_turns_total", "Turns").add();
    const http::Response told = get("/metrics");
    EXPECT_EQ(refreshed, 1);
    EXPECT_NE(told.body.find("rightsline_turns_total 1"), std::string::npos) << told.body;
}

}  // namespace
}  // namespace rightsline::app

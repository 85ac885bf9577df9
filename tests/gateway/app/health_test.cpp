#include "gateway/app/health.hpp"

#include <gtest/gtest.h>

#include "tests/support/run.hpp"

namespace rightsline::app {
namespace {

class Health : public testing::Test {
 protected:
    void SetUp() override {
        add_health_routes(router, [this] { return readiness; }, metrics, [this] { ++refreshed; });
    }
    http::Response get(const std::string& path) {
        http::Request request;
        request.method = "GET";
        request.target = path;
        return tests::run(io, router.handle(request));
    }

    boost::asio::io_context io{1};
    Readiness readiness;
    ops::Metrics metrics;
    http::Router router;
    int refreshed = 0;
};

TEST_F(Health, AliveWhateverTheStoreDoes) { EXPECT_EQ(get("/healthz").status, 200); }

TEST_F(Health, ReadyOnlyWithStoreAndPacksAndNotWhileDraining) {
    EXPECT_EQ(get("/readyz").status, 503);
    readiness.store = true;
    EXPECT_EQ(get("/readyz").status, 503);
    readiness.packs = true;
    EXPECT_EQ(get("/readyz").status, 200);
    readiness.draining = true;
    const http::Response draining = get("/readyz");
    EXPECT_EQ(draining.status, 503);
    EXPECT_NE(draining.body.find("\"draining\":true"), std::string::npos);
}

TEST_F(Health, MetricsAreRefreshedBeforeTheyAreShown) {
    metrics.counter("rightsline_test_total", "A test").add(3);
    const http::Response shown = get("/metrics");
    EXPECT_EQ(refreshed, 1);
    EXPECT_NE(shown.body.find("rightsline_test_total 3"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::app

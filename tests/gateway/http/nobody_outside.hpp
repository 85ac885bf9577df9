// NobodyOutside: a pool that reaches nobody; every request is turned away before a byte left.
//
// Threading: any. Owner: the test.
#pragma once

#include "gateway/http/error.hpp"
#include "gateway/http/pool.hpp"

namespace rightsline::tests {

class NobodyOutside final : public http::Pool {
 public:
    Awaitable<http::Fate> send(http::Outgoing, Deadline) override {
        co_return http::Fate{http::make_error_code(http::errc::busy), false};
    }
    http::PoolCounts counts() const override { return {}; }
};

}  // namespace rightsline::tests

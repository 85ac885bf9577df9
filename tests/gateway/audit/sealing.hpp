// What the tests of the stored audit share: a real store, entries in it, servers that seal, somebody who verifies.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <string>
#include <vector>

#include "gateway/audit/reader.hpp"
#include "gateway/audit/sealer.hpp"
#include "gateway/ops/clock.hpp"
#include "tests/gateway/audit/paper.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::audit {

class Sealing : public redis::WithServer {
 protected:
    using Done = Sealer::Done;

    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, soon())));
    }
    static Deadline soon() { return redis::in(std::chrono::seconds(10)); }
    void commit(std::vector<redis::Write> writes) {
        redis::Commit all;
        all.writes = std::move(writes);
        const auto done = tests::run(io, redis::commit(*client, all, soon()));
        ASSERT_TRUE(done && done->outcome == redis::Committed::Outcome::committed);
    }
    void act(int times = 1) {
        for (int i = 0; i < times; ++i) {
            commit(entry_writes(keys, {What::recording_held, "0123456789abcdef0123456789abcdef"}));
        }
    }
    Sealer server() { return {*client, key, clock, metrics}; }
    Result<Done> close_block() {
        Sealer one = server();
        return tests::run(io, one.close_block(program, soon()));
    }
    Verdict verify(const std::vector<Head>& heads = {}) {
        seen.clear();
        Verifier verifier(program, {key.public_key()}, heads);
        const Result<Verdict> verdict =
            tests::run(io, read_audit(*client, program, std::move(verifier),
                                      [this](const Entry& one) { seen.emplace_back(one.field("what")); }));
        EXPECT_TRUE(verdict) << verdict.error().message();
        return verdict ? *verdict : Verdict{};
    }
    std::int64_t blocks() { return number({"LLEN", keys.audit_blocks()}); }

    stores::Keyspace keys{program};
    vault::AuditKey key = fresh_key();
    ops::SystemClock clock;
    ops::Metrics metrics;
    std::vector<std::string> seen;
};

}  // namespace rightsline::audit

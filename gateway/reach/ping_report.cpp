// What the team is told of the texts to a worker.
#include <utility>

#include "gateway/reach/ping_desk.hpp"

namespace rightsline::reach {

Awaitable<Result<PingReport>> PingDesk::report(std::string program, std::string case_id, Deadline deadline) {
    const Result<cases::Reach> reach = co_await texting_.book().reach(program, case_id, deadline);
    if (!reach) {
        co_return reach.error();
    }
    Result<StoredOutreach> stored = co_await texting_.load(program, case_id, deadline);
    if (!stored) {
        co_return stored.error();
    }
    PingReport report;
    report.stopped = reach->stopped;
    report.texts = reach->texts;
    report.outreach = std::move(stored->outreach);
    const stores::Keyspace keys(program);
    for (std::size_t i = 0; i < report.outreach.pings.size(); ++i) {  // a worker may have changed their line
        const Ping& ping = report.outreach.pings[i];
        const std::vector<std::string> it{ping.message};
        Result<std::vector<outbox::Fate>> fate =
            co_await outbox::fates(services_.redis, keys, ping.line, it, deadline);
        if (!fate) {
            co_return fate.error();
        }
        report.fates.push_back(std::move(fate->front()));
    }
    co_return std::move(report);
}

Awaitable<Result<std::int64_t>> PingDesk::stopped(std::string program, std::string case_id,
                                                  Deadline deadline) {
    co_return co_await texting_.book().stopped(std::move(program), std::move(case_id), deadline);
}

}  // namespace rightsline::reach

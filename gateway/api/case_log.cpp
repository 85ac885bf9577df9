#include "gateway/api/case_log.hpp"

#include <optional>
#include <utility>

#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

constexpr std::size_t entries_a_page = 1000;
constexpr int pages_at_once = 10;
constexpr std::uint64_t an_hour_ms = 3'600'000;  // the store's clock may be behind ours

audit::StreamId begin_of(const cases::CaseFacts& facts, const std::string& from) {
    if (const std::optional<audit::StreamId> given = audit::parse_stream_id(from)) {
        return *given;
    }
    const auto filed = static_cast<std::uint64_t>(facts.filed_hour) * 1000;
    return {filed < an_hour_ms ? 0 : filed - an_hour_ms, 0};
}

}  // namespace

Awaitable<Result<CaseLogPage>> read_case_log(redis::Client& client, std::string program,
                                             cases::CaseFacts facts, std::string from,
                                             redis::Deadline deadline) {
    const std::string stream = stores::Keyspace(program).audit();
    audit::StreamId at = begin_of(facts, from);
    CaseLogPage log;
    for (int i = 0; i < pages_at_once; ++i) {
        redis::Command question{"XRANGE", stream, at.str(), "+", "COUNT", std::to_string(entries_a_page)};
        const Result<redis::Reply> reply = co_await client.execute(std::move(question), deadline);
        if (!reply) {
            co_return reply.error();
        }
        std::optional<std::vector<audit::Entry>> entries = audit::read_entries(*reply);
        if (!entries) {
            co_return redis::errc::unexpected_reply;
        }
        const std::size_t read = entries->size();
        at = entries->empty() ? at : entries->back().id.next();
        for (audit::Entry& entry : *entries) {
            if (entry.field("case") == facts.id) {
                log.entries.push_back(std::move(entry));
            }
        }
        if (read < entries_a_page) {
            co_return log;
        }
    }
    log.next = at.str();
    co_return log;
}

}  // namespace rightsline::api

#include "gateway/api/audit_routes.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/audit/block.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr int usual_page = 100;
constexpr int longest_page = 500;

std::int64_t seconds_of(const audit::StreamId& id) { return static_cast<std::int64_t>(id.ms / 1000); }

json::object entry_json(const audit::Entry& entry, const std::optional<audit::Block>& head) {
    json::object out{{"id", entry.id.str()},
                     {"at", seconds_of(entry.id)},
                     {"sealed", head.has_value() && entry.id <= head->last}};
    for (const auto& [name, value] : entry.fields) {
        out[name] = value;
    }
    return out;
}

json::value head_json(const std::optional<audit::Block>& head, const std::string& bytes) {
    if (!head) {
        return nullptr;
    }
    return json::object{{"head", audit::Head{head->sequence, audit::digest_of(bytes)}.str()},
                        {"until", head->last.str()},
                        {"sealed_at", head->sealed_ms / 1000},
                        {"block", ops::to_base64(bytes)}};
}

/// Where to begin: behind the page before, or with the second that was asked for, or with the first entry of all.
std::optional<audit::StreamId> begin_of(const http::Request& request) {
    const std::string cursor = value_of(request, "cursor");
    if (!cursor.empty()) {
        return audit::parse_stream_id(cursor);
    }
    const std::string since = value_of(request, "since");
    constexpr std::uint64_t farthest = 1'000'000'000'000;  // seconds; more would be no milliseconds
    std::uint64_t seconds = 0;
    const auto [end, failed] = std::from_chars(since.data(), since.data() + since.size(), seconds);
    const bool read = failed == std::errc{} && end == since.data() + since.size() && seconds < farthest;
    return read || since.empty() ? std::optional(audit::StreamId{seconds * 1000, 0}) : std::nullopt;
}

class AuditRoutes {
 public:
    explicit AuditRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    /// The head after the entries: what it says of them is true of all that stand above it.
    Awaitable<http::Response> log(std::string program, audit::StreamId from, int limit) {
        const stores::Keyspace keys(program);
        const Deadline in_time = services_.clock.in(budget);
        redis::Command question{"XRANGE", keys.audit(), from.str(), "+", "COUNT", std::to_string(limit)};
        const Result<redis::Reply> reply = co_await services_.redis.execute(std::move(question), in_time);
        const auto entries = reply ? audit::read_entries(*reply) : std::nullopt;
        if (!entries) {
            co_return store_is_silent();
        }
        redis::LoadKeys wanted;
        wanted.document = keys.audit_head();
        const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, in_time);
        if (!stored) {
            co_return store_is_silent();
        }
        const std::optional<audit::Block> head = audit::parse_block(stored->document);
        json::array all;
        for (const audit::Entry& entry : *entries) {
            all.push_back(entry_json(entry, head));
        }
        const bool full = std::cmp_equal(entries->size(), limit);
        co_return as_json(json::object{{"program", program},
                                       {"entries", std::move(all)},
                                       {"next", full ? entries->back().id.next().str() : ""},
                                       {"head", head_json(head, stored->document)},
                                       {"head_damaged", stored->version != 0 && !head}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    CaseworkRouteServices services_;
};

}  // namespace

void add_audit_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<AuditRoutes>(std::move(services));
    router.add("GET", "/api/v1/audit", [routes](const http::Request& request, const http::Parameters&) {
        http::Response refusal;
        auto asked = read_casework(request, routes->programs(), "", refusal);
        const std::optional<audit::StreamId> from = begin_of(request);
        if (!asked || !from) {
            return at_once(asked ? problem(422,
                                           "this is no place in the log; begin without a cursor, or with "
                                           "since as seconds since 1970")
                                 : std::move(refusal));
        }
        const int limit = number_of(request, "limit", usual_page, 1, longest_page);
        return routes->log(std::move(asked->program), *from, limit);
    });
}

}  // namespace rightsline::api

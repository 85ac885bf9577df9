#include "gateway/api/case_list.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/sealing.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/api/case_filter.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/ping_json.hpp"
#include "gateway/api/query.hpp"
#include "gateway/cases/case_cursor.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr int default_page = 100;
constexpr int longest_page = 1000;
constexpr int most_looked_at = 2000;  // by one request
constexpr std::size_t sealed_bytes =
    64;                          // of a place, whichever: else its length tells the urgency of what it names
constexpr int least_step = 100;  // read at once, so that one hidden case more or less is mostly no other work

/// base64 as it may stand in a query.
std::string to_query(std::string_view bytes) {
    std::string text = ops::to_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

std::optional<std::string> from_query(std::string text) {
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return ops::from_base64(text);
}

http::Response no_place() { return problem(422, "this is no place in the list; begin without a cursor"); }

/// Whether some of theirs, or some that nobody has looked at, come behind a page.
enum class Rest : std::uint8_t { none, some };

class CaseList {
 public:
    CaseList(const ApiServices& services, const http::Request& request, std::string program)
        : services_(services),
          reader_(reader_of(request)),
          filter_(filter_of(request)),
          program_(std::move(program)),
          limit_(number_of(request, "limit", default_page, 1, longest_page)),
          cursor_(value_of(request, "cursor")) {}

    /// As it stands, by how many come before.
    Awaitable<http::Response> of_all(int skip) {
        if (!cursor_.empty()) {
            const Result<int> place = co_await cases::place_after(services_.redis, program_, cursor_, soon());
            if (!place) {
                co_return place.error() == redis::make_error_code(redis::errc::out_of_bounds)
                    ? no_place()
                    : store_is_silent();
            }
            skip = *place;
        }
        const Result<cases::CasePage> found = co_await services_.cases.list(program_, skip, limit_, soon());
        if (!found) {
            co_return store_is_silent();
        }
        const Result<Rest> rest = co_await take(found->cases, longest_page);
        if (!rest) {
            co_return store_is_silent();
        }
        const bool more = !found->cases.empty() && skip + limit_ < found->total;
        json::value next =
            more ? json::value(cases::cursor_after(found->cases.back())) : json::value(nullptr);
        co_return co_await told(skip == 0, found->total, std::move(next));
    }

    /// As it is there for a user.
    Awaitable<http::Response> of_theirs() {
        const bool first = cursor_.empty();
        const Result<void> opened = co_await open_cursor();
        if (!opened) {
            co_return opened.error() == access::make_error_code(access::errc::damaged) ? no_place()
                                                                                       : store_is_silent();
        }
        const Result<Rest> more = co_await fill();
        if (!more) {
            co_return more.error() == redis::make_error_code(redis::errc::out_of_bounds) ? no_place()
                                                                                         : store_is_silent();
        }
        json::value next = nullptr;
        if (*more == Rest::some) {
            cursor_.resize(std::max(cursor_.size(), sealed_bytes), ' ');
            const Result<std::string> sealed = co_await access::seal(services_.vault, context(), cursor_);
            if (!sealed) {
                co_return store_is_silent();
            }
            next = to_query(*sealed);
        }
        co_return co_await told(first, std::nullopt, std::move(next));
    }

 private:
    Deadline soon() const { return services_.clock.in(budget); }

    /// Nobody else's cursor means anything.
    std::string context() const { return stores::Keyspace(program_).cases() + ":" + reader_.name; }

    /// Errors: access::errc::damaged.
    Awaitable<Result<void>> open_cursor() {
        if (cursor_.empty()) {
            co_return Result<void>();
        }
        std::optional<std::string> sealed = from_query(cursor_);
        if (!sealed) {
            co_return access::errc::damaged;
        }
        Result<std::string> plain = co_await access::unseal(services_.vault, context(), std::move(*sealed));
        if (!plain) {
            co_return plain.error();
        }
        cursor_ = plain->substr(0, plain->find(' '));
        co_return Result<void>();
    }

    /// Reads on until the page is full; then `cursor_` is behind its last one. What comes behind it.
    Awaitable<Result<Rest>> fill() {
        const int step = std::max(limit_ + 1, least_step);
        for (int looked_at = 0; looked_at < most_looked_at; looked_at += step) {
            int skip = looked_at;  // while nothing that is there was passed
            if (!cursor_.empty()) {
                const Result<int> place =
                    co_await cases::place_after(services_.redis, program_, cursor_, soon());
                if (!place) {
                    co_return place.error();
                }
                skip = *place;
            }
            const Result<cases::CasePage> found = co_await services_.cases.list(program_, skip, step, soon());
            if (!found) {
                co_return found.error();
            }
            const Result<Rest> rest = co_await take(found->cases, limit_);
            if (!rest || *rest == Rest::some || skip + step >= found->total) {
                co_return rest;
            }
        }
        co_return Rest::some;
    }

    /// Those that the reader may see and that the filter means, as they stand, while there are fewer than `most` of the reader's.
    /// What of theirs is left of it.
    Awaitable<Result<Rest>> take(std::vector<cases::CaseFacts> page, int most) {
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(program_, page, soon());
        if (!standing) {
            co_return standing.error();
        }
        const std::vector<flows::CaseStatus> statuses = services_.desk.statuses(program_);
        const std::int64_t now =
            std::chrono::floor<std::chrono::seconds>(services_.clock.now()).time_since_epoch().count();
        for (std::size_t i = 0; i < page.size(); ++i) {
            const bool theirs = reader_.has((*standing)[i]);
            if (theirs && there_ == most) {
                co_return Rest::some;
            }
            there_ += theirs ? 1 : 0;
            cursor_ = cases::cursor_after(page[i]);
            if (!theirs || !is_meant(filter_, page[i], (*standing)[i], statuses, now)) {
                continue;
            }
            json::object one = to_json(page[i]);
            add_standing(one, (*standing)[i], now);
            const Result<void> known = co_await add_stopped(page[i], one);
            if (!known) {
                co_return known.error();
            }
            meant_.push_back(std::move(one));
        }
        co_return Rest::none;
    }

    Awaitable<Result<void>> add_stopped(const cases::CaseFacts& facts, json::object& to) {
        if (facts.contact != "relay" || services_.pings == nullptr) {
            co_return Result<void>();
        }
        const Result<std::int64_t> stopped = co_await services_.pings->stopped(program_, facts.id, soon());
        if (!stopped) {
            co_return stopped.error();
        }
        tell_stopped(to, *stopped != 0);
        co_return Result<void>();
    }

    /// `total`: for who may know how many there are.
    Awaitable<http::Response> told(bool first, std::optional<std::int64_t> total, json::value next) {
        if (first && meant_.empty()) {
            const KnownWords known{services_.desk, services_.users, reader_.name};
            const auto wrong = co_await wrong_word(known, program_, filter_, soon());
            if (wrong) {
                co_return *wrong;
            }
        }
        json::object out{{"program", program_}, {"cases", std::move(meant_)}, {"next", std::move(next)}};
        if (total) {
            out["total"] = *total;
        }
        co_return as_json(out);
    }

    const ApiServices& services_;
    Reader reader_;
    CaseFilter filter_;
    std::string program_;
    int limit_;
    std::string cursor_;  // opened; behind what was looked at
    int there_ = 0;       // of those that were looked at: the reader's
    json::array meant_;
};

}  // namespace

Awaitable<http::Response> list_cases(const ApiServices& services, const http::Request& request,
                                     std::string program) {
    CaseList list(services, request, std::move(program));
    if (!request.actor.empty()) {
        co_return co_await list.of_theirs();
    }
    const int skip = number_of(request, "skip", 0, 0, most_left_out);
    co_return co_await list.of_all(skip);
}

}  // namespace rightsline::api

#include "gateway/api/call_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/handoff/blocked.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/keyspace.hpp"
#include "locales/private_text.hpp"
#include "locales/result.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::size_t entries_a_page = 1000;
constexpr int pages_at_once = 10;
constexpr int usual_days = 7;
constexpr int most_days = 92;

/// "call_rung" and the like; not of a call that was made to a worker. `conflicts`: whoever asks may learn who was passed over.
bool is_of_a_call(const audit::Entry& entry, bool conflicts) {
    const std::string_view what = entry.field("what");
    const bool passed_over = what == audit::name_of(audit::What::call_passed_over);
    return what.starts_with("call_") && !what.starts_with("call_back_") && (conflicts || !passed_over);
}

json::object to_json(const audit::Entry& entry, bool conflicts) {
    const bool hidden = entry.field("why") == "conflict" && !conflicts;
    return {{"at", entry.id.ms / 1000},
            {"call", entry.field("how")},
            {"what", entry.field("what")},
            {"who", entry.field("who")},
            {"why", hidden ? "nobody" : entry.field("why")},
            {"to", entry.field("to")}};
}

http::Response not_handed_on(const boost::system::error_code& error) {
    using handoff::errc;
    if (error.category() != handoff::category() || error == make_error_code(errc::damaged)) {
        return store_is_silent();
    }
    const auto code = static_cast<errc>(error.value());
    const int status = code == errc::no_such_call   ? 404
                       : code == errc::not_callable ? 422
                       : code == errc::contended    ? 503
                                                    : 409;
    return problem(status,
                   code == errc::no_such_call ? "no call of this name is under way" : error.message());
}

class CallRoutes {
 public:
    explicit CallRoutes(CallRouteServices services)
        : services_(std::move(services)), blocked_(services_.redis, services_.vault, services_.clock) {}

    Awaitable<http::Response> list(std::string program, int days, std::string from, bool conflicts) {
        const auto begin = services_.clock.now() - std::chrono::hours(24) * days;
        const auto ms = static_cast<std::uint64_t>(begin.time_since_epoch().count());
        const audit::StreamId earliest{ms, 0};  // whatever the page before said
        audit::StreamId at = std::max(audit::parse_stream_id(from).value_or(earliest), earliest);
        const Deadline in_time = services_.clock.in(budget);
        json::array calls;
        std::string next;
        for (int page = 0; page < pages_at_once; ++page) {
            const Result<std::vector<audit::Entry>> entries = co_await read(program, at, in_time);
            if (!entries) {
                co_return store_is_silent();
            }
            for (const audit::Entry& entry : *entries) {
                at = entry.id.next();
                if (is_of_a_call(entry, conflicts)) {
                    calls.push_back(to_json(entry, conflicts));
                }
            }
            next = entries->size() < entries_a_page ? "" : at.str();
            if (next.empty()) {
                break;
            }
        }
        co_return as_json(json::object{{"program", program}, {"calls", std::move(calls)}, {"next", next}});
    }

    Awaitable<http::Response> blocked(std::string program) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<std::vector<handoff::BlockedSender>> all = co_await blocked_.list(program, in_time);
        if (!all) {
            co_return store_is_silent();
        }
        json::array callers;
        for (const handoff::BlockedSender& one : *all) {
            callers.push_back(json::object{{"caller", one.name}, {"hour", one.hour}});
        }
        co_return as_json(json::object{{"program", program}, {"callers", std::move(callers)}});
    }

    Awaitable<http::Response> block(std::string program, std::string number, std::string who) {
        Result<vault::PhoneNumber> caller = vault::PhoneNumber::parse(number);
        locales::wipe(number);
        if (!caller) {
            co_return problem(422, "this is no number: write it with + and the country");
        }
        const Deadline in_time = services_.clock.in(budget);
        const Result<std::string> name =
            co_await blocked_.block(program, std::move(*caller), std::move(who), in_time);
        if (!name && name.error() == handoff::make_error_code(handoff::errc::too_many)) {
            co_return problem(409, name.error().message());
        }
        if (!name) {
            co_return store_is_silent();
        }
        co_return as_json(json::object{{"program", program}, {"caller", *name}});
    }

    Awaitable<http::Response> free(std::string program, std::string caller, std::string who) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> freed = co_await blocked_.free(program, caller, std::move(who), in_time);
        if (!freed && freed.error() == handoff::make_error_code(handoff::errc::not_blocked)) {
            co_return problem(404, freed.error().message());
        }
        if (!freed) {
            co_return store_is_silent();
        }
        co_return as_json(json::object{{"program", program}, {"caller", caller}});
    }

    Awaitable<http::Response> hand_on(CaseworkAsked asked, std::string call) {
        std::string to = ops::text_of(asked.body, "to");
        if (to.empty()) {
            co_return problem(422, "a call is handed on to somebody: say to whom, by a name of the roster");
        }
        const Deadline in_time = services_.clock.in(budget);
        handoff::HandOn wish{asked.program, call, asked.actor.name, asked.actor.who, to, in_time};
        const Result<void> rung = co_await services_.hand_on(std::move(wish));
        co_return rung ? as_json(json::object{{"program", asked.program}, {"call", call}, {"to", to}})
                       : not_handed_on(rung.error());
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    Awaitable<Result<std::vector<audit::Entry>>> read(const std::string& program, audit::StreamId from,
                                                      Deadline deadline) {
        redis::Command question{"XRANGE", stores::Keyspace(program).audit(), from.str(), "+",
                                "COUNT",  std::to_string(entries_a_page)};
        const Result<redis::Reply> reply = co_await services_.redis.execute(std::move(question), deadline);
        if (!reply) {
            co_return reply.error();
        }
        std::optional<std::vector<audit::Entry>> entries = audit::read_entries(*reply);
        if (!entries) {
            co_return redis::errc::unexpected_reply;
        }
        co_return std::move(*entries);
    }

    CallRouteServices services_;
    handoff::Blocked blocked_;
};

std::string member_of(const http::Request& request, const char* name) {
    boost::system::error_code failed;
    const json::value body = json::parse(request.body, failed);
    const json::object* in = failed ? nullptr : body.if_object();
    return in == nullptr ? "" : ops::text_of(*in, name);
}

}  // namespace

void add_call_routes(http::Router& router, CallRouteServices services) {
    const auto routes = std::make_shared<CallRoutes>(std::move(services));
    const auto add = [&](const char* method, const char* path, auto act) {
        router.add(method, path, [routes, act](const http::Request& request, const http::Parameters&) {
            const std::string program = program_of(request, routes->programs());
            return !allowed(request) ? at_once(not_allowed())
                   : program.empty() ? at_once(no_program(routes->programs()))
                                     : act(*routes, program, request);
        });
    };
    using Request = http::Request;
    add("GET", "/api/v1/calls", [](CallRoutes& to, const std::string& program, const Request& request) {
        return to.list(program, number_of(request, "days", usual_days, 1, most_days),
                       value_of(request, "from"), request.actor.empty());
    });
    router.add("POST", "/api/v1/calls/{call}/hand-on",
               [routes](const Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), "", refusal);
                   return asked ? routes->hand_on(std::move(*asked), std::string(in["call"]))
                                : at_once(std::move(refusal));
               });
    add("GET", "/api/v1/callers",
        [](CallRoutes& to, const std::string& program, const Request&) { return to.blocked(program); });
    add("POST", "/api/v1/callers/block",
        [](CallRoutes& to, const std::string& program, const Request& request) {
            return to.block(program, member_of(request, "number"), asker(request));
        });
    add("POST", "/api/v1/callers/free",
        [](CallRoutes& to, const std::string& program, const Request& request) {
            return to.free(program, member_of(request, "caller"), asker(request));
        });
}

}  // namespace rightsline::api

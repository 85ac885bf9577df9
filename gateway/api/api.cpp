#include "gateway/api/api.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/case_list.hpp"
#include "gateway/api/check_in_json.hpp"
#include "gateway/api/link_routes.hpp"
#include "gateway/api/ping_json.hpp"
#include "gateway/api/query.hpp"
#include "gateway/api/read_entry.hpp"
#include "gateway/api/recording_states.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

http::Response problem_of(const boost::system::error_code& error) {
    return error == stores::make_error_code(stores::errc::no_such_case)
               ? problem(404, "there is no such case")
               : store_is_silent();
}

/// The circle's copies.
json::array thread_of(const std::vector<cases::StoredReply>& replies) {
    json::array out;
    for (const cases::StoredReply& one : replies) {
        out.push_back(json::object{{"id", one.reply.id},
                                   {"sealed", ops::to_base64(one.reply.for_circle)},
                                   {"read_hour", one.read_hour}});
    }
    return out;
}

/// The routes share their services; the router keeps them alive.
class Api : public std::enable_shared_from_this<Api> {
 public:
    explicit Api(ApiServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> list(const http::Request& request) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        if (program.empty()) {
            co_return no_program(services_.programs);
        }
        co_return co_await list_cases(services_, request, program);
    }

    Awaitable<http::Response> show(const http::Request& request, std::string id) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        if (program.empty()) {
            co_return no_program(services_.programs);
        }
        if (!is_hex_id(id)) {
            co_return problem(404, "there is no such case");
        }
        const Deadline deadline = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts = co_await services_.cases.facts(program, id, deadline);
        if (!facts) {
            co_return problem_of(facts.error());
        }
        const Result<void> noted = co_await note_read(program, audit::What::read, id, request, deadline);
        if (!noted) {
            co_return problem_of(noted.error());
        }
        const int from = number_of(request, "from", 0, 0, most_left_out);
        const Result<cases::PartPage> page = co_await services_.cases.parts(program, id, from, deadline);
        if (!page) {
            co_return problem_of(page.error());
        }
        std::vector<cases::CaseFacts> it{*facts};
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(program, std::move(it), deadline);
        if (!standing) {
            co_return problem_of(standing.error());
        }
        json::array sealed;
        for (const std::string& part : page->parts) {
            sealed.push_back(json::string(ops::to_base64(part)));
        }
        json::object out = to_json(*facts);
        add_standing(out, standing->front(), seconds_now());
        add_kept_out(out, standing->front().work);
        if (from == 0) {
            const auto replies = co_await services_.cases.replies(program, id, deadline);
            if (!replies) {
                co_return problem_of(replies.error());
            }
            out["thread"] = thread_of(*replies);
            const RecordingPlaces disk{services_.redis, services_.blob_path};
            auto recordings = co_await recordings_of(disk, program, id, standing->front().work, deadline);
            if (!recordings) {
                co_return problem_of(recordings.error());
            }
            out["recordings"] = std::move(*recordings);
        }
        const LinkedCases places{services_.redis, services_.cases, services_.desk};
        Result<json::array> links = co_await links_of(places, program, id, reader_of(request), deadline);
        if (!links) {
            co_return problem_of(links.error());
        }
        out["links"] = std::move(*links);
        cases::CheckInBook book(services_.redis);
        const Result<std::vector<cases::CheckIn>> asked = co_await book.of(program, id, deadline);
        if (!asked) {
            co_return problem_of(asked.error());
        }
        add_check_ins(out, *asked);
        const Result<void> told = co_await add_told(program, id, out);
        if (!told) {
            co_return problem_of(told.error());
        }
        out["program"] = program;
        out["parts"] = std::move(sealed);
        out["parts_total"] = page->total;
        co_return as_json(out);
    }

    Awaitable<http::Response> recording(const http::Request& request, std::string case_id, std::string id) {
        if (!allowed(request)) {
            co_return not_allowed();
        }
        const std::string program = program_of(request, services_.programs);
        if (program.empty() || !is_hex_id(case_id) || !is_hex_id(id)) {
            co_return program.empty() ? no_program(services_.programs) : no_recording();
        }
        const Deadline deadline = services_.clock.in(budget);
        redis::Command question{"SISMEMBER", stores::Keyspace(program).case_recordings(case_id), id};
        const Result<redis::Reply> its = co_await services_.redis.execute(std::move(question), deadline);
        if (!its || its->integer() == nullptr) {
            co_return store_is_silent();
        }
        std::optional<std::string> sealed;
        if (*its->integer() != 0) {
            sealed = ops::read_file(services_.blob_path(id));
        }
        if (!sealed) {
            co_return no_recording();
        }
        const Result<void> noted =
            co_await note_read(program, audit::What::recording_read, case_id, request, deadline);
        if (!noted) {
            co_return problem_of(noted.error());
        }
        Result<std::string> unlocked = co_await services_.cases.recording(program, id, std::move(*sealed));
        if (!unlocked) {
            co_return problem_of(unlocked.error());
        }
        http::Response response;
        response.content_type = "application/octet-stream";
        response.body = std::move(*unlocked);
        co_return response;
    }

 private:
    std::int64_t seconds_now() const {
        return std::chrono::floor<std::chrono::seconds>(services_.clock.now()).time_since_epoch().count();
    }

    Awaitable<Result<void>> add_told(std::string program, std::string id, json::object& out) {
        if (services_.pings == nullptr) {
            co_return Result<void>();
        }
        const Result<reach::PingReport> report =
            co_await services_.pings->report(std::move(program), std::move(id), services_.clock.in(budget));
        if (!report) {
            co_return report.error();
        }
        add_pings(out, *report);
        co_return Result<void>();
    }

    static http::Response no_recording() {
        return problem(404, "there is no such recording, or it is not here yet");
    }

    /// Before anything leaves.
    Awaitable<Result<void>> note_read(std::string program, audit::What what, std::string case_id,
                                      const http::Request& request, Deadline deadline) {
        audit::Act act{what, std::move(case_id), asker(request)};
        co_return co_await write_read_entry(services_.redis, services_.clock, program, act, deadline);
    }

    ApiServices services_;
};

}  // namespace

http::Response busy_answer() {
    http::Response later = problem(503, "the server is busy with workers: ask again in a few seconds");
    later.headers.emplace_back("Retry-After", "5");
    return later;
}

void add_routes(http::Router& router, ApiServices services) {
    const auto api = std::make_shared<Api>(std::move(services));
    router.add("GET", "/api/v1/cases",
               [api](const http::Request& request, const http::Parameters&) { return api->list(request); });
    router.add("GET", "/api/v1/cases/{id}",
               [api](const http::Request& request, const http::Parameters& parameters) {
                   return api->show(request, std::string(parameters["id"]));
               });
    router.add("GET", "/api/v1/cases/{id}/recordings/{which}",
               [api](const http::Request& request, const http::Parameters& parameters) {
                   return api->recording(request, std::string(parameters["id"]),
                                         std::string(parameters["which"]));
               });
}

}  // namespace rightsline::api

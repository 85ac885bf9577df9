#include "gateway/api/reseal_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/query.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int page_size = 100;

std::optional<cases::PieceKind> kind_of(std::string_view name) {
    if (name == "part") {
        return cases::PieceKind::part;
    }
    if (name == "note") {
        return cases::PieceKind::note;
    }
    if (name == "task") {
        return cases::PieceKind::task;
    }
    if (name == "copy") {
        return cases::PieceKind::copy;
    }
    return name == "reply" ? std::optional(cases::PieceKind::reply) : std::nullopt;
}

std::optional<cases::SealedAnew> piece_of(const json::value& value) {
    const json::object* in = value.if_object();
    const json::value* at = in == nullptr ? nullptr : in->if_contains("at");
    const auto kind = in == nullptr ? std::nullopt : kind_of(text_of(*in, "of"));
    if (!kind || at == nullptr || !at->is_int64() || at->get_int64() < 0) {
        return std::nullopt;
    }
    return cases::SealedAnew{*kind, at->get_int64(), ops::from_base64(text_of(*in, "was")).value_or(""),
                             ops::from_base64(text_of(*in, "sealed")).value_or(""), text_of(*in, "task")};
}

std::optional<std::vector<cases::SealedAnew>> pieces_of(const std::string& body) {
    boost::system::error_code failed;
    const json::value whole = json::parse(body, failed);
    const json::value* list =
        failed || !whole.is_object() ? nullptr : whole.get_object().if_contains("pieces");
    if (list == nullptr || !list->is_array() || list->get_array().empty()) {
        return std::nullopt;
    }
    std::vector<cases::SealedAnew> pieces;
    for (const json::value& one : list->get_array()) {
        std::optional<cases::SealedAnew> piece = piece_of(one);
        if (!piece) {
            return std::nullopt;
        }
        pieces.push_back(std::move(*piece));
    }
    return pieces;
}

http::Response done_or(const Result<void>& done, const std::string& id) {
    if (done) {
        return as_json(json::object{{"id", id}});
    }
    if (done.error() == cases::make_error_code(cases::errc::bad_note)) {
        return problem(422, "this is not sealed to the circle's newest key, or is too much at a time");
    }
    if (done.error() == cases::make_error_code(cases::errc::contended)) {
        return problem(409, "something else stands there now: the case changed, or is gone. Ask again");
    }
    if (done.error() == stores::make_error_code(stores::errc::no_such_case)) {
        return problem(409, "something else stands there now: the case changed, or is gone. Ask again");
    }
    if (done.error() == cases::make_error_code(cases::errc::no_circle)) {
        return problem(409, done.error().message());
    }
    return done.error() == cases::make_error_code(cases::errc::damaged)
               ? problem(503, "the recording's file cannot be written")
               : store_is_silent();
}

http::Response no_list(const boost::system::error_code& error) {
    const bool no_such = error == cases::make_error_code(cases::errc::unknown_organisation) ||
                         error == cases::make_error_code(cases::errc::no_circle);
    return no_such ? problem(404, error.message()) : store_is_silent();
}

class ResealRoutes {
 public:
    explicit ResealRoutes(ResealRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> older(const http::Request& request) {
        const cases::Whose whose = whose_of(request);
        if (!allowed(request) || whose.program.empty()) {
            co_return allowed(request) ? no_program(services_.programs) : not_allowed();
        }
        const int skip = number_of(request, "skip", 0, 0, most_left_out);
        const Result<cases::OlderPage> page = co_await services_.reseal.older(whose, skip, page_size);
        if (!page) {
            co_return no_list(page.error());
        }
        json::array out;
        for (const cases::Older& one : page->cases) {
            json::array recordings;
            for (const std::string& id : one.recordings) {
                recordings.push_back(json::string(id));
            }
            out.push_back(json::object{{"id", one.id},
                                       {"alias", one.alias},
                                       {"circle", vault::public_key_text(one.circle)},
                                       {"pieces", one.pieces},
                                       {"recordings", std::move(recordings)},
                                       {"elsewhere", one.elsewhere}});
        }
        json::array circles;
        for (const vault::CirclePublicKey& one : services_.reseal.circles(whose)) {
            circles.push_back(json::string(vault::public_key_text(one)));
        }
        const bool more = skip + page_size < page->total;
        co_return as_json(
            json::object{{"program", whose.program},
                         {"organisation", whose.organisation},
                         {"circles", std::move(circles)},
                         {"cases", std::move(out)},
                         {"next", more ? json::value(skip + page_size) : json::value(nullptr)}});
    }

    Awaitable<http::Response> put(const http::Request& request, std::string id) {
        const cases::Whose whose = whose_of(request);
        std::optional<std::vector<cases::SealedAnew>> pieces = pieces_of(request.body);
        if (!allowed(request) || whose.program.empty()) {
            co_return allowed(request) ? no_program(services_.programs) : not_allowed();
        }
        if (!is_hex_id(id) || !pieces) {
            co_return pieces ? problem(404, "there is no such case")
                             : problem(422, "these are no pieces of a case");
        }
        const Result<void> done =
            co_await services_.reseal.put(whose, id, std::move(*pieces), asker(request));
        co_return done_or(done, id);
    }

    Awaitable<http::Response> put_recording(const http::Request& request, std::string id, std::string which) {
        const cases::Whose whose = whose_of(request);
        if (!allowed(request) || whose.program.empty()) {
            co_return allowed(request) ? no_program(services_.programs) : not_allowed();
        }
        if (!is_hex_id(id) || !is_hex_id(which)) {
            co_return problem(404, "there is no such recording");
        }
        cases::SealedAnew whole;
        whole.was = ops::from_base64(value_of(request, "was")).value_or("");
        whole.sealed = request.body;
        const Result<void> done =
            co_await services_.reseal.put_recording(whose, id, which, std::move(whole), asker(request));
        co_return done_or(done, id);
    }

 private:
    cases::Whose whose_of(const http::Request& request) const {
        const Side side = side_of(request, services_.programs);
        return {side.program, side.organisation};
    }

    ResealRouteServices services_;
};

}  // namespace

void add_reseal_routes(http::Router& router, ResealRouteServices services) {
    const auto routes = std::make_shared<ResealRoutes>(std::move(services));
    router.add("GET", "/api/v1/older", [routes](const http::Request& request, const http::Parameters&) {
        return routes->older(request);
    });
    router.add("POST", "/api/v1/cases/{id}/reseal",
               [routes](const http::Request& request, const http::Parameters& in) {
                   return routes->put(request, std::string(in["id"]));
               });
    router.add("POST", "/api/v1/cases/{id}/recordings/{which}/reseal",
               [routes](const http::Request& request, const http::Parameters& in) {
                   return routes->put_recording(request, std::string(in["id"]), std::string(in["which"]));
               });
}

}  // namespace rightsline::api

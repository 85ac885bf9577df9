#include "gateway/api/prompt_routes.hpp"

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/ops/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/prompts/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using prompts::errc;
using prompts::LineName;
using prompts::ScriptedLine;
using prompts::Take;
using namespace std::chrono_literals;

constexpr auto budget = 10s;  // files: a script of a thousand lines in three languages, on a slow disk
constexpr const char* sound_path = "/api/v1/prompts/";
constexpr const char* take_path = "/take";

int status_of(errc error) {
    switch (error) {
        case errc::no_such_line:
        case errc::no_take:
        case errc::no_sound:
            return 404;
        case errc::unreadable_audio:
        case errc::odd_audio:
        case errc::silent_audio:
        case errc::too_long:
            return 422;
        case errc::cannot_write:
        case errc::busy:
            return 503;
        default:
            return 409;
    }
}

http::Response problem_of(const boost::system::error_code& error) {
    if (error.category() == prompts::category()) {
        return problem(status_of(static_cast<errc>(error.value())), error.message());
    }
    if (error.category() == ops::category()) {
        return problem(503, "many recordings are worked on just now; please try again in a moment");
    }
    return store_is_silent();
}

json::object json_of(const Take& take) {
    json::object out{{"state", prompts::word(take.state)},
                     {"by", take.by},
                     {"at", take.at},
                     {"way", take.way},
                     {"length_ms", take.length.count()},
                     {"sound", take.hash},
                     {"warnings", take.warnings}};
    if (!take.judged_by.empty()) {
        out["judged_by"] = take.judged_by;
        out["why"] = take.why;
    }
    return out;
}

json::object json_of(const ScriptedLine& one) {
    json::object out{{"name", one.line.name()},
                     {"text", one.line.text},
                     {"words", locales::to_hex(locales::hash_text(one.line.text))},
                     {"state", prompts::word(one.line.state)},
                     {"soon", one.line.is_ahead},
                     {"length_ms", one.line.length.count()}};
    if (one.take) {
        out["take"] = json_of(*one.take);
        out["outdated"] = one.take->text_hash != locales::hash_text(one.line.text);
    }
    return out;
}

http::Response as_sound(std::string wav) {
    http::Response response;
    response.content_type = "audio/wav";
    response.body = std::move(wav);
    response.headers.emplace_back("Cache-Control",
                                  "no-store");  // under this address it may be another tomorrow
    return response;
}

struct PromptAsked {
    LineName which;
    std::string who;
    std::string body;
};

http::Response judged(const LineName& which, const Result<Take>& take) {
    if (!take) {
        return problem_of(take.error());
    }
    return as_json(json::object{{"program", which.program},
                                {"language", which.language},
                                {"name", which.name},
                                {"take", json_of(*take)}});
}

class PromptRoutes {
 public:
    explicit PromptRoutes(PromptRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> matrix(PromptAsked asked) {
        const std::string program = asked.which.program;
        const auto lines = co_await services_.desk.lines(program, "", services_.clock.in(budget));
        if (!lines) {
            co_return problem_of(lines.error());
        }
        json::object out = prompts::matrix_object(prompts::prompt_matrix(*lines));
        out["program"] = program;
        co_return as_json(std::move(out));
    }

    Awaitable<http::Response> lines(PromptAsked asked) {
        const LineName which = asked.which;
        const auto lines =
            co_await services_.desk.lines(which.program, which.language, services_.clock.in(budget));
        if (!lines) {
            co_return problem_of(lines.error());
        }
        json::array all;
        for (const ScriptedLine& one : *lines) {
            all.push_back(json_of(one));
        }
        if (all.empty()) {
            co_return problem(404, "the program does not speak this language");
        }
        co_return as_json(json::object{
            {"program", which.program}, {"language", which.language}, {"lines", std::move(all)}});
    }

    Awaitable<http::Response> sound(PromptAsked asked) {
        Result<std::string> wav =
            co_await services_.desk.played_sound(std::move(asked.which), services_.clock.in(budget));
        co_return wav ? as_sound(*std::move(wav)) : problem_of(wav.error());
    }

    Awaitable<http::Response> take(PromptAsked asked) {
        Result<std::string> wav =
            co_await services_.desk.take_sound(std::move(asked.which), services_.clock.in(budget));
        co_return wav ? as_sound(*std::move(wav)) : problem_of(wav.error());
    }

    Awaitable<http::Response> keep(PromptAsked asked, std::string way) {
        const LineName which = asked.which;
        const Result<prompts::WavReport> kept = co_await services_.desk.keep(
            which, std::move(asked.body), std::move(asked.who), std::move(way), services_.clock.in(budget));
        if (!kept) {
            co_return problem_of(kept.error());
        }
        json::array warnings(kept->warnings.begin(), kept->warnings.end());
        co_return as_json(json::object{{"program", which.program},
                                       {"language", which.language},
                                       {"name", which.name},
                                       {"length_ms", kept->length.count()},
                                       {"warnings", std::move(warnings)}});
    }

    Awaitable<http::Response> judge(PromptAsked asked, Take::State state) {
        boost::system::error_code failed;
        const json::value body = json::parse(asked.body, failed);
        if (failed || !body.is_object() || text_of(body.get_object(), "sound").empty()) {
            co_return problem(422, "say which take was heard: {\"sound\": …}");
        }
        asked.which.sound = text_of(body.get_object(), "sound");
        const std::string why = text_of(body.get_object(), "why");
        if (state == Take::State::rejected && why.empty()) {
            co_return problem(422, "say what shall be different: {\"why\": …}");
        }
        const LineName which = asked.which;
        const Deadline in_time = services_.clock.in(budget);
        if (state == Take::State::approved) {
            const Result<Take> approved =
                co_await services_.desk.approve(which, std::move(asked.who), "console", in_time);
            co_return judged(which, approved);
        }
        const Result<Take> rejected =
            co_await services_.desk.reject(which, std::move(asked.who), why, "console", in_time);
        co_return judged(which, rejected);
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    PromptRouteServices services_;
};

using Act = std::function<Awaitable<http::Response>(PromptRoutes&, PromptAsked, const http::Request&)>;

void add(http::Router& router, const std::shared_ptr<PromptRoutes>& routes, const char* method,
         const char* path, Act act) {
    router.add(
        method, path,
        [routes, act = std::move(act)](const http::Request& request, const http::Parameters& parameters) {
            if (!allowed(request)) {
                return at_once(not_allowed());
            }
            const std::string program = program_of(request, routes->programs());
            if (program.empty()) {
                return at_once(no_program(routes->programs()));
            }
            LineName which{program, std::string(parameters["language"]), std::string(parameters["name"]),
                           value_of(request, "words")};
            return act(*routes, {std::move(which), asker(request), request.body}, request);
        });
}

void add_judging(http::Router& router, const std::shared_ptr<PromptRoutes>& routes, const char* path,
                 Take::State state) {
    add(router, routes, "POST", path, [state](PromptRoutes& to, PromptAsked asked, const http::Request&) {
        return to.judge(std::move(asked), state);
    });
}

}  // namespace

void add_prompt_routes(http::Router& router, PromptRouteServices services) {
    const auto routes = std::make_shared<PromptRoutes>(std::move(services));
    using Request = http::Request;
    add(router, routes, "GET", "/api/v1/prompts",
        [](PromptRoutes& to, PromptAsked asked, const Request&) { return to.matrix(std::move(asked)); });
    add(router, routes, "GET", "/api/v1/prompts/{language}",
        [](PromptRoutes& to, PromptAsked asked, const Request&) { return to.lines(std::move(asked)); });
    add(router, routes, "GET", "/api/v1/prompts/{language}/{name}/sound",
        [](PromptRoutes& to, PromptAsked asked, const Request&) { return to.sound(std::move(asked)); });
    add(router, routes, "GET", "/api/v1/prompts/{language}/{name}/take",
        [](PromptRoutes& to, PromptAsked asked, const Request&) { return to.take(std::move(asked)); });
    add(router, routes, "POST", "/api/v1/prompts/{language}/{name}/take",
        [](PromptRoutes& to, PromptAsked asked, const Request& request) {
            const bool in_page = value_of(request, "way") == "browser";
            return to.keep(std::move(asked), in_page ? "browser" : "file");
        });
    add_judging(router, routes, "/api/v1/prompts/{language}/{name}/approve", Take::State::approved);
    add_judging(router, routes, "/api/v1/prompts/{language}/{name}/reject", Take::State::rejected);
}

std::size_t longest_body(const http::Request& head, std::size_t usual) {
    const bool brings_sound =
        head.method == "POST" && head.path().starts_with(sound_path) && head.path().ends_with(take_path);
    return brings_sound ? prompts::most_sound : usual;
}

}  // namespace rightsline::api

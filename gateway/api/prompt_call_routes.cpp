#include "gateway/api/prompt_call_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompts/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using prompt_calls::errc;

constexpr auto budget = 8s;  // every take of the language is looked at

http::Response problem_of(const boost::system::error_code& error) {
    if (error.category() == outbox::category()) {
        return problem(
            409,
            "no call goes to that number: sending.prefixes does not name its country, or it costs extra");
    }
    if (error == prompts::make_error_code(prompts::errc::no_such_line)) {
        return problem(404, "there is no such program");
    }
    if (error.category() != prompt_calls::category()) {
        return store_is_silent();
    }
    switch (static_cast<errc>(error.value())) {
        case errc::no_language:
        case errc::no_such_prompt:
        case errc::no_name:
            return problem(422, error.message());
        case errc::no_line:
            return problem(
                409,
                "no line of this program is for recording (lines: calls: record): give the number of "
                "whoever reads, and we call them");
        case errc::nothing_wanted:
        case errc::enough_today:
            return problem(409, error.message());
        default:
            return problem(503, error.message());
    }
}

/// Nothing: `refusal` says why.
std::optional<prompt_calls::Invitation> read(const http::Request& request, http::Response& refusal) {
    boost::system::error_code failed;
    const json::value body = json::parse(request.body, failed);
    const json::object* in = failed ? nullptr : body.if_object();
    if (in == nullptr) {
        refusal = problem(400, "this is no JSON object");
        return std::nullopt;
    }
    prompt_calls::Invitation wish;
    wish.language = ops::text_of(*in, "language");
    wish.spoken = ops::text_of(*in, "spoken");
    wish.by = ops::text_of(*in, "by");
    const std::string only = ops::text_of(*in, "only");
    const auto read_only = prompt_calls::parse_only(only.empty() ? "missing" : only);
    if (!read_only) {
        refusal = problem(422, "what is to be read is missing or stale, or names of lines");
        return std::nullopt;
    }
    wish.only = *read_only;
    const json::value* names = in->if_contains("names");
    for (const json::value& name :
         names != nullptr && names->is_array() ? names->get_array() : json::array()) {
        if (name.is_string()) {
            wish.names.emplace_back(name.get_string());
        }
    }
    std::string number = ops::text_of(*in, "number");
    if (!number.empty()) {
        Result<vault::PhoneNumber> ring = vault::PhoneNumber::parse(number);
        locales::wipe(number);
        if (!ring) {
            refusal = problem(422, "this is no number: write it with + and the country");
            return std::nullopt;
        }
        wish.ring = std::move(*ring);
    }
    return wish;
}

class PromptCallRoutes {
 public:
    explicit PromptCallRoutes(PromptCallRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> invite(prompt_calls::Invitation wish) {
        wish.deadline = services_.clock.in(budget);
        const std::string program = wish.program;
        const Result<prompt_calls::Invited> made = co_await services_.invite(std::move(wish));
        if (!made) {
            co_return problem_of(made.error());
        }
        co_return as_json(json::object{
            {"program", program},
            {"code", made->code.reveal()},
            {"line", made->line},
            {"lines", static_cast<std::int64_t>(made->lines)},
            {"until", std::chrono::floor<std::chrono::seconds>(made->until).time_since_epoch().count()}});
    }
    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    PromptCallRouteServices services_;
};

}  // namespace

void add_prompt_call_routes(http::Router& router, PromptCallRouteServices services) {
    const auto routes = std::make_shared<PromptCallRoutes>(std::move(services));
    router.add("POST", "/api/v1/prompts/calls",
               [routes](const http::Request& request, const http::Parameters&) {
                   if (!allowed(request)) {
                       return at_once(not_allowed());
                   }
                   const std::string program = program_of(request, routes->programs());
                   if (program.empty()) {
                       return at_once(no_program(routes->programs()));
                   }
                   http::Response refusal;
                   auto wish = read(request, refusal);
                   if (!wish) {
                       return at_once(std::move(refusal));
                   }
                   wish->program = program;
                   wish->asker = asker(request);
                   return routes->invite(std::move(*wish));
               });
}

}  // namespace rightsline::api

#include "gateway/api/note_routes.hpp"

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/case_log.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/api/query.hpp"
#include "gateway/api/read_entry.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

json::object entry_json(const audit::Entry& entry) {
    json::object out{{"at", static_cast<std::int64_t>(entry.id.ms / 1000)}};
    for (const auto& [name, value] : entry.fields) {
        if (name != "case") {
            out[name] = value;
        }
    }
    return out;
}

class NoteRoutes {
 public:
    explicit NoteRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> keep_note(CaseworkAsked asked) {
        const std::optional<std::string> sealed = ops::from_base64(text_of(asked.body, "sealed"));
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<void> kept = co_await services_.desk.keep_note(asked.program, asked.id, asked.actor,
                                                                    sealed.value_or(""), in_time);
        co_return kept ? as_json(json::object{{"id", asked.id}})
                       : casework_problem(kept.error(), services_.desk, asked);
    }

    /// Where there are none nothing is read, and the audit says nothing.
    Awaitable<http::Response> notes(CaseworkAsked asked, int from) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const Result<cases::NotePage> page =
            co_await services_.desk.notes(asked.program, asked.id, from, in_time);
        if (!page) {
            co_return store_is_silent();
        }
        Result<void> noted;
        if (!page->parts.empty()) {
            audit::Act act{audit::What::notes_read, asked.id, asked.actor.who};
            noted = co_await write_read_entry(services_.redis, services_.clock, asked.program, act, in_time);
        }
        if (!noted) {
            co_return casework_problem(noted.error(), services_.desk, asked);
        }
        json::array sealed;
        for (const std::string& note : page->parts) {
            sealed.push_back(json::string(ops::to_base64(note)));
        }
        co_return as_json(json::object{
            {"program", asked.program}, {"notes", std::move(sealed)}, {"notes_total", page->total}});
    }

    Awaitable<http::Response> log(CaseworkAsked asked, std::string from) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const Result<CaseLogPage> page =
            co_await read_case_log(services_.redis, asked.program, *facts, from, in_time);
        if (!page) {
            co_return store_is_silent();
        }
        json::array entries;
        for (const audit::Entry& entry : page->entries) {
            entries.push_back(entry_json(entry));
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"alias", facts->alias},
                                       {"entries", std::move(entries)},
                                       {"next", page->next}});
    }

    http::Response own_circle(const std::string& program) const {
        return as_json(json::object{{"program", program},
                                    {"circle", vault::public_key_text(services_.desk.circle(program))}});
    }

    Awaitable<http::Response> circle(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<vault::CirclePublicKey> key =
            co_await services_.desk.circle_of(asked.program, asked.id, in_time);
        if (!key) {
            co_return casework_problem(key.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"program", asked.program}, {"circle", vault::public_key_text(*key)}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    CaseworkRouteServices services_;
};

using Act = std::function<Awaitable<http::Response>(NoteRoutes&, CaseworkAsked, const http::Request&)>;

/// Who may not ask gets no further.
void add(http::Router& router, const std::shared_ptr<NoteRoutes>& routes, const char* method,
         const char* path, Act act) {
    router.add(method, path,
               [routes, act = std::move(act)](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
                   return asked ? act(*routes, std::move(*asked), request) : at_once(std::move(refusal));
               });
}

}  // namespace

void add_note_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<NoteRoutes>(std::move(services));
    add(router, routes, "POST", "/api/v1/cases/{id}/notes",
        [](NoteRoutes& to, CaseworkAsked asked, const http::Request&) {
            return to.keep_note(std::move(asked));
        });
    add(router, routes, "GET", "/api/v1/cases/{id}/notes",
        [](NoteRoutes& to, CaseworkAsked asked, const http::Request& request) {
            const int from = number_of(request, "from", 0, 0, most_left_out);
            return to.notes(std::move(asked), from);
        });
    add(router, routes, "GET", "/api/v1/cases/{id}/log",
        [](NoteRoutes& to, CaseworkAsked asked, const http::Request& request) {
            return to.log(std::move(asked), value_of(request, "from"));
        });
    add(router, routes, "GET", "/api/v1/circle",
        [](NoteRoutes& to, CaseworkAsked asked, const http::Request&) {
            return at_once(to.own_circle(asked.program));
        });
    add(router, routes, "GET", "/api/v1/cases/{id}/circle",
        [](NoteRoutes& to, CaseworkAsked asked, const http::Request&) {
            return to.circle(std::move(asked));
        });
}

}  // namespace rightsline::api

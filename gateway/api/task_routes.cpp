#include "gateway/api/task_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/api/read_entry.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

std::int64_t due_in(const json::object& body) {
    const json::value* due = body.if_contains("due");
    return due != nullptr && due->is_int64() ? due->get_int64() : 0;
}

class TaskRoutes {
 public:
    explicit TaskRoutes(CaseworkRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> set(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        cases::Task task;
        task.who = text_of(asked.body, "person");
        task.due = due_in(asked.body);
        std::string sealed = ops::from_base64(text_of(asked.body, "sealed")).value_or("");
        const Result<cases::Task> kept = co_await services_.desk.set_task(
            asked.program, asked.id, asked.actor, std::move(task), std::move(sealed), in_time);
        co_return answer(asked, kept);
    }

    Awaitable<http::Response> finish(CaseworkAsked asked, std::string task) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, asked, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<cases::Task> done = co_await services_.desk.finish_task(
            asked.program, asked.id, asked.actor, std::move(task), in_time);
        co_return answer(asked, done);
    }

    /// Where no words are sealed, or they are not asked for, nothing is read, and the audit says nothing.
    Awaitable<http::Response> list(CaseworkAsked asked, bool with_words) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const auto all = co_await services_.desk.tasks(asked.program, asked.id, in_time);
        if (!all) {
            co_return store_is_silent();
        }
        const bool sealed = with_words && std::ranges::any_of(*all, [](const cases::SealedTask& one) {
                                return !one.sealed.empty();
                            });
        Result<void> noted;
        if (sealed) {
            audit::Act act{audit::What::tasks_read, asked.id, asked.actor.who};
            noted = co_await write_read_entry(services_.redis, services_.clock, asked.program, act, in_time);
        }
        if (!noted) {
            co_return casework_problem(noted.error(), services_.desk, asked);
        }
        json::array tasks;
        for (const cases::SealedTask& one : *all) {
            json::object it = to_json(one.task);
            it["sealed"] = with_words ? ops::to_base64(one.sealed) : std::string();
            tasks.push_back(std::move(it));
        }
        co_return as_json(json::object{{"program", asked.program}, {"tasks", std::move(tasks)}});
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    http::Response answer(const CaseworkAsked& asked, const Result<cases::Task>& task) const {
        return task ? as_json(to_json(*task)) : casework_problem(task.error(), services_.desk, asked);
    }

    CaseworkRouteServices services_;
};

using Act =
    std::function<Awaitable<http::Response>(TaskRoutes&, CaseworkAsked, const http::Request&, std::string)>;

/// Who may not ask gets no further.
void add(http::Router& router, const std::shared_ptr<TaskRoutes>& routes, const char* method,
         const char* path, Act act) {
    router.add(method, path,
               [routes, act = std::move(act)](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
                   return asked ? act(*routes, std::move(*asked), request, std::string(in["which"]))
                                : at_once(std::move(refusal));
               });
}

}  // namespace

void add_task_routes(http::Router& router, CaseworkRouteServices services) {
    const auto routes = std::make_shared<TaskRoutes>(std::move(services));
    add(router, routes, "GET", "/api/v1/cases/{id}/tasks",
        [](TaskRoutes& to, CaseworkAsked asked, const http::Request& request, const std::string&) {
            return to.list(std::move(asked), value_of(request, "words") != "0");
        });
    add(router, routes, "POST", "/api/v1/cases/{id}/tasks",
        [](TaskRoutes& to, CaseworkAsked asked, const http::Request&, const std::string&) {
            return to.set(std::move(asked));
        });
    add(router, routes, "POST", "/api/v1/cases/{id}/tasks/{which}/done",
        [](TaskRoutes& to, CaseworkAsked asked, const http::Request&, std::string task) {
            return to.finish(std::move(asked), std::move(task));
        });
}

}  // namespace rightsline::api

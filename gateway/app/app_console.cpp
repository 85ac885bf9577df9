// The console's listener: people who log in.
#include <utility>

#include "gateway/api/console.hpp"
#include "gateway/api/event_routes.hpp"
#include "gateway/api/login_routes.hpp"
#include "gateway/api/outbox_routes.hpp"
#include "gateway/api/prompt_routes.hpp"
#include "gateway/app/parts.hpp"
#include "gateway/console/console_routes.hpp"
#include "gateway/ops/pause.hpp"

namespace rightsline::app {
namespace {

constexpr std::size_t most_body = 64U << 10U;  // nothing that is asked here is longer, but a recording

std::size_t body_of(const http::Request& head) { return api::longest_body(head, most_body); }

}  // namespace

void App::Parts::build_access() {
    users = std::make_unique<access::UserStore>(*redis, *vault, clock);
    login_store = std::make_unique<access::LoginStore>(*redis, *vault, clock);
    logins = std::make_unique<access::Logins>(
        access::LoginServices{*users, *login_store, *redis, login_worker, clock, metrics, *vault});
    events = std::make_unique<api::EventDesk>(*redis, *case_desk, clock, metrics);
}

api::UserRouteServices App::Parts::user_services() {
    return {*users,
            *logins,
            clock,
            sides(),
            [this](std::string program, std::string person, std::string by, Deadline deadline) {
                cases::Actor actor{std::move(by), "", {}};
                return cases::release_cases(*cases, *case_desk, std::move(program), std::move(person),
                                            std::move(actor), deadline);
            },
            [this](std::string program, Deadline deadline) {
                return case_desk->sites(program.substr(0, program.find('/')), deadline);
            }};
}

/// Where somebody may have a role: each program, and each of its other organisations.
std::vector<std::string> App::Parts::sides() const {
    std::vector<std::string> all = program_names();
    for (const std::string& program : program_names()) {
        for (const flows::Organisation& one : case_desk->organisations(program)) {
            all.push_back(program + "/" + one.key);
        }
    }
    return all;
}

http::Router App::Parts::console_router() {
    http::Router inner;
    inner.set_gate([this](const http::Request& request) { return shed(request); });
    api::add_routes(
        inner, api::ApiServices{*cases, *case_desk, *redis, clock, program_names(),
                                [this](const std::string& id) { return recordings->blob_path(id); }, *users,
                                *vault, pings.get()});
    add_case_routes(inner);
    api::add_outbox_routes(inner, {*outbox, *copies, *redis, clock, program_names()});
    api::add_user_routes(inner, user_services());
    api::add_login_routes(inner, {*logins, *login_store, clock});
    api::add_prompt_routes(inner, {*prompts, clock, program_names()});
    api::add_event_routes(inner, {*events, *logins, clock, program_names()});
    http::Router router = api::console_router(
        std::move(inner), {*logins, *case_desk, *redis, *vault, clock, metrics, program_names()});
    std::optional<console::ConsoleFiles> pages = console::ConsoleFiles::find("");
    console::add_console_routes(
        router, pages ? std::make_shared<const console::ConsoleFiles>(std::move(*pages)) : nullptr);
    return router;
}

/// Does nothing while nobody listens.
Awaitable<void> App::Parts::keep_events() {
    for (bool going = true; going;) {
        co_await events->look();
        going = co_await ops::pause(std::chrono::seconds(1));
    }
}

http::ServerOptions App::Parts::console_options() const {
    http::ServerOptions options;
    options.listener.connections = config.limits.connections;
    options.listener.per_peer = config.limits.connections_per_peer;
    options.connection.codec.body = most_body;
    options.connection.codec.body_of = body_of;
    options.connection.codec.header = config.limits.header_bytes;
    options.connection.refusal = api::console_refusal;
    return options;
}

}  // namespace rightsline::app

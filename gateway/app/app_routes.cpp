// Which path goes where, on each listener but the console's (app_console.cpp).
#include <filesystem>
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"

#include "gateway/api/alert_routes.hpp"
#include "gateway/api/call_back_routes.hpp"
#include "gateway/api/call_routes.hpp"
#include "gateway/api/casework_routes.hpp"
#include "gateway/api/consent_routes.hpp"
#include "gateway/api/intake_routes.hpp"
#include "gateway/api/keeping_routes.hpp"
#include "gateway/api/outbox_routes.hpp"
#include "gateway/api/prompt_call_routes.hpp"
#include "gateway/api/referral_routes.hpp"
#include "gateway/api/reply_routes.hpp"
#include "gateway/api/reseal_routes.hpp"
#include "gateway/api/retention_routes.hpp"
#include "gateway/api/sites_routes.hpp"
#include "gateway/stores/key_check.hpp"

namespace rightsline::app {
namespace {

struct HookPath {
    const char* path;
    providers::Hook hook;
};

constexpr HookPath hook_paths[] = {
    {"/hooks/{account}/sms", providers::Hook::sms},
    {"/hooks/{account}/voice", providers::Hook::voice},
    {"/hooks/{account}/voice/step", providers::Hook::voice_step},
    {"/hooks/{account}/voice/status", providers::Hook::voice_status},
    {"/hooks/{account}/status", providers::Hook::message_status},
    {"/hooks/{account}/recording", providers::Hook::recording},
    {"/hooks/{account}/ussd", providers::Hook::ussd},
    {"/hooks/{account}/alert", providers::Hook::page},
    {"/hooks/{account}/live", providers::Hook::page},
    {"/hooks/{account}/back", providers::Hook::page},
    {"/hooks/{account}/missed", providers::Hook::page},
    {"/hooks/{account}/prompts", providers::Hook::page},
};

Awaitable<http::Response> at_once(http::Response response) { co_return response; }

}  // namespace

http::Router App::Parts::hooks_router() {
    http::Router router;
    for (const HookPath& one : hook_paths) {
        router.add("POST", one.path,
                   [this, hook = one.hook](const http::Request& request, const http::Parameters& parameters) {
                       return hooks->handle(hook, std::string(parameters["account"]), request);
                   });
    }
    router.add("GET", "/media/{name}", [this](const http::Request&, const http::Parameters& parameters) {
        return at_once(media->serve(std::string(parameters["name"])));
    });
    return router;
}

http::Router App::Parts::ops_router() {
    http::Router router;
    add_health_routes(router, [this] { return readiness; }, metrics, [this] { refresh_metrics(); });
    for (const auto& [name, account] : config.accounts) {
        const bool here = account.provider == "simulator" && !account.auth_tokens.empty() &&
                          account.api_base == simulated_base(config.listen.ops);
        if (here) {
            add_simulated_phones(router, simulated_phones(account));
            break;  // the routes are there once
        }
    }
    return router;
}

/// The demo's phones: those of the rosters have names.
SimulatedPhones App::Parts::simulated_phones(const config::Account& account) const {
    SimulatedPhones phones{account.api_base, account.auth_tokens.front().reveal(), {}, {}};
    for (const auto& [program, roster] : rosters) {
        for (const people::Person& person : roster.people) {
            phones.names.emplace(person.phone.reveal(), person.name);
        }
    }
    phones.show = [](std::string line) {
        line += '\n';
        std::cerr << line;  // at once and whole: the log writes to the same place
    };
    return phones;
}

/// What the command line and the console ask alike of a case.
void App::Parts::add_case_routes(http::Router& router) {
    api::add_casework_routes(router, {*cases, *case_desk, *alerts, *redis, clock, program_names(), *users});
    api::add_sites_routes(router, {*cases, *case_desk, *users, *redis, *vault, clock, program_names()});
    api::add_reply_routes(
        router, {*cases, *redis, clock, program_names(),
                 [this](const std::string& program) { return packs->active(program); }, *case_desk, *users});
    api::add_call_back_routes(router, {[this](callbacks::Wish wish) { return back->call(std::move(wish)); },
                                       *case_desk, *users, clock, program_names()});
    api::add_alert_routes(router, {*alerts, *redis, clock, program_names(), *users, *case_desk});
    api::add_call_routes(router, {*redis, *vault, clock, program_names(),
                                  [this](handoff::HandOn wish) { return live->hand_on(std::move(wish)); }});
    api::add_intake_routes(router, {*intake, *case_desk, clock, program_names(), *users, *redis});
    api::add_consent_routes(router, {*redis, clock, program_names(), pings.get()});
    api::add_reseal_routes(router, {*reseal, program_names()});
    api::add_referral_routes(router, {*referrals, *case_desk, *cases, *users, clock, program_names(),
                                      [this](const std::string& id) { return recordings->blob_path(id); }});
    api::add_retention_routes(router, {*retention, *months, *vault, *redis, clock, program_names(),
                                       [this] { return health->may_delete(); }});
}

http::Router App::Parts::api_router() {
    http::Router router;
    router.set_gate([this](const http::Request& request) { return shed(request); });
    api::add_routes(
        router, api::ApiServices{*cases, *case_desk, *redis, clock, program_names(),
                                 [this](const std::string& id) { return recordings->blob_path(id); }, *users,
                                 *vault, pings.get()});
    add_case_routes(router);
    api::add_outbox_routes(router, {*outbox, *copies, *redis, clock, program_names()});
    api::add_prompt_call_routes(
        router, {[this](prompt_calls::Invitation wish) { return prompt_calls->invite(std::move(wish)); },
                 clock, program_names()});
    api::add_user_routes(router, user_services());
    api::add_keeping_routes(router, keeping());
    return router;
}

/// What backup and fsck need beside us.
api::KeepingRouteServices App::Parts::keeping() const {
    api::KeepingRouteServices services;
    services.keeper = [this]() -> std::optional<redis::Address> {
        if (embedded) {
            return embedded->keeper();
        }
        const Result<redis::Address> keeper = redis::parse_url(config.redis.keeper_url);
        return keeper ? std::optional(*keeper) : std::nullopt;
    };
    services.store = [this] { return stores::name_of_keys(*vault); };
    services.state_dir = std::filesystem::absolute(config.state_dir).string();
    services.keys_dir = std::filesystem::absolute(config.keys_dir).string();
    services.vault_socket = config.vault.socket;
    services.programs = program_names();
    for (const auto& [number, line] : config.lines) {
        services.lines.emplace_back(line.program, number);
    }
    return services;
}

std::vector<std::string> App::Parts::program_names() const {
    std::vector<std::string> names;
    names.reserve(programs.size());
    for (const LoadedProgram& program : programs) {
        names.push_back(program.name);
    }
    return names;
}

}  // namespace rightsline::app

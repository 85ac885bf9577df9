// What leaves: the lines' queues and their dispatcher, the rosters and the alert desk.
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/people/rosters.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t connections_to_a_provider = 64;
constexpr auto sends_end_within = 10s;
constexpr auto turns_end_within = 5s;
constexpr auto a_moment = 300ms;

http::PoolOptions pool_options(const config::Config& config) {
    http::PoolOptions options;
    options.most_connections = connections_to_a_provider;
    options.allow_plain = has_loopback_provider(config);
    return options;
}

outbox::Limits limits_of(const config::Sending& sending) {
    return {static_cast<std::int64_t>(sending.per_recipient_a_day), static_cast<std::int64_t>(sending.a_day),
            sending.prefixes};
}

}  // namespace

/// The people of each program; what is wrong with their files is said, and an error ends the start.
int App::Parts::read_rosters() {
    const std::vector<std::string> names = program_names();
    locales::Complaints complaints;
    rosters = people::read_rosters(config, {names.begin(), names.end()}, complaints);
    for (const locales::Complaint& complaint : complaints) {
        std::cerr << to_line(complaint) << "\n";
    }
    return has_errors(complaints) ? misconfigured : ok;
}

std::map<std::string, outbox::LineOut> App::Parts::lines_out() const {
    std::map<std::string, outbox::LineOut> lines;
    for (const auto& [number, line] : config.lines) {
        const hooks::Account& account = directory.accounts.at(line.account);
        outbox::LineOut out;
        out.program = line.program;
        out.line = number;
        out.sender = &account.provider->sender();
        out.credentials = &account.credentials;
        out.hooks_url = config.public_url + "/hooks/" + line.account;
        out.rate = {1'000'000 / static_cast<std::int64_t>(line.per_second), 1};
        out.limits = limits_of(config.sending);
        out.erased_at = account.copies == outbox::CopyPolicy::keep ? "" : line.account;
        out.queue = outbox::queue_of(stores::Keyspace(line.program), number);
        lines.emplace(number, std::move(out));
    }
    return lines;
}

std::map<std::string, alerts::AlertProgram> App::Parts::alert_programs() {
    std::map<std::string, alerts::AlertProgram> all;
    for (const LoadedProgram& program : programs) {
        all[program.name] = {rosters[program.name],
                             people::alert_line(config, program.name, rosters[program.name]),
                             utc_offset_of(program),
                             {},
                             config.alert_link};
        for (const config::Webhook& hook : config.webhooks[program.name]) {
            all[program.name].webhooks.push_back(hook.url);
        }
    }
    return all;
}

/// Who can be given a case: the people of the roster, by name.
std::map<std::string, cases::People> App::Parts::case_people() const {
    std::map<std::string, cases::People> all;
    for (const auto& [program, roster] : rosters) {
        for (const people::Person& person : roster.people) {
            all[program].all.push_back(person.name);
        }
        for (const std::size_t supervisor : roster.supervisors) {
            all[program].supervisors.push_back(roster.people[supervisor].name);
        }
    }
    return all;
}

void App::Parts::build_sending(net::TlsTrust trust) {
    build_notices(trust);
    providers_pool = http::make_pool(loop.get_executor(), std::move(trust), clock, pool_options(config));
    outbox = std::make_unique<outbox::Outbox>(*redis, *vault, clock, lines_out());
    dispatcher = std::make_unique<outbox::Dispatcher>(
        outbox::DispatchServices{*redis, *vault, clock, metrics, *providers_pool,
                                 [this](Awaitable<void> task) { tasks.spawn("send", std::move(task)); },
                                 health->self().id, [this] { return drains_first(); }},
        *outbox, loop.get_executor());
    copies = std::make_unique<outbox::Copies>(
        outbox::CopyServices{*redis, clock, metrics, *providers_pool,
                             [this](Awaitable<void> task) { tasks.spawn("copy", std::move(task)); }},
        copy_accounts());
    alerts = std::make_unique<alerts::AlertDesk>(
        alerts::AlertServices{
            *redis, *vault, clock, metrics, *packs, *outbox, [this] { dispatcher->wake(); }, courier.get(),
            [this] { tasks.spawn("operators", operators->tell(alerts::Matter::unheard, 1)); }},
        alert_programs());
    live = std::make_unique<handoff::Desk>(
        handoff::DeskServices{*redis, *vault, clock, metrics, *packs, *outbox, *alerts, *providers_pool,
                              [this] { dispatcher->wake(); },
                              [this](Awaitable<void> task) { tasks.spawn("legs", std::move(task)); },
                              [this](alerts::Matter matter, int step) {
                                  tasks.spawn("operators", operators->tell(matter, step));
                              }});
    deeds->put_through_by(*live);
    back = std::make_unique<callbacks::Desk>(callbacks::DeskServices{
        *redis, *vault, clock, metrics, *packs, *outbox, *alerts, deeds->codes(),
        handoff::Legs(*outbox, *providers_pool, clock), [this] { dispatcher->wake(); },
        [this](Awaitable<void> task) { tasks.spawn("legs", std::move(task)); }});
    std::map<std::string, reach::UtcOffset> places;
    for (const LoadedProgram& program : programs) {
        places[program.name] = utc_offset_of(program);
    }
    missed = std::make_unique<missed::Desk>(
        missed::DeskServices{*redis, *vault, clock, metrics, *packs, *outbox, places,
                             [this] { dispatcher->wake(); }, [this] { return health->may_time(); }});
    const reach::PingServices services{
        *redis, *vault, clock, metrics, *packs, *outbox, [this] { dispatcher->wake(); }};
    check_ins = std::make_unique<reach::CheckInDesk>(services, places);
    pings = std::make_unique<reach::PingDesk>(services, std::move(places));
}

void App::Parts::spawn_sending() {
    for (const auto& [number, line] : config.lines) {
        tasks.spawn("sending", dispatcher->keep_sending(number));
        tasks.spawn("outbox_tidy", dispatcher->keep_tidy(number));
    }
    tasks.spawn("alerts", keep_alerts());
    tasks.spawn("pings", keep_pings());
    tasks.spawn("copies", keep_copies());
    tasks.spawn("notices", keep_notices());
}

std::map<std::string, outbox::CopyAccount> App::Parts::copy_accounts() const {
    std::map<std::string, outbox::CopyAccount> all;
    for (const auto& [name, account] : directory.accounts) {
        all[name] = {&account.provider->sender(), &account.credentials, account.copies};
    }
    return all;
}

/// What providers still hold of what we hold.
Awaitable<void> App::Parts::keep_copies() {
    for (int round = 0, going = 1; going != 0; ++round) {
        for (const std::string& program : program_names()) {
            co_await copies->work(program);
        }
        if (round % 60 == 0) {
            co_await copies->measure(program_names());
        }
        const bool on = co_await ops::pause(1s);
        going = on ? 1 : 0;
    }
}

Awaitable<void> App::Parts::keep_alerts() {
    bool going = true;
    for (int round = 0; going; ++round) {
        const bool looks =
            round % 10 == 0 && health->may_time();  // with a wrong clock everything would be late
        for (const std::string& program : program_names()) {
            co_await alerts->work(program);
            co_await live->work(program);
            co_await back->work(program);
            if (looks) {
                co_await alerts->watch_clocks(program);
            }
        }
        going = co_await ops::pause(500ms);
    }
}

/// Not while the clock is in doubt, which would text people at night, nor before what waits in the spool is read: it may
/// say STOP.
Awaitable<void> App::Parts::keep_pings() {
    for (bool going = true; going;) {
        const bool may = readiness.store && health->may_time() && !drains_first();
        const std::vector<std::string> now = may ? program_names() : std::vector<std::string>();
        for (const std::string& program : now) {
            co_await pings->work(program);
            co_await check_ins->work(program);
        }
        ops::wipe_stack_soon(loop.get_executor());  // numbers went over it
        going = co_await ops::pause(1s);
    }
}

std::size_t App::Parts::connections_open() const {
    std::size_t open = 0;
    for (const auto& server : servers) {
        open += server->counts().open;
    }
    return open;
}

std::size_t App::Parts::turns_under_way() const {
    std::size_t busy = 0;
    for (const auto& server : servers) {
        busy += server->busy();
    }
    return busy;
}

/// The end: turns are answered, and what a provider has in its hands is heard out; what was only claimed is given back.
Awaitable<Result<void>> App::Parts::finish_work() {
    if (dispatcher) {
        dispatcher->close();
        courier->close();
    }
    const Deadline last_turn = clock.in(turns_end_within);
    const Deadline last_send = clock.in(sends_end_within);
    // Whoever keeps a connection may be asking on it this very moment.
    const Deadline quiet = connections_open() > 0 ? clock.in(a_moment) : clock.steady();
    for (bool going = true; going;) {
        const Deadline now = clock.steady();
        const std::size_t answering = now < last_turn ? turns_under_way() : 0;
        const std::size_t sends = dispatcher && now < last_send ? dispatcher->under_way() : 0;
        if (answering + sends == 0 && now >= quiet) {
            co_return Result<void>();
        }
        ops::EndGuard::waits_for(answering > 0 ? ops::Label("turns") : ops::Label("sends"),
                                 answering > 0 ? answering : sends);
        going = co_await ops::pause(20ms);
    }
    co_return Result<void>();
}

}  // namespace rightsline::app

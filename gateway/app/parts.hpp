// App::Parts: the services of one server in the order in which they are built; destroyed in reverse.
//
// Private to the app room. Invariant: what stands below may point to what stands above, never the other way.
// Threading: the loop. Owner: App.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <map>
#include <memory>
#include <optional>

#include "gateway/access/logins.hpp"
#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/operator_desk.hpp"
#include "gateway/api/api.hpp"
#include "gateway/api/event_desk.hpp"
#include "gateway/api/keeping_routes.hpp"
#include "gateway/api/user_routes.hpp"
#include "gateway/app/app.hpp"
#include "gateway/app/health.hpp"
#include "gateway/app/media.hpp"
#include "gateway/app/programs.hpp"
#include "gateway/app/simulated_phones.hpp"
#include "gateway/app/state_lock.hpp"
#include "gateway/audit/sealer.hpp"
#include "gateway/callbacks/desk.hpp"
#include "gateway/cases/intake_desk.hpp"
#include "gateway/cases/month_desk.hpp"
#include "gateway/cases/referral_desk.hpp"
#include "gateway/cases/release.hpp"
#include "gateway/cases/reseal_desk.hpp"
#include "gateway/cases/retention_desk.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/handoff/desk.hpp"
#include "gateway/health/admission.hpp"
#include "gateway/health/builds.hpp"
#include "gateway/health/health.hpp"
#include "gateway/hooks/drain.hpp"
#include "gateway/hooks/hooks.hpp"
#include "gateway/hooks/pull.hpp"
#include "gateway/http/client.hpp"
#include "gateway/http/egress.hpp"
#include "gateway/http/pool.hpp"
#include "gateway/http/server.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/disk_room.hpp"
#include "gateway/ops/end_guard.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/ops/workers.hpp"
#include "gateway/ops/zone.hpp"
#include "gateway/outbox/copies.hpp"
#include "gateway/outbox/courier.hpp"
#include "gateway/outbox/dispatcher.hpp"
#include "gateway/prompt_calls/desk.hpp"
#include "gateway/prompts/prompt_desk.hpp"
#include "gateway/reach/check_in_desk.hpp"
#include "gateway/reach/ping_desk.hpp"
#include "gateway/spool/spool.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/receipt_code.hpp"
#include "gateway/vault/remote_home.hpp"
#include "redis/embedded.hpp"

namespace rightsline::app {

/// The keys of a receipt code, derived on the worker pool.
Awaitable<Result<conversations::CodeKeys>> derive_keys(ops::Workers& workers, vault::ReceiptDeriver deriver,
                                                       vault::ReceiptCode code, Deadline deadline);

// Exit codes, after sysexits.
constexpr int ok = 0;
constexpr int unavailable = 69;
constexpr int taken = 75;  // by another server: it may be gone in a moment
constexpr int misconfigured = 78;

struct App::Parts {
    explicit Parts(config::Config given);
    ~Parts();

    // ---- app.cpp: once
    int build();
    int take_state();
    int wait_for_store();
    void prepare_first();
    void stop();
    // ---- app_vault.cpp
    int load_keys();
    int borrow_keys();
    void know_staff();
    Awaitable<void> keep_vault();
    void measure_vault();
    // ---- app_build.cpp: once
    bool has_circles(const flows::Pack& pack) const;
    int build_programs();
    conversations::RecordingRoutes recording_routes();
    void build_services();
    int listen();
    // ---- app_store.cpp: our own Redis, or another
    Awaitable<Result<void>> start_store();
    void tell_of_disk();
    // ---- app_cases.cpp: what the team does with reports
    void build_cases();
    void build_intake();
    // ---- app_health.cpp: how well we are
    void watch_store(redis::Address address);
    void build_operators();
    void spawn_health();
    Awaitable<void> keep_health();
    Awaitable<void> keep_rooms();
    Awaitable<Result<void>> say_goodbye();
    Awaitable<void> ask_memory();
    Awaitable<void> forget_old_builds();
    std::optional<http::Response> shed(const http::Request& request);
    // ---- app_sending.cpp: what leaves
    int read_rosters();
    void build_sending(net::TlsTrust trust);
    std::map<std::string, outbox::LineOut> lines_out() const;
    std::map<std::string, alerts::AlertProgram> alert_programs();
    std::map<std::string, cases::People> case_people() const;
    void spawn_sending();
    std::map<std::string, outbox::CopyAccount> copy_accounts() const;
    Awaitable<void> keep_alerts();
    Awaitable<void> keep_pings();
    Awaitable<void> keep_copies();
    // ---- app_notices.cpp
    void build_notices(const net::TlsTrust& trust);
    Awaitable<providers::SendResult> carry_notice(std::string program, std::string id, outbox::Notice notice,
                                                  Deadline deadline);
    Awaitable<providers::SendResult> carry_mail(std::string id, outbox::Notice notice, Deadline deadline);
    Awaitable<providers::SendResult> carry_webhook(std::string program, std::string id,
                                                   outbox::Notice notice);
    Awaitable<void> keep_notices();
    Awaitable<Result<void>> finish_work();
    std::size_t turns_under_way() const;
    std::size_t connections_open() const;
    // ---- app_spool.cpp: while the store is gone
    int open_spool();
    void build_recovery();
    bool drains_first() const;
    bool store_takes() const;
    Awaitable<void> keep_draining();
    Awaitable<void> keep_pulling();
    // ---- app_audit.cpp
    void build_audit();
    Awaitable<void> keep_audit();
    // ---- app_console.cpp
    void build_access();
    http::Router console_router();
    http::ServerOptions console_options() const;
    Awaitable<void> keep_events();
    api::UserRouteServices user_services();
    // ---- app_prompts.cpp
    void build_prompts();
    void build_prompt_calls();
    Awaitable<void> keep_prompts();
    void reload();
    void adopt(LoadedProgram fresh);
    Awaitable<bool> renew_voices();
    // ---- app_routes.cpp
    http::Router hooks_router();
    http::Router ops_router();
    SimulatedPhones simulated_phones(const config::Account& account) const;
    http::Router api_router();
    void add_case_routes(http::Router& router);
    api::KeepingRouteServices keeping() const;
    // ---- app_loops.cpp: the background
    Awaitable<void> keep_store();
    Awaitable<void> keep_stock();
    Awaitable<void> keep_timers();
    Awaitable<void> keep_recordings();
    Awaitable<void> keep_sweeping();
    Awaitable<void> keep_schedules();
    Awaitable<void> pull_schedules_back();
    std::chrono::milliseconds longest_step(const std::string& program) const;
    std::chrono::milliseconds longest_patience(const std::string& program) const;
    Awaitable<void> wait_for_end();
    Awaitable<void> wait_for_reload();
    Awaitable<Result<void>> prepare_store();
    Awaitable<bool> store_prepared(bool again);
    void notice_lost_store();
    void refuse_other_keys();
    void tell_of_silent_store() const;
    Awaitable<void> forget_deleted();
    Result<redis::Address> loader_address() const;
    bool every_program_speaks() const;
    Awaitable<void> borrow_stored_packs();
    void refresh_metrics();
    std::vector<std::string> program_names() const;
    std::vector<std::string> sides() const;

    boost::asio::io_context loop{1};
    config::Config config;
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks;
    ops::Workers workers;
    ops::Workers spool_worker;
    ops::Workers login_worker;   // Argon2id of passwords: who floods logins holds up no worker's code
    ops::Workers outside_names;  // of webhooks: whoever wrote them may have them answered slowly
    ops::Workers prompt_worker;  // files of recordings, one job after the other
    boost::asio::signal_set ending;
    boost::asio::signal_set reloading;
    ops::EndGuard end_guard;  // after those who take signals

    StateLock state;
    StateLock store_lock;  // of the embedded Redis' folder
    std::optional<vault::Keys> keys;
    std::unique_ptr<vault::Vault> vault;
    vault::RemoteHome* home = nullptr;  // the vault's, where it is in a process of its own
    std::optional<vault::ReceiptDeriver> receipts;
    std::vector<LoadedProgram> programs;
    std::map<std::string, vault::CirclePublicKey> circles;
    std::unique_ptr<Media> media;
    std::map<std::string, people::Roster> rosters;  // by program
    std::unique_ptr<spool::Spool> spool;
    hooks::DrainsFirst drains_before_all;  // what is in the spool goes before anything leaves

    ops::DiskRoom store_disk{""};  // of the embedded Redis
    std::unique_ptr<redis::Embedded> embedded;
    std::unique_ptr<redis::Client> store;  // its connection; everybody speaks to it through `redis`
    std::unique_ptr<health::Health> health;
    health::Builds builds;
    health::Admission seats{metrics, {}};
    ops::Counter& shed_lists = metrics.counter(
        "rightsline_shed_total", "Requests that can wait and were sent away while workers were many");
    std::unique_ptr<redis::Client> redis;
    std::unique_ptr<http::Client> outside;
    std::unique_ptr<stores::PackShelf> packs;
    std::unique_ptr<conversations::CodeStock> stock;
    std::unique_ptr<conversations::Deeds> deeds;
    std::unique_ptr<conversations::RecordingDesk> recordings;
    std::unique_ptr<http::Pool> providers_pool;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<outbox::Dispatcher> dispatcher;
    std::unique_ptr<outbox::Copies> copies;
    std::optional<net::TlsTrust> mail_trust;
    std::unique_ptr<http::Egress> egress;  // to webhooks
    std::unique_ptr<outbox::Courier> courier;
    std::unique_ptr<alerts::AlertDesk> alerts;
    std::unique_ptr<handoff::Desk> live;
    std::unique_ptr<callbacks::Desk> back;
    std::unique_ptr<missed::Desk> missed;
    std::unique_ptr<reach::PingDesk> pings;
    std::unique_ptr<reach::CheckInDesk> check_ins;
    std::unique_ptr<alerts::OperatorDesk> operators;
    std::unique_ptr<conversations::Turns> turns;
    std::unique_ptr<cases::CaseStore> cases;
    std::unique_ptr<cases::CaseDesk> case_desk;
    std::unique_ptr<cases::RetentionDesk> retention;
    std::unique_ptr<cases::MonthDesk> months;
    std::unique_ptr<cases::ResealDesk> reseal;
    std::unique_ptr<cases::ReferralDesk> referrals;
    std::unique_ptr<cases::IntakeDesk> intake;
    std::unique_ptr<access::UserStore> users;
    std::unique_ptr<access::LoginStore> login_store;
    std::unique_ptr<access::Logins> logins;
    std::unique_ptr<api::EventDesk> events;
    std::unique_ptr<prompts::PromptDesk> prompts;
    std::unique_ptr<prompt_calls::Desk> prompt_calls;
    std::unique_ptr<audit::Sealer> sealer;  // none: there is no key that signs
    hooks::Directory directory;
    std::unique_ptr<hooks::Hooks> hooks;
    std::unique_ptr<hooks::Drain> drain;
    std::unique_ptr<hooks::Pull> pull;
    std::vector<std::unique_ptr<http::Server>> servers;

    Readiness readiness;
    boost::system::error_code store_trouble;  // told last: a long outage is one line, not two a second
    bool deleted = true;  // something, since the store last wrote its file anew; before this start, too
    Deadline next_forgetting{};  // not before this
    bool voice_is_news = false;  // something was approved since the programs were read
    int exit_code = 0;
    bool ended = false;  // SIGTERM came before everything stood
};

}  // namespace rightsline::app

// Building a server: programs, store, services, listeners, each upon the one before.
#include <algorithm>
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/conversations/sealed_file.hpp"
#include "gateway/net/inherited.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_local_body = 16U << 20U;  // a recording that a member sealed anew (`key reseal`)

http::ClientOptions outside_options(const config::Config& config) {
    http::ClientOptions options;
    options.allow_plain = has_loopback_provider(config);
    return options;
}

providers::Credentials credentials_of(const config::Account& account) {
    providers::Credentials credentials;
    credentials.account_sid = account.account_sid;
    for (const locales::PrivateText& token : account.auth_tokens) {
        credentials.auth_tokens.push_back(token.reveal());
    }
    credentials.api_base = account.api_base;
    return credentials;
}

outbox::CopyPolicy policy_of(config::ProviderCopies copies) {
    return copies == config::ProviderCopies::keep     ? outbox::CopyPolicy::keep
           : copies == config::ProviderCopies::redact ? outbox::CopyPolicy::redact
                                                      : outbox::CopyPolicy::erase;
}

hooks::Directory directory_of(const config::Config& config) {
    hooks::Directory directory;
    directory.public_url = config.public_url;
    for (const auto& [name, account] : config.accounts) {
        directory.accounts[name] = {providers::make_provider(account.provider), credentials_of(account),
                                    policy_of(account.copies)};
    }
    for (const auto& [number, line] : config.lines) {
        hooks::Line one{line.account, line.program, std::nullopt, line.modes, {}};
        for (const auto& [mode, cost] : line.cost_to_worker) {
            if (cost == config::Cost::free) {
                one.free.insert(mode);
            }
        }
        const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(line.language);
        one.language = tag ? std::optional(*tag) : std::nullopt;
        one.calls_back = line.calls_back;
        one.for_recording = line.for_recording;
        directory.lines[number] = std::move(one);
    }
    return directory;
}

conversations::DeriveKeys derive_on(ops::Workers& workers, const vault::ReceiptDeriver& deriver) {
    return [&workers, deriver](vault::ReceiptCode code, Deadline deadline) {
        return derive_keys(workers, deriver, std::move(code), deadline);
    };
}

}  // namespace

Awaitable<Result<conversations::CodeKeys>> derive_keys(ops::Workers& workers, vault::ReceiptDeriver deriver,
                                                       vault::ReceiptCode code, Deadline deadline) {
    auto job = [deriver = std::move(deriver),
                code = std::move(code)]() -> std::optional<conversations::CodeKeys> {
        Result<vault::Receipt> receipt = deriver.derive(code);
        if (!receipt) {  // no memory for Argon2id
            return std::nullopt;
        }
        return conversations::CodeKeys{
            receipt->index.hex(), std::make_shared<const vault::SecretBytes>(std::move(receipt->opener))};
    };
    Result<std::optional<conversations::CodeKeys>> keys = co_await workers.run(std::move(job), deadline);
    if (!keys) {
        co_return keys.error();
    }
    if (!*keys) {
        co_return vault::errc::out_of_memory;
    }
    co_return std::move(**keys);
}

/// Whether there is a key for each circle that its families are sealed to.
bool App::Parts::has_circles(const flows::Pack& pack) const {
    const auto missing = std::ranges::find_if(
        pack.circles.names, [this](const std::string& name) { return !keys->circle(name).has_value(); });
    if (missing == pack.circles.names.end()) {
        return true;
    }
    std::cerr << config.keys_dir << ": " << pack.program << " seals reports to the circle " << *missing
              << ", and this server began with no key of it. Its members make one: rightsline key new-circle "
              << *missing << " --member FILE.pub --keys-dir " << config.keys_dir << "; then start it again\n";
    return false;
}

int App::Parts::build_programs() {
    programs = load_programs(config);
    if (!usable(config, programs)) {
        return misconfigured;
    }
    for (const LoadedProgram& program : programs) {
        const Result<vault::CirclePublicKey> circle = keys->circle(program.name);
        if (!circle) {
            std::cerr << config.keys_dir << ": there is no circle key for " << program.name
                      << ". Make one: rightsline key init --keys-dir " << config.keys_dir << " --circle "
                      << program.name << " --out FILE\n";
            return misconfigured;
        }
        circles[program.name] = *circle;
        if (program.pack && !has_circles(*program.pack)) {
            return misconfigured;
        }
    }
    for (const std::string& name :
         keys->circle_names()) {  // a circle that no family has any more still has cases
        circles.try_emplace(name, keys->circle(name).value());
    }
    media = std::make_unique<Media>(load_audio(config));
    return ok;
}

conversations::RecordingRoutes App::Parts::recording_routes() {
    return {[this](const std::string& name) {
                const auto found = directory.accounts.find(name);
                return found == directory.accounts.end()
                           ? std::pair<const providers::Provider*, const providers::Credentials*>{}
                           : std::pair<const providers::Provider*, const providers::Credentials*>{
                                 found->second.provider.get(), &found->second.credentials};
            },
            [this](const std::string& program) {
                const auto found = circles.find(program);
                return found == circles.end() ? nullptr : &found->second;
            },
            *outside, config.state_dir + "/blobs",
            [this](Awaitable<void> task) { tasks.spawn("recording", std::move(task)); }};
}

/// What somebody of the team enters for a worker takes its code and its name from the stock of the turns.
void App::Parts::build_services() {
    directory = directory_of(config);
    Result<net::TlsTrust> trust = net::TlsTrust::system();
    outside = http::make_client(loop.get_executor(), *trust, outside_options(config));
    packs = std::make_unique<stores::PackShelf>(*redis);
    stock = std::make_unique<conversations::CodeStock>(*redis, clock, derive_on(workers, *receipts));
    deeds = std::make_unique<conversations::Deeds>(*redis, *vault, *stock, clock, metrics);
    build_cases();
    conversations::RecordingRoutes routes = recording_routes();
    const std::size_t left = conversations::sweep_unfinished(routes.blob_directory);  // no fetch runs yet
    if (left != 0) {
        ops::log(ops::Level::info, "unfinished_recordings_swept", {{"files", left}});
    }
    recordings =
        std::make_unique<conversations::RecordingDesk>(*redis, *vault, clock, metrics, std::move(routes));
    std::map<std::string, conversations::ProgramContext> contexts;
    for (LoadedProgram& program : programs) {
        contexts[program.name] = {circles.at(program.name), utc_offset_of(program), circles};
        if (program.pack) {
            media->preload(emergency_audio(*program.pack));
            packs->activate(program.pack, program.bundle);
        }
    }
    build_sending(std::move(*trust));
    turns = std::make_unique<conversations::Turns>(
        conversations::TurnServices{
            *redis, *vault, *packs, *deeds, *recordings, clock, metrics,
            [this](std::string program) { tasks.spawn("recording", recordings->work(std::move(program))); },
            [this] { deleted = true; }, outbox.get(), [this] { dispatcher->wake(); }, spool.get(), &seats,
            [this](std::string program, std::string hand_off) {
                tasks.spawn("caller_left", live->leave(std::move(program), std::move(hand_off)));
            },
            [this](handoff::SilentEnd end) { live->note_silent_meanwhile(std::move(end)); }},
        std::move(contexts));
    build_audit();
    build_access();
    build_prompts();
    build_prompt_calls();
    build_operators();
    hooks = std::make_unique<hooks::Hooks>(
        directory, hooks::HookServices{*turns, *outbox, *alerts, clock, metrics, live.get(), back.get(),
                                       missed.get(), prompt_calls.get()});
    build_recovery();
}

int App::Parts::listen() {
    struct Listener {
        std::string address;
        http::Router router;
        http::ServerOptions options;
    };
    http::ServerOptions open;
    open.listener.connections = config.limits.connections;
    open.listener.per_peer = config.limits.connections_per_peer;
    open.connection.codec.body = config.limits.body_bytes;
    open.connection.codec.header = config.limits.header_bytes;
    std::vector<Listener> all;
    all.push_back({config.listen.hooks, hooks_router(), open});
    all.push_back({config.listen.ops, ops_router(), {}});
    http::ServerOptions local;
    local.connection.codec.body = most_local_body;
    all.push_back({"unix:" + api_socket(config), api_router(), local});
    if (config.listen.console != "off") {
        all.push_back({config.listen.console, console_router(), console_options()});
    }
    for (Listener& one : all) {
        const Result<ops::Address> address = ops::parse_address(one.address);
        servers.push_back(std::make_unique<http::Server>(loop.get_executor(), tasks, clock, metrics,
                                                         std::move(one.router), one.options));
        const auto listening =
            address ? servers.back()->listen(*address) : Result<std::uint16_t>(address.error());
        if (!listening) {
            std::cerr << one.address << ": " << listening.error().message()
                      << ". Another program has it, or it is no address of this machine.\n";
            return unavailable;
        }
    }
    if (net::inherited_left() > 0) {  // requests would wait there for ever
        std::cerr
            << "A socket was handed over (systemd's rightsline.socket) whose address is none of `listen`. "
               "Write the same address in both.\n";
        return misconfigured;
    }
    return ok;
}

}  // namespace rightsline::app

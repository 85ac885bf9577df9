// The keys of this process, and the vault: its home in this process, or in one of its own behind vault.socket.
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/local_vault.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto borrowing_budget = 15s;  // both may be started at once
constexpr auto looking_rest = 2s;
constexpr auto told_away_after = 30s;  // a restart is nothing to wake somebody for
constexpr int alarm_percent = 80;

int refused_keys(const std::string& folder, const boost::system::error_code& why, bool with_home) {
    if (why == vault::make_error_code(vault::errc::key_exposed)) {
        std::cerr << folder << ": others may read or change keys here. Run: chmod 700 " << folder
                  << " && chmod 600 " << folder << "/*.key\n";
        return misconfigured;
    }
    for (const vault::KeyTrouble& trouble : vault::key_troubles(folder, with_home)) {
        std::cerr << trouble.path << ": " << trouble.what << "\n";
    }
    if (why == vault::make_error_code(vault::errc::no_key_file)) {
        std::cerr
            << "Was this server in use before? Then mount or restore its keys; new ones open nothing of "
               "before.\nFor a first start: rightsline key init --keys-dir "
            << folder << " --circle PROGRAM --out FILE\n";
    }
    return misconfigured;
}

}  // namespace

int App::Parts::load_keys() {
    const bool apart = !config.vault.socket.empty();
    const Result<vault::Keys> loaded =
        apart ? vault::Keys::load_without_home(config.keys_dir) : vault::Keys::load(config.keys_dir);
    if (!loaded) {
        return refused_keys(config.keys_dir, loaded.error(), !apart);
    }
    keys = *loaded;
    if (apart) {
        return borrow_keys();
    }
    vault = vault::make_vault(*keys);
    receipts.emplace(*keys);
    return ok;
}

int App::Parts::borrow_keys() {
    std::unique_ptr<vault::RemoteHome> there =
        vault::make_remote_home(loop.get_executor(), clock, config.vault.socket);
    Result<vault::LentKeys> lent = ops::wait_for(loop, there->borrow(clock.in(borrowing_budget)));
    if (!lent) {
        std::cerr
            << config.vault.socket << ": " << lent.error().message()
            << ". Is `rightsline vault` running, on this socket, and does it answer this user (--user)? "
               "systemctl status rightsline-vault\n";
        return unavailable;
    }
    receipts.emplace(lent->names, lent->receipt_salt.bytes());
    home = there.get();
    vault = vault::make_vault(std::move(*lent), std::move(there), keys->epochs());
    return ok;
}

/// Those who are told of reports are told also when the vault is away; so they are named while it is there.
void App::Parts::know_staff() {
    if (home == nullptr) {
        return;
    }
    std::vector<vault::IdRequest> people;
    for (const auto& [program, roster] : rosters) {
        for (const people::Person& person : roster.people) {
            people.push_back({vault::IdKind::phone, person.phone.reveal()});
            people.push_back({vault::IdKind::limit, person.phone.reveal()});
        }
    }
    for (const locales::PrivateText& number : config.operators.numbers) {
        people.push_back({vault::IdKind::phone, number.reveal()});
    }
    for (vault::IdRequest& one : people) {
        std::vector<vault::IdRequest> request;
        request.push_back(std::move(one));
        const auto named = ops::wait_for(loop, vault->id(std::move(request)));
        if (!named) {
            ops::log(ops::Level::warn, "staff_not_named", {{"error", named.error()}});
            break;
        }
    }
    home->pin_known();
}

/// How the vault's process stands: for /readyz, the metrics, and whoever keeps the machine.
Awaitable<void> App::Parts::keep_vault() {
    Deadline seen = clock.steady();
    for (bool going = home != nullptr; going;) {
        const bool was_away = readiness.vault_away;
        co_await home->look();
        const vault::HomeStanding stands = home->standing();
        readiness.vault_away = stands.away;
        if (was_away != stands.away) {
            ops::log(stands.away ? ops::Level::error : ops::Level::info, "vault_standing",
                     {{"away", stands.away}});
        }
        seen = stands.away ? seen : clock.steady();
        const bool gone = clock.steady() - seen >= told_away_after;
        const int step = gone || stands.used_percent >= 100 ? 2 : 1;
        if (gone || stands.used_percent >= alarm_percent) {
            co_await operators->tell(alerts::Matter::vault, step);
        }
        going = co_await ops::pause(looking_rest);
    }
}

void App::Parts::measure_vault() {
    if (home == nullptr) {
        return;
    }
    const vault::HomeStanding stands = home->standing();
    metrics.gauge("rightsline_vault_away", "The vault's process does not answer").set(stands.away ? 1 : 0);
    metrics.gauge("rightsline_vault_quota_percent", "How much of its fullest quota of the day is used")
        .set(stands.used_percent);
    metrics
        .counter("rightsline_vault_refused_total",
                 "Questions that the vault's quota of the day refused to us")
        .take_over(stands.refused);
}

}  // namespace rightsline::app

// The audit: entries are sealed into blocks as they come, by whichever server is first.
#include <iostream>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto sealing_rest = 2s;  // for so long an entry can be changed unseen

}  // namespace

void App::Parts::build_audit() {
    if (const vault::AuditKey* key = keys->audit_signer()) {
        sealer = std::make_unique<audit::Sealer>(*redis, *key, clock, metrics);
        return;
    }
    ops::log(ops::Level::error, "audit_key_missing");
    std::cerr
        << config.keys_dir
        << " has no key for the audit: it is written, and nobody can tell later whether it was changed. "
           "Make one and restart: rightsline key add-audit --keys-dir "
        << config.keys_dir << "\n";
}

Awaitable<void> App::Parts::keep_audit() {
    for (bool going = sealer != nullptr; going;) {
        std::vector<std::string> all = program_names();
        all.emplace_back(stores::server_wide);
        for (const std::string& program : all) {
            if (readiness.store) {
                co_await sealer->work(program);
            }
        }
        going = co_await ops::pause(sealing_rest);
    }
}

}  // namespace rightsline::app

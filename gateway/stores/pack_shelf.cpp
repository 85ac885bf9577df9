#include "gateway/stores/pack_shelf.hpp"

#include <utility>

#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/transaction.hpp"

namespace rightsline::stores {

void PackShelf::activate(flows::PackPtr pack, flows::Bundle bundle) {
    cache_[pack->hash] = pack;
    const std::string program = pack->program;
    active_[program] = Active{std::move(pack), std::move(bundle), false};
}

void PackShelf::reactivate(flows::PackPtr pack) {
    const std::string program = pack->program;
    active_[program] = Active{std::move(pack), {}, true};
}

flows::PackPtr PackShelf::active(const std::string& program) const {
    const auto found = active_.find(program);
    return found == active_.end() ? nullptr : found->second.pack;
}

flows::PackPtr PackShelf::cached(const flows::PackHash& hash) const {
    const auto found = cache_.find(hash);
    return found == cache_.end() ? nullptr : found->second;
}

Awaitable<Result<void>> PackShelf::persist(redis::Deadline deadline) {
    for (auto& [program, active] : active_) {
        if (active.stored) {
            continue;
        }
        const Keyspace keys(program);
        const std::string hex = flows::to_hex(active.pack->hash);
        redis::Commit write;
        write.writes.push_back({redis::Op::set, keys.pack(hex), {flows::to_bytes(active.bundle)}});
        write.writes.push_back({redis::Op::set, keys.active_pack(), {hex}});
        const auto done = co_await redis::commit(client_, write, deadline);
        if (!done) {
            co_return done.error();
        }
        active.stored = true;
    }
    co_return Result<void>();
}

Awaitable<Result<flows::PackPtr>> PackShelf::fetch(const std::string& program, std::string hex,
                                                   redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(Keyspace(program).pack(hex));
    const auto loaded = co_await redis::load(client_, wanted, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->extras.front()) {
        co_return errc::no_such_pack;
    }
    const auto bundle = flows::parse_bundle(*loaded->extras.front());
    if (!bundle) {
        co_return bundle.error();
    }
    flows::Compiled compiled = flows::compile(*bundle);
    if (!compiled.pack) {
        co_return errc::no_such_pack;  // stored by a build whose grammar we no longer read
    }
    cache_[compiled.pack->hash] = compiled.pack;
    co_return compiled.pack;
}

Awaitable<Result<flows::PackPtr>> PackShelf::find(const std::string& program, const flows::PackHash& hash,
                                                  redis::Deadline deadline) {
    if (flows::PackPtr pack = cached(hash)) {
        co_return pack;
    }
    co_return co_await fetch(program, flows::to_hex(hash), deadline);
}

Awaitable<Result<flows::PackPtr>> PackShelf::stored_active(const std::string& program,
                                                           redis::Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(Keyspace(program).active_pack());
    const auto loaded = co_await redis::load(client_, wanted, deadline);
    if (!loaded) {
        co_return loaded.error();
    }
    if (!loaded->extras.front()) {
        co_return errc::no_such_pack;
    }
    co_return co_await fetch(program, *loaded->extras.front(), deadline);
}

}  // namespace rightsline::stores

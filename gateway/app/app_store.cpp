// The store of a server: our own Redis, started and watched, or the address of another.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto store_start_budget = 60s;  // an append-only file of a busy year is read in less

/// A whole line in one write: the log writes to the same place.
void say(std::string line) {
    line += '\n';
    std::cerr << line;
}

/// What our own Redis may use: the rest is for us, for the kernel's cache, and for the copy while its file is written anew.
std::uint64_t memory_of(const config::Redis& redis) {
    const auto pages = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
    const auto page = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PAGESIZE)));
    return redis.memory_mb != 0 ? static_cast<std::uint64_t>(redis.memory_mb) << 20U : pages * page / 2;
}

/// What our own Redis is found with when it starts.
void tell_of_finds(redis::EmbeddedOptions& options) {
    options.mended = [] {
        ops::log(ops::Level::error, "store_mended");
        say("redis-server had removed a file that its append-only file needs, as it does when the disk "
            "fails in "
            "the midst of a rewrite. Everything stands in the files before it, and they are read again. "
            "Look "
            "after that disk.");
    };
    options.left_behind = [](int pid, bool was_ended) {
        ops::log(ops::Level::warn, "redis_left_behind", {{"pid", pid}, {"ended", was_ended}});
        say("The redis-server of a server that was killed (pid " + std::to_string(pid) +
            (was_ended ? ") did not answer and was ended." : ") still holds the store. Waiting."));
    };
}

}  // namespace

/// Redis ends where it cannot write what it was told to keep; only its own log says so.
void App::Parts::tell_of_disk() {
    if (store_disk.newly_full()) {
        ops::log(ops::Level::error, "disk_full");
        say("The disk of " + store_disk.folder() +
            " is full, and nothing can be filed. Texts wait in the spool, whose room was taken before. Make "
            "room "
            "there, or move state_dir to a larger disk; the store comes back by itself.");
    }
}

Awaitable<Result<void>> App::Parts::start_store() {
    redis::Address address;
    if (config.redis.embedded) {
        redis::EmbeddedOptions options;
        options.directory =
            config.redis.directory.empty() ? config.state_dir + "/redis" : config.redis.directory;
        options.key_patterns = {std::string(stores::key_pattern)};
        options.memory_bytes = memory_of(config.redis);
        store_disk = ops::DiskRoom(options.directory);
        options.restarting = [this](bool hung) {
            ops::log(ops::Level::error, "redis_restarted", {{"hung", hung}});
            tell_of_disk();
        };
        tell_of_finds(options);
        Result<std::unique_ptr<redis::Embedded>> started =
            co_await redis::start_embedded(std::move(options), clock.in(store_start_budget));
        if (!started) {
            co_return started.error();
        }
        embedded = std::move(*started);
        address = embedded->caller();
    } else {
        const Result<redis::Address> parsed = redis::parse_url(config.redis.url);
        if (!parsed) {
            co_return parsed.error();
        }
        address = *parsed;
    }
    watch_store(std::move(address));
    co_return Result<void>();
}

}  // namespace rightsline::app

#include "gateway/cases/epoch_lock.hpp"

#include <algorithm>
#include <utility>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::cases {
namespace {

bool is_lost(const boost::system::error_code& error) {
    return error == vault::make_error_code(vault::errc::unknown_key) ||
           error == vault::make_error_code(vault::errc::sealed_otherwise);
}

std::vector<vault::SealRequest> requests_of(const std::string& context, std::vector<std::string> blobs) {
    std::vector<vault::SealRequest> requests;
    for (std::string& one : blobs) {
        requests.push_back({vault::Purpose::epoch, context, std::move(one)});
    }
    return requests;
}

}  // namespace

Awaitable<Result<std::vector<std::string>>> lock(vault::Vault& vault, std::string context,
                                                 std::vector<std::string> sealed) {
    std::vector<vault::SealRequest> requests = requests_of(context, std::move(sealed));
    co_return co_await vault.seal(std::move(requests));
}

Awaitable<Result<std::string>> lock_one(vault::Vault& vault, std::string context, std::string sealed) {
    std::vector<std::string> alone{std::move(sealed)};
    Result<std::vector<std::string>> locked = co_await lock(vault, std::move(context), std::move(alone));
    co_return locked ? Result<std::string>(std::move(locked->front())) : locked.error();
}

Awaitable<Result<std::string>> unlock_one(vault::Vault& vault, std::string context, std::string stored) {
    if (!vault::lock_of(stored)) {
        co_return stored;
    }
    std::vector<std::string> alone{stored};
    std::vector<vault::SealRequest> requests = requests_of(context, std::move(alone));
    Result<std::vector<std::string>> sealed = co_await vault.open(std::move(requests));
    if (sealed) {
        co_return std::move(sealed->front());
    }
    co_return is_lost(sealed.error()) ? Result<std::string>(std::move(stored)) : sealed.error();
}

Awaitable<Result<std::vector<std::string>>> unlock(vault::Vault& vault, std::string context,
                                                   std::vector<std::string> stored) {
    const bool locked =
        std::ranges::any_of(stored, [](const auto& one) { return vault::lock_of(one).has_value(); });
    if (!locked) {
        co_return stored;
    }
    std::vector<vault::SealRequest> requests = requests_of(context, stored);
    Result<std::vector<std::string>> sealed = co_await vault.open(std::move(requests));
    if (sealed || !is_lost(sealed.error())) {
        co_return sealed;
    }
    for (std::string& one : stored) {
        Result<std::string> alone = co_await unlock_one(vault, context, std::move(one));
        if (!alone) {
            co_return alone.error();
        }
        one = std::move(*alone);
    }
    co_return stored;
}

Awaitable<Result<std::string>> unlock_recording(vault::Vault& vault, std::string context,
                                                std::string stored) {
    constexpr std::size_t opening_bytes = vault::recording_opening_bytes + vault::lock_overhead;
    if (!vault::lock_of(stored) || stored.size() < opening_bytes) {
        co_return stored;
    }
    std::string opening = stored.substr(0, opening_bytes);
    const Result<std::string> unlocked = co_await unlock_one(vault, std::move(context), std::move(opening));
    if (!unlocked) {
        co_return unlocked.error();
    }
    stored.replace(0, opening_bytes, *unlocked);
    co_return stored;
}

}  // namespace rightsline::cases

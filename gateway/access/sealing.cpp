#include "gateway/access/sealing.hpp"

#include <utility>

#include "gateway/access/error.hpp"

namespace rightsline::access {
namespace {

std::vector<vault::SealRequest> one(std::string context, std::string bytes) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::login, std::move(context), std::move(bytes)});
    return requests;
}

}  // namespace

Awaitable<Result<std::string>> seal(vault::Vault& vault, std::string context, std::string plain) {
    std::vector<vault::SealRequest> requests = one(std::move(context), std::move(plain));
    Result<std::vector<std::string>> sealed = co_await vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return std::move(sealed->front());
}

Awaitable<Result<std::string>> unseal(vault::Vault& vault, std::string context, std::string sealed) {
    std::vector<vault::SealRequest> requests = one(std::move(context), std::move(sealed));
    Result<std::vector<std::string>> plain = co_await vault.open(std::move(requests));
    if (!plain) {
        co_return errc::damaged;
    }
    co_return std::move(plain->front());
}

}  // namespace rightsline::access

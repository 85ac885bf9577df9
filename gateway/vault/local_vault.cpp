#include "gateway/vault/local_vault.hpp"

#include <span>

#include "gateway/vault/blob.hpp"
#include "gateway/vault/keyed_names.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

class LocalVault final : public Vault {
 public:
    explicit LocalVault(Keys keys)
        : keys_(std::move(keys)),
          spool_(keys_.derived_key("rightsline spool")),
          login_(keys_.derived_key("rightsline login")),
          names_(keys_) {}

    Awaitable<Result<std::vector<KeyedId>>> id(std::vector<IdRequest> requests) override {
        std::vector<KeyedId> ids;
        ids.reserve(requests.size());
        for (IdRequest& request : requests) {
            ids.push_back(names_.name(request.kind, request.canonical));
            locales::wipe(request.canonical);
        }
        co_return ids;
    }

    Awaitable<Result<std::vector<std::string>>> seal(std::vector<SealRequest> requests) override {
        std::vector<std::string> blobs;
        blobs.reserve(requests.size());
        for (SealRequest& request : requests) {
            blobs.push_back(
                seal_blob(keys_for(request.purpose).back(), request.purpose, request.context, request.bytes));
            locales::wipe(request.bytes);
        }
        co_return blobs;
    }

    Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) override {
        std::vector<std::string> plains;
        plains.reserve(requests.size());
        for (const SealRequest& request : requests) {
            Result<std::string> plain =
                open_blob(keys_for(request.purpose), request.purpose, request.context, request.bytes);
            if (!plain) {
                wipe_all(plains);
                co_return plain.error();
            }
            plains.push_back(std::move(*plain));
        }
        co_return plains;
    }

 private:
    std::span<const SecretKey> keys_for(Purpose purpose) const {
        if (purpose == Purpose::number) {
            return {&keys_.number(), 1};
        }
        if (purpose ==
            Purpose::spool) {  // a key of its own, which no new state key replaces while messages wait
            return {&spool_, 1};
        }
        if (purpose == Purpose::login) {  // the same: users stay longer than any state key
            return {&login_, 1};
        }
        return keys_.states();
    }
    static void wipe_all(std::vector<std::string>& plains) {
        for (std::string& plain : plains) {
            locales::wipe(plain);
        }
    }

    Keys keys_;
    SecretKey spool_;
    SecretKey login_;
    KeyedNames names_;
};

}  // namespace

std::unique_ptr<Vault> make_vault(Keys keys) { return std::make_unique<LocalVault>(std::move(keys)); }

}  // namespace rightsline::vault

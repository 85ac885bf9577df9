#include "gateway/vault/local_vault.hpp"

#include <algorithm>
#include <span>

#include "gateway/vault/blob.hpp"
#include "gateway/vault/keyed_names.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

/// Requests that the home answers, and their places among all of them.
template <class Request>
struct ForHome {
    std::vector<Request> requests;
    std::vector<std::size_t> places;
    void add(Request&& request, std::size_t place) {
        requests.push_back(std::move(request));
        places.push_back(place);
    }
};

class HouseVault final : public Vault {
 public:
    HouseVault(LentKeys lent, std::unique_ptr<Home> home, std::shared_ptr<EpochRing> epochs,
               std::function<Month()> month)
        : lent_(std::move(lent)),
          home_(std::move(home)),
          epochs_(std::move(epochs)),
          month_(std::move(month)),
          names_(lent_.names),
          sealer_(lent_.numbers) {}

    Awaitable<Result<std::vector<KeyedId>>> id(std::vector<IdRequest> requests) override {
        std::vector<KeyedId> ids(requests.size());
        ForHome<IdRequest> asked;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            if (home_names(requests[i].kind)) {
                asked.add(std::move(requests[i]), i);
            } else {
                ids[i] = names_.name(requests[i].kind, requests[i].canonical);
            }
            locales::wipe(requests[i].canonical);
        }
        if (!asked.requests.empty()) {
            const Result<std::vector<KeyedId>> named = co_await home_->name(std::move(asked.requests));
            if (!named) {
                co_return named.error();
            }
            for (std::size_t i = 0; i < asked.places.size(); ++i) {
                ids[asked.places[i]] = (*named)[i];
            }
        }
        co_return ids;
    }

    Awaitable<Result<std::vector<std::string>>> seal(std::vector<SealRequest> requests) override {
        notice_months(requests);
        std::vector<std::string> blobs;
        blobs.reserve(requests.size());
        for (SealRequest& one : requests) {
            Result<std::string> blob = seal_one(one);
            locales::wipe(one.bytes);
            if (!blob) {
                co_return blob.error();
            }
            blobs.push_back(std::move(*blob));
        }
        co_return blobs;
    }

    Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) override {
        notice_months(requests);
        std::vector<std::string> plains(requests.size());
        ForHome<SealRequest> asked;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            if (home_opens(requests[i].purpose)) {
                asked.add(std::move(requests[i]), i);
                continue;
            }
            const SealRequest& one = requests[i];
            Result<std::string> plain =
                one.purpose == Purpose::epoch
                    ? epochs_->unlock(one.context, one.bytes)
                    : open_blob(keys_for(one.purpose), one.purpose, one.context, one.bytes);
            if (!plain) {
                wipe_all(plains);
                co_return plain.error();
            }
            plains[i] = std::move(*plain);
        }
        if (!asked.requests.empty()) {
            Result<std::vector<std::string>> opened = co_await home_->open(std::move(asked.requests));
            if (!opened) {
                wipe_all(plains);
                co_return opened.error();
            }
            for (std::size_t i = 0; i < asked.places.size(); ++i) {
                plains[asked.places[i]] = std::move((*opened)[i]);
            }
        }
        co_return plains;
    }

    Awaitable<Result<std::vector<Epoch>>> epochs() override {
        epochs_->notice();
        co_return epochs_->epochs();
    }

    Awaitable<Result<void>> destroy_epoch(Month month) override {
        epochs_->notice();
        co_return epochs_->destroy(month);
    }

 private:
    /// What another process destroyed opens here no more, from the next question on.
    void notice_months(const std::vector<SealRequest>& requests) {
        if (std::ranges::find(requests, Purpose::epoch, &SealRequest::purpose) != requests.end()) {
            epochs_->notice();
        }
    }
    Result<std::string> seal_one(const SealRequest& one) {
        if (one.purpose == Purpose::epoch) {
            return epochs_->lock(month_(), one.context, one.bytes);
        }
        return home_opens(one.purpose)
                   ? sealer_.seal(one.purpose, one.context, one.bytes)
                   : seal_blob(keys_for(one.purpose).back(), one.purpose, one.context, one.bytes);
    }
    std::span<const SecretKey> keys_for(Purpose purpose) const {
        if (purpose ==
            Purpose::spool) {  // a key of its own, which no new state key replaces while messages wait
            return {&lent_.spool, 1};
        }
        if (purpose == Purpose::login) {  // the same: users stay longer than any state key
            return {&lent_.login, 1};
        }
        if (purpose == Purpose::audience) {
            return {&lent_.audience, 1};
        }
        return lent_.states;
    }
    static void wipe_all(std::vector<std::string>& plains) {
        for (std::string& plain : plains) {
            locales::wipe(plain);
        }
    }

    LentKeys lent_;
    std::unique_ptr<Home> home_;
    std::shared_ptr<EpochRing> epochs_;
    std::function<Month()> month_;
    KeyedNames names_;
    OneWaySealer sealer_;
};

}  // namespace

std::unique_ptr<Vault> make_vault(const Keys& keys, std::function<Month()> month) {
    return make_vault(lend(keys), make_home(keys), keys.epochs(), std::move(month));
}

std::unique_ptr<Vault> make_vault(LentKeys lent, std::unique_ptr<Home> home,
                                  std::shared_ptr<EpochRing> epochs, std::function<Month()> month) {
    return std::make_unique<HouseVault>(std::move(lent), std::move(home), std::move(epochs),
                                        std::move(month));
}

}  // namespace rightsline::vault

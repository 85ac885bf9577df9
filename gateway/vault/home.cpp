#include "gateway/vault/home.hpp"

#include <algorithm>
#include <array>

#include "gateway/vault/blob.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/keyed_names.hpp"
#include "gateway/vault/one_way.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

class NearHome final : public Home {
 public:
    explicit NearHome(const Keys& keys) : keys_(keys) {}

    Awaitable<Result<std::vector<KeyedId>>> name(std::vector<IdRequest> requests) override {
        Result<std::vector<KeyedId>> ids = keys_.name(requests);
        for (IdRequest& request : requests) {
            locales::wipe(request.canonical);
        }
        co_return ids;
    }
    Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) override {
        co_return keys_.open(requests);
    }

 private:
    HomeKeys keys_;
};

std::vector<NameKey> own_names(const Keys& keys) {
    std::vector<NameKey> names;
    names.push_back(name_key(keys, IdKind::phone));
    names.push_back(name_key(keys, IdKind::limit));
    names.push_back(name_key(keys, IdKind::contact));
    return names;
}

}  // namespace

bool home_names(IdKind kind) {
    return kind == IdKind::phone || kind == IdKind::limit || kind == IdKind::contact;
}
bool home_opens(Purpose purpose) {
    return purpose == Purpose::number || purpose == Purpose::reply || purpose == Purpose::contact_number;
}

struct HomeKeys::Material {
    explicit Material(const Keys& keys) : names(own_names(keys)), opener(keys), home(keys) {}
    KeyedNames names;
    OneWayOpener opener;
    Keys home;  // its number key opens what was sealed before there was a one-way seal
};

HomeKeys::HomeKeys(const Keys& keys) : material_(std::make_unique<const Material>(keys)) {}
HomeKeys::~HomeKeys() = default;

Result<std::vector<KeyedId>> HomeKeys::name(const std::vector<IdRequest>& requests) const {
    std::vector<KeyedId> ids;
    ids.reserve(requests.size());
    for (const IdRequest& request : requests) {
        if (!home_names(request.kind)) {
            return errc::bad_frame;
        }
        ids.push_back(material_->names.name(request.kind, request.canonical));
    }
    return ids;
}

Result<std::vector<std::string>> HomeKeys::open(const std::vector<SealRequest>& requests) const {
    std::vector<std::string> plains;
    plains.reserve(requests.size());
    for (const SealRequest& one : requests) {
        Result<std::string> plain = errc::bad_frame;
        if (home_opens(one.purpose) && is_one_way(one.bytes)) {
            plain = material_->opener.open(one.purpose, one.context, one.bytes);
        } else if (one.purpose == Purpose::number) {
            plain = open_blob({&material_->home.number(), 1}, one.purpose, one.context, one.bytes);
        } else if (home_opens(one.purpose)) {
            plain = errc::sealed_otherwise;
        }
        if (!plain) {
            std::ranges::for_each(plains, locales::wipe);
            return plain.error();
        }
        plains.push_back(std::move(*plain));
    }
    return plains;
}

std::unique_ptr<Home> make_home(const Keys& keys) { return std::make_unique<NearHome>(keys); }

}  // namespace rightsline::vault

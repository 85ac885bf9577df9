#include "gateway/providers/error.hpp"

#include <string>

namespace rightsline::providers {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "providers"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::not_signed:
                return "the request carries no signature";
            case errc::bad_signature:
                return "the signature does not fit the request; check the auth token and public_url";
            case errc::malformed:
                return "a required field is missing, repeated or unreadable";
            case errc::not_for_us:
                return "the request names another account";
            case errc::of_no_interest:
                return "nothing to do for this news";
        }
        return "unknown providers error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::providers

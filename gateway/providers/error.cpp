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
            case errc::bad_line:
                return "the line cannot send this";
            case errc::bad_recipient:
                return "the recipient is no international number";
            case errc::bad_text:
                return "the text is empty, too long or not UTF-8";
            case errc::bad_script:
                return "the call would say nothing, too much, or something nobody can speak";
            case errc::bad_url:
                return "a URL for the provider is not a plain http or https URL";
            case errc::bad_account:
                return "the account lacks its id, its token or its address";
            case errc::bad_id:
                return "the provider never gives such a name";
            case errc::not_offered:
                return "the provider does not offer this";
            case errc::bad_answer:
                return "the provider's list cannot be read";
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

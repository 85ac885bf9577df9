#include "gateway/mail/error.hpp"

namespace rightsline::mail {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "mail"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::bad_address:
                return "this is no e-mail address";
            case errc::bad_header:
                return "these words cannot stand in the header of an e-mail";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::mail

#include "flows/error.hpp"

#include <string>

namespace rightsline::flows {

namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.flows"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::bad_bundle:
                return "these bytes are not a program's sources";
            case errc::bad_conversation:
                return "this conversation is damaged or newer than this build";
            case errc::bad_test:
                return "this scripted test cannot be read";
        }
        return "unknown flows error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::flows

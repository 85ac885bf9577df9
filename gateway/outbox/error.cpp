#include "gateway/outbox/error.hpp"

namespace rightsline::outbox {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "outbox"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "a stored message cannot be read";
            case errc::no_line:
                return "the line is not configured, or its account cannot send";
            case errc::prefix_refused:
                return "the configuration does not allow texts to this country";
            case errc::bad_expansion:
                return "an expansion's id, size or chunk cannot be used";
            case errc::plan_changed:
                return "the plan of an expansion is not the one that it was begun with";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::outbox

#include "gateway/alerts/error.hpp"

namespace rightsline::alerts {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "alerts"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "a stored alert cannot be read";
            case errc::no_such_alert:
                return "there is no such alert, or its report was deleted";
            case errc::not_told:
                return "this person was told of no alert lately";
            case errc::no_words:
                return "the program has no script, so nothing could be said";
            case errc::kept_out:
                return "the case keeps this person out";
            case errc::contended:
                return "others are changing this alert; try again";
            case errc::answered:
                return "this text was answered before";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::alerts

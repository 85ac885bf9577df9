#include "gateway/handoff/error.hpp"

namespace rightsline::handoff {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "handoff"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "a stored hand-off cannot be read";
            case errc::no_such_call:
                return "there is no such hand-off, or it was over long ago";
            case errc::contended:
                return "others are changing this hand-off; try again";
            case errc::too_many:
                return "too many numbers are blocked; free those that call no more";
            case errc::not_blocked:
                return "no number of that name is blocked";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::handoff

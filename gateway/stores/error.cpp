#include "gateway/stores/error.hpp"

#include <string>

namespace rightsline::stores {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.stores"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::no_such_pack:
                return "the store holds no such pack, or one this build cannot read";
            case errc::no_such_case:
                return "there is no such case";
            case errc::damaged:
                return "a stored value does not have the shape we write";
            case errc::other_keys:
                return "the store was written with other keys";
        }
        return "unknown error of the stores";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::stores

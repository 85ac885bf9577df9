#include "gateway/callbacks/error.hpp"

namespace rightsline::callbacks {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "callbacks"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "a stored call-back cannot be read";
            case errc::no_such_call:
                return "there is no such call-back, or it was over long ago";
            case errc::contended:
                return "others are changing this call-back; try again";
            case errc::closed:
                return "the case is closed";
            case errc::not_wanted:
                return "its worker has not asked to be called, or has taken it back";
            case errc::said_stop:
                return "its worker's phone has sent STOP: nothing goes to it";
            case errc::wrong_hour:
                return "its worker said that a call is safe at other hours";
            case errc::enough_today:
                return "its worker was called as often as a day allows";
            case errc::under_way:
                return "somebody is calling its worker now";
            case errc::no_phone_of_ours:
                return "who asks has no phone in the roster that may be called";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::callbacks

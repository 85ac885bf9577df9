#include "gateway/access/error.hpp"

#include <string>

namespace rightsline::access {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.access"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::no_such_user:
                return "there is no such user";
            case errc::name_taken:
                return "a user has this name already";
            case errc::contended:
                return "somebody else changed it at the same moment; nothing was changed";
            case errc::damaged:
                return "a stored user or login cannot be read";
            case errc::no_login:
                return "this login does not hold";
            case errc::too_many_users:
                return "there are as many users as a server keeps";
            case errc::on_a_list:
                return "who stands on an employer's list lets nobody in";
        }
        return "unknown error of access";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::access

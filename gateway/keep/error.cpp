#include "gateway/keep/error.hpp"

#include <string>

namespace rightsline::keep {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.keep"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::not_a_backup:
                return "this is no backup of rightsline";
            case errc::newer:
                return "a newer rightsline made this backup; restore it with that version or a later one";
            case errc::wrong_key:
                return "this backup is sealed to another key";
            case errc::damaged:
                return "this backup is damaged or cut short; nothing of it can be trusted. Take an older one";
            case errc::disk:
                return "a file could not be read or written: look at its path, its rights and the room on "
                       "its disk";
            case errc::there_already:
                return "it is there already, and is not overwritten";
            case errc::in_use:
                return "a server uses this folder; stop it first";
            case errc::store_refused:
                return "redis-server does not load what is in this backup";
        }
        return "unknown error of the keep room";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::keep

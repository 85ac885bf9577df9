#include "gateway/spool/error.hpp"

#include <string>

namespace rightsline::spool {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.spool"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::full:
                return "the spool is full";
            case errc::busy:
                return "the disk was busy until the deadline";
            case errc::closed:
                return "the spool is closed for writing";
            case errc::unsure:
                return "a record may or may not be on the disk";
            case errc::too_long:
                return "a record is too long for the spool";
            case errc::disk:
                return "the spool's file cannot be made, read or written";
            case errc::other_key:
                return "records in the spool were sealed with another key";
            case errc::not_ours:
                return "the file is no spool";
            case errc::newer:
                return "a newer build wrote the spool";
            case errc::unreadable:
                return "a record of the spool does not open";
        }
        return "unknown error of the spool";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::spool

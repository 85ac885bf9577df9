#include "gateway/ops/error.hpp"

#include <string>

namespace rightsline::ops {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "ops"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::busy:
                return "too much work is waiting already";
            case errc::deadline:
                return "the work was not done in time";
            case errc::job_failed:
                return "the work threw an exception";
            case errc::still_running:
                return "tasks were still running at the deadline";
            case errc::bad_address:
                return "this is no address to listen on";
            case errc::no_such_zone:
                return "the system knows no time zone of that name";
        }
        return "unknown ops error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::ops

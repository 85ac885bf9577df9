#include "gateway/audit/error.hpp"

#include <string>

namespace rightsline::audit {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.audit"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::head_damaged:
                return "the store's head of the audit is not its last block";
            case errc::entries_unreadable:
                return "the audit's stream holds something else than entries";
        }
        return "unknown error of the audit";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::audit

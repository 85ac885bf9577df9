#include "gateway/conversations/error.hpp"

#include <string>

namespace rightsline::conversations {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.conversations"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::store_gone:
                return "the store did not answer in time";
            case errc::contended:
                return "other turns of the same conversation won three times in a row";
            case errc::damaged:
                return "a stored conversation or answer is damaged";
            case errc::no_program:
                return "the line's program has no pack";
            case errc::busy:
                return "enough receipt codes are being looked up already";
            case errc::no_code:
                return "no receipt code could be prepared in time";
            case errc::refused:
                return "the provider refused a request about a recording";
            case errc::unavailable:
                return "the provider failed at a request about a recording";
            case errc::foreign:
                return "the recording's address is not the account's";
            case errc::gone:
                return "the provider has no such recording";
            case errc::cut_short:
                return "the recording is shorter than the provider said";
            case errc::no_sound:
                return "what the provider gave is no recording";
            case errc::newer:
                return "a newer build wrote it";
            case errc::disk:
                return "a sealed recording could not be made durable on the disk";
        }
        return "unknown error of the conversations";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::conversations

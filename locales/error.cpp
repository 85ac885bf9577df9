#include "locales/error.hpp"

#include <string>

namespace rightsline::locales {
namespace {

const char* sentence(errc e) {
    switch (e) {
        case errc::bad_language:
            return "not a language tag such as es or es-MX";
        case errc::bad_pattern:
            return "the braces, quotes or names of this text do not fit together";
        case errc::spell_out:
            return "a number that ICU would speak: write {name, spell}";
        case errc::unsupported_format:
            return "a format that no recording can say: write the words out";
        case errc::incomplete_plural:
            return "a plural class of this language is missing";
        case errc::unknown_plural:
            return "a plural class that this language does not have";
    }
    return "unknown";
}

class LocalesCategory final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.locales"; }
    std::string message(int code) const override { return sentence(static_cast<errc>(code)); }
};

}  // namespace

const boost::system::error_category& category() {
    static const LocalesCategory instance;
    return instance;
}

}  // namespace rightsline::locales

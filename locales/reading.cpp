#include "locales/reading.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace rightsline::locales {

std::string fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status) != 0) {
        return {};
    }
    const auto view = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    icu::UnicodeString wide = nfkd->normalize(icu::UnicodeString::fromUTF8(view).foldCase(), status);
    icu::UnicodeString kept;
    for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
        const UChar32 c = wide.char32At(at);
        if (u_isalnum(c) != 0) {
            kept.append(c);
        } else if (u_charType(c) != U_NON_SPACING_MARK && !kept.isEmpty() && kept.char32At(kept.length() - 1) != ' ') {
            kept.append(static_cast<UChar32>(' '));
        }
    }
    std::string folded;
    kept.trim().toUTF8String(folded);
    return folded;
}

}  // namespace rightsline::locales

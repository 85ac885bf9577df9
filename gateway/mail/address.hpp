// Address: one e-mail address, and a line of words for a header. What a header is made of can hold nothing else.
//
// Invariant of both: no control character, so no line end; of an address no space, no comma and no angle bracket either.
// A mail is put together of these types only (letter.hpp), so nothing that was written anywhere becomes a header of its
// own. Must never: be logged. Threading: plain values.
#pragma once

#include <string>
#include <string_view>

#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::mail {

class Address {
 public:
    /// "maria@example.org": plain ASCII, one @, 254 bytes at most. Errors: errc::bad_address.
    static Result<Address> parse(std::string_view text);
    const std::string& reveal() const { return text_.reveal(); }
    std::string domain() const;

 private:
    explicit Address(std::string_view text) : text_(std::string(text)) {}
    locales::PrivateText text_;
};

class HeaderText {
 public:
    /// Errors: errc::bad_header (a control character, no UTF-8, over 200 bytes).
    static Result<HeaderText> parse(std::string_view text);
    const std::string& text() const { return text_; }

 private:
    explicit HeaderText(std::string_view text) : text_(text) {}
    std::string text_;
};

}  // namespace rightsline::mail

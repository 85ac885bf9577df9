// Form: application/x-www-form-urlencoded as ordered pairs. Strict, bounded, pure.
//
// The order and repeated names are kept: a provider's signature covers them. '+' is a space; an escape that
// is not two hexadecimal digits is an error and never passed through. The bytes are not checked for UTF-8
// here.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::http {

class Form {
 public:
    /// Views into the form's own bytes: they live as long as the form, and move with it.
    using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

    /// Errors: errc::bad_form (a bad escape, or more than `most` fields).
    static Result<Form> decode(std::string_view text, std::size_t most = 200);
    Form(Form&&) = default;
    Form& operator=(Form&&) = default;
    Form(const Form&) = delete;
    Form& operator=(const Form&) = delete;
    ~Form() = default;

    const Pairs& pairs() const { return pairs_; }
    /// The first value of that name (exact case), or "".
    std::string_view get(std::string_view name) const;
    std::size_t count(std::string_view name) const;

 private:
    Form() = default;
    std::vector<char>
        decoded_;  // every name and value, one after the other; a moved vector stays where it is
    Pairs pairs_;
};

/// "To=%2B1…&Body=…": every byte but letters, digits and "-._~" is escaped, the space too, in names and values.
std::string encode_form(const std::vector<std::pair<std::string_view, std::string_view>>& fields);

/// "%2B" -> "+", and '+' -> ' ' when `plus_is_space`. Errors: errc::bad_form.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace rightsline::http

// Fields: the named values of a webhook, read strictly after the signature.
//
// A name that we read must stand once: with two of them, what was signed and what is read could differ. Names
// that we do not read are ignored; providers add them without notice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/form.hpp"
#include "gateway/http/message.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

class Fields {
 public:
    /// The body as a form. Errors: errc::malformed.
    static Result<Fields> of_body(const http::Request& request);
    /// The query as a form. Errors: errc::malformed.
    static Result<Fields> of_query(const http::Request& request);

    /// "" when absent; the reading has failed (see ok()) when it stands twice.
    std::string optional(std::string_view name);
    /// As optional(), and the reading has failed when it is absent. It may be empty.
    std::string required(std::string_view name);
    /// A required id: letters, digits, '-' and '_', 1 to 64 of them.
    std::string id(std::string_view name);
    bool has(std::string_view name) const { return form_.count(name) != 0; }
    /// Whether everything read so far stood as it must.
    bool ok() const { return ok_; }

 private:
    explicit Fields(http::Form form) : form_(std::move(form)) {}
    http::Form form_;
    bool ok_ = true;
};

bool is_id(std::string_view text);
/// Decimal digits, at most `most`. Errors: errc::malformed.
Result<std::uint32_t> read_number(std::string_view text, std::uint32_t most);
/// The n= of a call's URL: how often we sent the call back to the same event. 0 when it is absent or odd.
std::uint32_t read_sent_back(const http::Request& request);
/// The m= of a receipt's URL: our id of the message. "" when it is absent or no id.
std::string read_ours(const http::Request& request);
/// Fields one after the other with their lengths: no two lists share these bytes.
std::string canonical(const std::vector<std::string_view>& fields);

}  // namespace rightsline::providers

// errc of the providers room: why a webhook is not believed or not understood, and why a request is not built.
//
// Every enumerator says when it happens and what is answered. No message ever carries what stood in the
// request. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::providers {

enum class errc {
    not_signed = 1,  // no signature header: answer 403, nothing changes
    bad_signature,   // none of the accepted tokens signed these bytes for this URL: 403, nothing changes
    malformed,       // signed, but a required field is missing, stands twice or cannot be read: answer 400
    not_for_us,      // signed, but it names another account: answer 403
    of_no_interest,  // well-formed news that changes nothing here ("ringing"): answer 204

    // Nothing was sent, and nothing can be until what the send was made of changes.
    bad_line,       // the line is no number, short code or Messaging Service, or it cannot do this (a call)
    bad_recipient,  // the recipient is no E.164 number
    bad_text,       // the text is empty, longer than the provider takes, or no UTF-8
    bad_script,   // a call would say nothing, too much, or something for which there is no audio and no voice
    bad_url,      // a URL that the provider is to call is no plain http or https URL
    bad_account,  // the account has no id, no token or no address
    bad_id,       // what is to be changed or erased has a name that the provider never gives
    not_offered,  // this provider cannot do that
    bad_answer,   // the provider's list cannot be read
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::providers

template <>
struct boost::system::is_error_code_enum<rightsline::providers::errc> : std::true_type {};

#include "gateway/http/error.hpp"

#include <string>

namespace rightsline::http {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "http"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::malformed:
                return "the message is not HTTP";
            case errc::header_too_large:
                return "the header is too large";
            case errc::body_too_large:
                return "the body is too large";
            case errc::folded_header:
                return "a header line is folded";
            case errc::not_http_1_1:
                return "the version is not HTTP/1.1";
            case errc::transfer_encoding:
                return "a transfer encoding is not accepted";
            case errc::bad_host:
                return "there is not exactly one valid Host";
            case errc::bad_length:
                return "there is not exactly one clear Content-Length";
            case errc::bad_target:
                return "the target is not an absolute path";
            case errc::bad_method:
                return "the method is not served";
            case errc::wants_upgrade:
                return "Expect and Upgrade are not accepted";
            case errc::duplicate_field:
                return "a field that may come once came twice";
            case errc::bad_form:
                return "the form cannot be read";
            case errc::bad_url:
                return "the URL cannot be used";
            case errc::not_https:
                return "the URL is not https";
            case errc::bad_outgoing:
                return "the request to send holds forbidden characters";
            case errc::bad_answer:
                return "the answer is not HTTP or ended early";
            case errc::answer_too_large:
                return "the answer is too large";
            case errc::not_public:
                return "the host has an address that is not public";
            case errc::busy:
                return "too many requests wait for a connection";
        }
        return "unknown http error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

int status_of(const boost::system::error_code& refused) {
    if (refused == errc::header_too_large) {
        return 431;
    }
    return refused == errc::body_too_large ? 413 : 400;
}

}  // namespace rightsline::http

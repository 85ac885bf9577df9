#include "redis/error.hpp"

#include <string>

namespace rightsline::redis {
namespace {

const char* sentence(errc e) {
    switch (e) {
        case errc::not_sent:
            return "the command was not sent";
        case errc::outcome_unknown:
            return "the command was sent, but no reply came";
        case errc::protocol:
            return "the peer does not speak Redis' protocol";
        case errc::reply_too_large:
            return "the reply is larger than allowed";
        case errc::overloaded:
            return "too many commands are outstanding";
        case errc::server_error:
            return "Redis refused the command";
        case errc::unexpected_reply:
            return "Redis' reply has an unexpected type";
        case errc::bad_url:
            return "not a usable Redis URL";
        case errc::cannot_start:
            return "the embedded redis-server did not come up";
        case errc::out_of_bounds:
            return "an argument is out of its bounds";
        case errc::functions_gone:
            return "Redis does not know our functions any more";
    }
    return "unknown Redis error";
}

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "redis"; }
    std::string message(int value) const override { return sentence(static_cast<errc>(value)); }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::redis

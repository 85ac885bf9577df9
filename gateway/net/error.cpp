#include "gateway/net/error.hpp"

#include <string>

namespace rightsline::net {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "net"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::end_of_stream:
                return "the peer closed the connection";
            case errc::deadline:
                return "the deadline passed";
            case errc::closed:
                return "the connection is closed";
            case errc::lost:
                return "the connection was lost";
            case errc::bad_address:
                return "the address cannot be read";
            case errc::cannot_listen:
                return "cannot listen on this address";
            case errc::unknown_host:
                return "the host is unknown";
            case errc::refused:
                return "the host did not accept the connection";
            case errc::untrusted:
                return "the host could not prove who it is";
            case errc::bad_trust_file:
                return "the file with accepted issuers cannot be read";
        }
        return "unknown net error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::net

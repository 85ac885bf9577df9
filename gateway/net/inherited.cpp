#include "gateway/net/inherited.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <cstring>
#include <string_view>
#include <vector>

#include "gateway/ops/environment.hpp"

namespace rightsline::net {
namespace {

constexpr int first_inherited = 3;
constexpr int most_inherited = 16;

int number_in(const char* name) {
    const char* text = ops::environment(name);
    const std::string_view digits = text == nullptr ? "" : text;
    int number = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

bool listens(int file) {
    int yes = 0;
    socklen_t size = sizeof yes;
    return ::getsockopt(file, SOL_SOCKET, SO_ACCEPTCONN, &yes, &size) == 0 && yes == 1;
}

std::vector<int>& handed_over() {
    static std::vector<int> files = [] {
        std::vector<int> found;
        if (number_in("LISTEN_PID") != ::getpid()) {
            return found;
        }
        const int count = std::min(number_in("LISTEN_FDS"), most_inherited);
        for (int file = first_inherited; file < first_inherited + count; ++file) {
            ::fcntl(file, F_SETFD, FD_CLOEXEC);
            if (listens(file)) {
                found.push_back(file);
            }
        }
        return found;
    }();
    return files;
}

using Endpoint = boost::asio::generic::stream_protocol::endpoint;

bool is_at(int file, const ops::Address& address) {
    Endpoint there;
    socklen_t size = static_cast<socklen_t>(there.capacity());
    if (::getsockname(file, there.data(), &size) != 0) {
        return false;
    }
    there.resize(size);
    if (!address.unix_path.empty()) {
        const auto* local = static_cast<const sockaddr_un*>(static_cast<const void*>(there.data()));
        return local->sun_family == AF_UNIX && address.unix_path == local->sun_path;
    }
    boost::system::error_code failed;
    const auto host = boost::asio::ip::make_address(address.host, failed);
    return !failed && there == Endpoint(boost::asio::ip::tcp::endpoint(host, address.port));
}

}  // namespace

int take_inherited(const ops::Address& address) {
    std::vector<int>& files = handed_over();
    const auto found = std::ranges::find_if(files, [&](int file) { return is_at(file, address); });
    if (found == files.end()) {
        return -1;
    }
    const int file = *found;
    files.erase(found);
    return file;
}

std::size_t inherited_left() { return handed_over().size(); }

}  // namespace rightsline::net

#include "tests/support/free_port.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>
#include <stdexcept>

namespace rightsline::tests {
namespace {

bool can_be_bound(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(port);
    const void* generic = &at;
    const bool bound = ::bind(fd, static_cast<const sockaddr*>(generic), sizeof at) == 0;
    ::close(fd);
    return bound;
}

}  // namespace

std::uint16_t free_port() {
    std::random_device chance;
    std::uniform_int_distribution<std::uint16_t> drawn(10000, 32000);
    for (int tries = 0; tries < 100; ++tries) {
        if (const std::uint16_t port = drawn(chance); can_be_bound(port)) {
            return port;
        }
    }
    throw std::runtime_error("there is no free port");
}

}  // namespace rightsline::tests

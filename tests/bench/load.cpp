#include "tests/bench/load.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <deque>
#include <stdexcept>
#include <string_view>

namespace rightsline::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Duration = std::chrono::duration<double>;

class Generator {
 public:
    Generator(const std::vector<std::string>& requests, double per_second)
        : requests_(requests), per_second_(per_second), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
        outcome_.ms.reserve(requests.size());
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;
    ~Generator() {
        for (const Connection& one : connections_) {
            ::close(one.fd);
        }
        ::close(poll_);
    }

    void connect(std::uint16_t port, unsigned count) {
        port_ = port;
        connections_.resize(count);
        for (unsigned i = 0; i < count; ++i) {
            open(i);
            free_.push_back(i);
        }
    }

    Outcome run() {
        start_ = Clock::now();
        while (outcome_.ms.size() < requests_.size()) {
            send_what_is_due();
            receive();
        }
        outcome_.seconds = Duration(Clock::now() - start_).count();
        std::ranges::sort(outcome_.ms);
        return std::move(outcome_);
    }

 private:
    struct Connection {
        int fd = -1;
        Clock::time_point since;
        std::string in;
    };

    void open(unsigned index) {
        Connection& one = connections_[index];
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port_);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const void* generic = &at;
        one.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(one.fd, static_cast<const sockaddr*>(generic), sizeof at) != 0) {
            throw std::runtime_error("nobody listens on port " + std::to_string(port_));
        }
        const int yes = 1;
        ::setsockopt(one.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        ::fcntl(one.fd, F_SETFL, ::fcntl(one.fd, F_GETFL) | O_NONBLOCK);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = index;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, one.fd, &event);
    }

    Clock::time_point due(std::size_t index) const {
        return start_ + std::chrono::duration_cast<Clock::duration>(
                            Duration(static_cast<double>(index) / per_second_));
    }

    void send_what_is_due() {
        while (!free_.empty() && next_ < requests_.size() &&
               (per_second_ <= 0 || due(next_) <= Clock::now())) {
            Connection& one = connections_[free_.front()];
            free_.pop_front();
            const std::string& request = requests_[next_];
            one.since = per_second_ > 0 ? due(next_) : Clock::now();
            ++next_;
            // About a kilobyte into an empty buffer: it fits.
            if (::send(one.fd, request.data(), request.size(), MSG_NOSIGNAL) !=
                static_cast<ssize_t>(request.size())) {
                throw std::runtime_error("the server hung up");
            }
        }
    }

    void receive() {
        std::array<epoll_event, 64> events;
        timespec wait{1, 0};
        if (per_second_ > 0 && next_ < requests_.size()) {
            const auto left =
                std::chrono::duration_cast<std::chrono::nanoseconds>(due(next_) - Clock::now()).count();
            wait = {0, std::clamp<long>(left, 0, 999'999'999)};
        }
        const int ready =
            ::epoll_pwait2(poll_, events.data(), static_cast<int>(events.size()), &wait, nullptr);
        for (int i = 0; i < ready; ++i) {
            read(events[static_cast<std::size_t>(i)].data.u32);
        }
    }

    void read(unsigned index) {
        Connection& one = connections_[index];
        std::array<char, 16384> bytes;
        const auto length = ::recv(one.fd, bytes.data(), bytes.size(), 0);
        if (length <= 0) {
            throw std::runtime_error("the server hung up");
        }
        one.in.append(bytes.data(), static_cast<std::size_t>(length));
        const std::string_view in = one.in;
        const auto header = in.find("\r\n\r\n");
        const auto announced = in.find("Content-Length: ");
        if (header == std::string_view::npos) {
            return;
        }
        const auto body =
            announced < header ? static_cast<std::size_t>(std::atol(in.data() + announced + 16)) : 0;
        if (in.size() < header + 4 + body) {
            return;
        }
        ++(in.starts_with("HTTP/1.1 200") ? outcome_.good : outcome_.bad);
        outcome_.body_bytes += body;
        outcome_.ms.push_back(Duration(Clock::now() - one.since).count() * 1000);
        if (in.substr(0, header).find("Connection: close") != std::string_view::npos) {
            ::close(one.fd);  // a server bounds how long a connection lives
            open(index);
        }
        one.in.clear();
        free_.push_back(index);
    }

    const std::vector<std::string>& requests_;
    double per_second_;
    int poll_;
    std::uint16_t port_ = 0;
    std::vector<Connection> connections_;
    std::deque<unsigned> free_;  // the longest idle first, or a server would close it
    std::size_t next_ = 0;
    Clock::time_point start_;
    Outcome outcome_;
};

}  // namespace

double Outcome::at(double quantile) const {
    const auto index = static_cast<std::size_t>(std::floor(quantile * static_cast<double>(ms.size())));
    return ms.empty() ? 0 : ms[std::min(index, ms.size() - 1)];
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.empty()           ? 0
           : values.size() % 2 == 1 ? values[middle]
                                    : (values[middle - 1] + values[middle]) / 2;
}

void Outcome::add(const Outcome& other) {
    seconds += other.seconds;
    good += other.good;
    bad += other.bad;
    body_bytes += other.body_bytes;
    ms.insert(ms.end(), other.ms.begin(), other.ms.end());
    std::ranges::sort(ms);
}

Outcome send_all(std::uint16_t port, const std::vector<std::string>& requests, unsigned connections,
                 double per_second) {
    Generator generator(requests, per_second);
    generator.connect(port, connections);
    return generator.run();
}

}  // namespace rightsline::bench

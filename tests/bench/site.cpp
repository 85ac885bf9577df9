#include "tests/bench/site.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::bench {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

/// The whole answer; "" when nobody answers.
std::string http_get(std::uint16_t port, const std::string& path) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = loopback(port);
    const void* generic = &at;
    std::array<char, 4096> bytes{};
    std::string answer;
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (::connect(fd, static_cast<const sockaddr*>(generic), sizeof at) == 0 &&
        ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
        for (ssize_t got = 0; (got = ::recv(fd, bytes.data(), bytes.size(), 0)) > 0;) {
            answer.append(bytes.data(), static_cast<std::size_t>(got));
        }
    }
    ::close(fd);
    return answer;
}

void write_config(const Site& site) {
    const std::string source = RIGHTSLINE_SOURCE_DIR;
    std::ofstream out(site.config());
    out << "public_url: " << public_url << "\n"
        << "listen: {hooks: \"127.0.0.1:" << site.hooks_port
        << "\", console: \"127.0.0.1:0\", ops: \"127.0.0.1:" << site.ops_port << "\"}\n"
        << "redis: {embedded: false, url: \"" << site.redis_url << "\"}\n"
        << "state_dir: " << site.folder << "/state\nkeys_dir: " << site.folder << "/keys\n"
        << "accounts:\n  main: {provider: twilio, account_sid: " << account_sid
        << ", auth_tokens: [{file: " << site.folder
        << "/token}], provider_copies: keep}\n"  // no provider is there
        << "lines:\n  \"" << line_number
        << "\": {account: main, program: fair-food, modes: [sms, voice], cost_to_worker: {sms: paid, voice: "
           "free}}\n"
        << "programs: [" << source << "/flows/fair-food]\nlocales_dir: " << source << "/locales\n"
        << (site.audio.empty() ? std::string() : "audio_dirs: [" + site.audio + "]\n")
        << "limits: {connections_per_peer: 0}\n"  // the load comes from one address
        << "log_level: info\n";
}

}  // namespace

void prepare(const Site& site) {
    const vault::CirclePair pair = vault::make_circle("fair-food", 1);
    const bool keys = vault::make_keys(site.folder + "/keys").has_value() &&
                      vault::add_circle(site.folder + "/keys", pair.public_file).has_value();
    if (!keys) {
        throw std::runtime_error("no keys in " + site.folder);
    }
    const std::string token = site.folder + "/token";
    std::ofstream(token) << auth_token << "\n";
    std::filesystem::permissions(token,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::permissions(token,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    write_config(site);
}

int http_status(std::uint16_t port, const std::string& path) {
    const std::string answer = http_get(port, path);
    return answer.size() > 12 ? std::atoi(answer.c_str() + 9) : 0;
}

std::vector<std::string> metric_lines(std::uint16_t ops_port, const std::string& name) {
    std::istringstream answer(http_get(ops_port, "/metrics"));
    std::vector<std::string> found;
    for (std::string line; std::getline(answer, line);) {
        if (line.starts_with(name)) {
            found.push_back(line);
        }
    }
    return found;
}

void wait_for_200(std::uint16_t port, const std::string& path, int seconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (http_status(port, path) != 200) {
        if (std::chrono::steady_clock::now() > until) {
            throw std::runtime_error("no answer on port " + std::to_string(port) + " " + path);
        }
        ::poll(nullptr, 0, 1);
    }
}

}  // namespace rightsline::bench

// Site: a folder with keys, a token and a configuration for one server with a Twilio account on the real programs.
//
// Threading: plain values, blocking. Owner: a benchmark.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/free_port.hpp"

namespace rightsline::bench {

using tests::free_port;

struct Site {
    std::string folder;
    std::uint16_t hooks_port = 0;
    std::uint16_t ops_port = 0;
    std::string redis_url;
    std::string audio{};  // a folder of draft audio, "" = the recordings of the tree alone

    std::string config() const { return folder + "/rightsline.yaml"; }
    std::string log() const { return folder + "/log"; }
};

inline constexpr const char* public_url = "https://hotline.example.org";
inline constexpr const char* account_sid = "AC0123456789abcdef0123456789abcdef";
inline constexpr const char* auth_token = "0123456789abcdef0123456789abcdef";
inline constexpr const char* line_number = "+15005550006";

/// Writes keys, token and configuration. Throws std::runtime_error.
void prepare(const Site& site);

/// GET `path` on the loopback; the status, 0 when nobody answers.
int http_status(std::uint16_t port, const std::string& path);

/// Returns when `path` answers 200. Throws std::runtime_error after `seconds`.
void wait_for_200(std::uint16_t port, const std::string& path, int seconds = 60);

/// The samples of /metrics whose lines begin with `name`.
std::vector<std::string> metric_lines(std::uint16_t ops_port, const std::string& name);

}  // namespace rightsline::bench

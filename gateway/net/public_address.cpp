#include "gateway/net/public_address.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rightsline::net {
namespace {

namespace ip = boost::asio::ip;

struct Block4 {
    std::uint32_t first;
    unsigned bits;
};

constexpr std::uint32_t quad(unsigned a, unsigned b, unsigned c, unsigned d) {
    return a << 24U | b << 16U | c << 8U | d;
}

// IANA's special-purpose registry.
constexpr std::array special4{
    Block4{quad(0, 0, 0, 0), 8},       Block4{quad(10, 0, 0, 0), 8},     Block4{quad(100, 64, 0, 0), 10},
    Block4{quad(127, 0, 0, 0), 8},     Block4{quad(169, 254, 0, 0), 16}, Block4{quad(172, 16, 0, 0), 12},
    Block4{quad(192, 0, 0, 0), 24},    Block4{quad(192, 0, 2, 0), 24},   Block4{quad(192, 31, 196, 0), 24},
    Block4{quad(192, 52, 193, 0), 24}, Block4{quad(192, 88, 99, 0), 24}, Block4{quad(192, 168, 0, 0), 16},
    Block4{quad(192, 175, 48, 0), 24}, Block4{quad(198, 18, 0, 0), 15},  Block4{quad(198, 51, 100, 0), 24},
    Block4{quad(203, 0, 113, 0), 24},  Block4{quad(224, 0, 0, 0), 4},    Block4{quad(240, 0, 0, 0), 4},
};

using Bytes6 = ip::address_v6::bytes_type;
struct Block6 {
    std::array<std::uint8_t, 8> first;
    unsigned bits;
};

constexpr std::array special6{
    Block6{{0x20, 0x01, 0x00}, 23},              // 2001::/23: Teredo, benchmarks, ORCHID …
    Block6{{0x20, 0x01, 0x0d, 0xb8}, 32},        // documentation
    Block6{{0x20, 0x02}, 16},                    // 6to4: an IPv4 address inside
    Block6{{0x26, 0x20, 0x00, 0x4f, 0x80}, 48},  // AS112
    Block6{{0x3f, 0xff, 0x00}, 20},              // documentation
};

bool in(std::uint32_t address, const Block4& block) {
    const unsigned rest = 32 - block.bits;
    return address >> rest == block.first >> rest;
}

bool in(const Bytes6& address, const Block6& block) {
    for (unsigned bit = 0; bit < block.bits; ++bit) {
        const std::size_t byte = bit / 8;
        const unsigned mask = 0x80U >> bit % 8;
        if ((address[byte] & mask) != (block.first[byte] & mask)) {
            return false;
        }
    }
    return true;
}

}  // namespace

bool is_public_address(std::string_view numeric) {
    boost::system::error_code failed;
    const ip::address address = ip::make_address(std::string(numeric), failed);
    if (failed) {
        return false;
    }
    if (address.is_v4()) {
        const std::uint32_t value = address.to_v4().to_uint();
        return std::ranges::none_of(special4, [value](const Block4& one) { return in(value, one); });
    }
    const Bytes6 bytes = address.to_v6().to_bytes();
    const bool global = (bytes[0] & 0xE0U) == 0x20U;  // 2000::/3
    return global && std::ranges::none_of(special6, [&bytes](const Block6& one) { return in(bytes, one); });
}

}  // namespace rightsline::net

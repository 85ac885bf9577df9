#include "gateway/vault/secret_bytes.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace rightsline::vault {

void ensure_sodium() {
    static const int ready = sodium_init();
    if (ready < 0) {
        throw std::runtime_error("libsodium cannot start on this machine");
    }
}

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    ensure_sodium();
    bytes_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    if (bytes_ == nullptr) {
        throw std::bad_alloc();
    }
    std::fill_n(bytes_.get(), size, std::uint8_t{0});
}

void SecretBytes::Free::operator()(std::uint8_t* bytes) const noexcept { sodium_free(bytes); }

}  // namespace rightsline::vault

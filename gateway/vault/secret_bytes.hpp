// SecretBytes: key material in memory that is locked, guarded by unreadable pages and wiped when let go.
//
// Must never: be copied silently, compared with ==, streamed or put in a string.
// Threading: a plain value; const access from several threads is fine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace rightsline::vault {

class SecretBytes {
 public:
    /// Zeroed bytes. Throws std::bad_alloc when no guarded page is left: a process without keys must not go
    /// on.
    explicit SecretBytes(std::size_t size);

    std::span<std::uint8_t> bytes() { return {bytes_.get(), size_}; }
    std::span<const std::uint8_t> bytes() const { return {bytes_.get(), size_}; }
    std::uint8_t* data() { return bytes_.get(); }
    const std::uint8_t* data() const { return bytes_.get(); }
    std::size_t size() const { return size_; }

 private:
    struct Free {
        void operator()(std::uint8_t* bytes) const noexcept;
    };
    std::unique_ptr<std::uint8_t, Free> bytes_;
    std::size_t size_;
};

/// libsodium is ready after this; cheap to call again. Throws when the machine has no source of randomness.
void ensure_sodium();

}  // namespace rightsline::vault

// The heap of the server forgets: memory is overwritten when it is given back.
//
// A worker's words pass through many hands that free their buffers as they are: std::string, Boost.JSON, ICU,
// OpenSSL, libphonenumber, coroutine frames. Each of ours wipes what it knows of (locales::wipe,
// PrivateText); this file is the net below them, for every library in the process: the executable's own ways to
// give memory back stand before those of mimalloc, which owns the heap (a turn asks for it some two hundred times,
// often for blocks that the C library keeps no cache of). Every way to give memory back on Linux must stand here:
// tests/gateway/app/wiping_heap_test.cpp holds them, tests/chaos/canary_test.py searches the whole memory of the process for
// what a worker said. Cost: one memset per free; tests/chaos/README.md has the figure. Not with a sanitizer, which owns
// the heap itself. Threading: any.
#include <mimalloc.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

void forget(void* block) noexcept {
    if (block != nullptr) {
        explicit_bzero(block, mi_usable_size(block));
        mi_free(block);
    }
}

/// mimalloc's own would leave the old place as it is when it moves a block.
void* resized(void* block, std::size_t size) noexcept {
    const std::size_t held = mi_usable_size(block);
    if (size <= held && size >= held / 2) {
        explicit_bzero(static_cast<char*>(block) + size, held - size);
        return block;
    }
    void* moved = mi_malloc(size);
    if (moved != nullptr) {
        std::memcpy(moved, block, std::min(held, size));
        forget(block);
    }
    return moved;
}

}  // namespace

extern "C" {

void free(void* block) noexcept { forget(block); }

void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr) {
        return mi_malloc(size);
    }
    if (size == 0) {
        forget(block);
        return nullptr;
    }
    return resized(block, size);
}

void* reallocarray(void* block, std::size_t count, std::size_t size) noexcept {
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return nullptr;
    }
    return realloc(block, bytes);
}
}

void operator delete(void* block) noexcept { forget(block); }
void operator delete[](void* block) noexcept { forget(block); }
void operator delete(void* block, std::size_t) noexcept { forget(block); }
void operator delete[](void* block, std::size_t) noexcept { forget(block); }
void operator delete(void* block, std::align_val_t) noexcept { forget(block); }
void operator delete[](void* block, std::align_val_t) noexcept { forget(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { forget(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { forget(block); }

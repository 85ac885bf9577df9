// The heap of the server forgets: memory is overwritten when it is given back.
//
// A worker's words pass through many hands that free their buffers as they are: std::string, Boost.JSON, ICU,
// OpenSSL, libphonenumber, coroutine frames. Each of ours wipes what it knows of (locales::wipe,
// PrivateText); this file is the net below them, for every library in the process: the executable's free()
// and realloc() stand before those of the C library. tests/chaos/canary_test.py searches the whole memory of
// the process for what a worker said. Cost: one memset per free; tests/chaos/README.md has the figure. Not
// with a sanitizer, which owns the heap itself. Threading: any.
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

extern "C" {
void __libc_free(void* block);  // what free() is when nobody stands before it

void free(void* block) noexcept {
    if (block != nullptr) {
        explicit_bzero(block, malloc_usable_size(block));
        __libc_free(block);
    }
}

// The C library's own would leave the old place as it is when it moves a block.
void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr) {
        return std::malloc(size);
    }
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const std::size_t held = malloc_usable_size(block);
    if (size <= held && size >= held / 2) {
        explicit_bzero(static_cast<char*>(block) + size, held - size);
        return block;
    }
    void* moved = std::malloc(size);
    if (moved != nullptr) {
        std::memcpy(moved, block, std::min(held, size));
        free(block);
    }
    return moved;
}
}

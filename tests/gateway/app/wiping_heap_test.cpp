// Every way to give memory back leaves nothing of it. Reads memory that is no longer ours, on purpose: the heap keeps
// the pages of small blocks. Its own list of free blocks stands in the first bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>
#include <string>

namespace {

constexpr std::size_t size = 200;
constexpr std::size_t link = 2 * sizeof(void*);

/// The bytes that stood at `block` are words no more.
bool is_forgotten(const volatile char* block) {
    return std::all_of(block + link, block + size, [](char byte) { return byte == 0; });
}

struct Way {
    const char* name;
    std::function<void*()> take;
    std::function<void(void*)> give_back;
};

class GivenBack : public testing::TestWithParam<Way> {};

TEST_P(GivenBack, IsForgotten) {
    auto* const block = static_cast<char*>(GetParam().take());
    std::memset(block, 'x', size);
    const volatile char* const seen = block;
    GetParam().give_back(block);
    EXPECT_TRUE(is_forgotten(seen));
}

void* plain() { return std::malloc(size); }
void* aligned() { return ::operator new(size, std::align_val_t{64}); }
void* fresh() { return ::operator new(size); }

INSTANTIATE_TEST_SUITE_P(
    Ways, GivenBack,
    testing::Values(
        Way{"free", plain, [](void* block) { std::free(block); }},
        Way{"realloc", plain, [](void* block) { std::free(std::realloc(block, size * 16)); }},
        Way{"realloc_to_nothing", plain, [](void* block) { EXPECT_EQ(std::realloc(block, 0), nullptr); }},
        Way{"reallocarray", plain, [](void* block) { std::free(reallocarray(block, size, 16)); }},
        Way{"posix_memalign",
            [] {
                void* block = nullptr;
                EXPECT_EQ(posix_memalign(&block, 64, size), 0);
                return block;
            },
            [](void* block) { std::free(block); }},
        Way{"delete_one", fresh, [](void* block) { ::operator delete(block); }},
        Way{"delete_sized", fresh, [](void* block) { ::operator delete(block, size); }},
        Way{"delete_array", fresh, [](void* block) { ::operator delete[](block); }},
        Way{"delete_sized_array", fresh, [](void* block) { ::operator delete[](block, size); }},
        Way{"delete_aligned", aligned, [](void* block) { ::operator delete(block, std::align_val_t{64}); }},
        Way{"delete_aligned_array", aligned,
            [](void* block) { ::operator delete[](block, std::align_val_t{64}); }},
        Way{"delete_sized_aligned", aligned,
            [](void* block) { ::operator delete(block, size, std::align_val_t{64}); }},
        Way{"delete_sized_aligned_array", aligned,
            [](void* block) { ::operator delete[](block, size, std::align_val_t{64}); }}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(WipingHeap, ForgetsTheTailOfABlockThatShrinksWhereItIs) {
    auto* const block = static_cast<char*>(std::malloc(size));
    std::memset(block, 'x', size);
    auto* const shrunk = static_cast<char*>(std::realloc(block, size - 40));
    const volatile char* const tail = shrunk + (size - 40);
    EXPECT_TRUE(std::all_of(tail, tail + 40, [](char byte) { return byte == 0; }));
    EXPECT_EQ(std::string(shrunk, 8), "xxxxxxxx");
    std::free(shrunk);
}

}  // namespace

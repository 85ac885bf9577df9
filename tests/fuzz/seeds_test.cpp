// Replays the seeds of every fuzz target through its entry function, in the everyday build and without libFuzzer: an
// input that once broke something breaks this test if it breaks it again.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "fuzz_targets.hpp"  // written by tests/fuzz/CMakeLists.txt

using Entry = int (*)(const std::uint8_t*, std::size_t);

// tests/fuzz/CMakeLists.txt gives each LLVMFuzzerTestOneInput a name of its own.
#define RIGHTSLINE_DECLARE(name) extern "C" int name##_input(const std::uint8_t*, std::size_t);
RIGHTSLINE_FUZZ_TARGETS(RIGHTSLINE_DECLARE)

namespace rightsline {
namespace {

struct Target {
    const char* name;
    Entry entry;
};

std::ostream& operator<<(std::ostream& out, const Target& target) { return out << target.name; }

#define RIGHTSLINE_LIST(name) Target{#name, &name##_input},
constexpr std::array targets{RIGHTSLINE_FUZZ_TARGETS(RIGHTSLINE_LIST)};

std::array<char, 256> current{};  // what is being replayed, for the handler of a signal

/// A finding ends the process: say which input it was first. Only calls that a handler may make.
extern "C" void name_the_input(int number) {
    constexpr const char* before = "\nthe input that broke it: ";
    static_cast<void>(!::write(STDERR_FILENO, before, std::strlen(before)));
    static_cast<void>(!::write(STDERR_FILENO, current.data(), std::strlen(current.data())));
    static_cast<void>(!::write(STDERR_FILENO, "\n", 1));
    ::signal(number, SIG_DFL);
    ::raise(number);
}

class FuzzSeeds : public ::testing::TestWithParam<Target> {};

TEST_P(FuzzSeeds, BreakNothing) {
    const std::filesystem::path folder =
        std::filesystem::path(RIGHTSLINE_SOURCE_DIR) / "tests/fuzz/seeds" / GetParam().name;
    for (const int number : {SIGABRT, SIGILL, SIGTRAP, SIGFPE}) {
        ::signal(number, name_the_input);
    }
    std::size_t replayed = 0;
    for (const auto& seed : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(seed.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        ASSERT_TRUE(file.good() || file.eof()) << seed.path();
        seed.path().string().copy(current.data(), current.size() - 1);
        // A buffer of its own without a spare byte: a sanitizer sees one read too many.
        const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
        EXPECT_EQ(GetParam().entry(exact.data(), exact.size()), 0) << seed.path();
        current.fill('\0');
        ++replayed;
    }
    EXPECT_GE(replayed, 5U) << "a target without seeds finds nothing in a minute";
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzSeeds, ::testing::ValuesIn(targets),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace rightsline

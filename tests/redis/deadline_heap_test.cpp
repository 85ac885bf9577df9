#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "redis/waiting.hpp"

namespace rightsline::redis {
namespace {

struct Silent final : Waiting {
    explicit Silent(int at) : Waiting({}, Deadline(std::chrono::milliseconds(at))) {}
    void answer(Reply /*reply*/) override {}
    void fail(errc /*why*/) override {}
};

TEST(DeadlineHeap, GivesTheFirstDeadlineUnderRandomRemovals) {
    std::minstd_rand random(7);
    DeadlineHeap heap;
    std::vector<std::unique_ptr<Silent>> in;
    for (int round = 0; round < 4000; ++round) {
        if (in.empty() || random() % 5 < 3) {
            in.push_back(std::make_unique<Silent>(static_cast<int>(random() % 1000)));
            heap.push(in.back().get());
        } else {
            const std::size_t victim = random() % in.size();
            heap.remove(in[victim].get());
            in.erase(in.begin() + static_cast<std::ptrdiff_t>(victim));
        }
        ASSERT_EQ(heap.empty(), in.empty());
        if (!in.empty()) {
            const auto first = std::min_element(
                in.begin(), in.end(), [](const auto& a, const auto& b) { return a->deadline < b->deadline; });
            ASSERT_EQ(heap.first()->deadline, (*first)->deadline);
        }
    }
}

}  // namespace
}  // namespace rightsline::redis

#include "flows/loader.hpp"

#include <gtest/gtest.h>

#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

TEST(Loader, TheExcerptCompiles) {
    const Compiled compiled = compile(tests::excerpt());
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    for (const auto& complaint : compiled.complaints) {
        EXPECT_EQ(complaint.rule, "falls-back") << locales::to_line(complaint);
    }
}

}  // namespace
}  // namespace rightsline::flows

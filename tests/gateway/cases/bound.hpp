// What holds of everything that is sealed to a case: it opens in its place and nowhere else.
//
// Threading: the thread of the test. Owner: the test.
#pragma once

#include <gtest/gtest.h>

namespace rightsline::cases {

/// `open(program, case)` of something that was sealed in "fair-food", case "c1": a Result.
template <class Open>
void expect_open_in_its_place_alone(Open open) {
    EXPECT_TRUE(open("fair-food", "c1"));
    EXPECT_FALSE(open("fair-food", "c2"));
    EXPECT_FALSE(open("other", "c1"));
}

}  // namespace rightsline::cases

#include "gateway/providers/fields.hpp"

#include <gtest/gtest.h>

#include "gateway/providers/error.hpp"

namespace rightsline::providers {
namespace {

Fields fields_of(const std::string& body) {
    http::Request request;
    request.body = body;
    return Fields::of_body(request).value();
}

TEST(Fields, ARequiredFieldStandsOnce) {
    Fields once = fields_of("a=1&b=");
    EXPECT_EQ(once.required("a"), "1");
    EXPECT_EQ(once.required("b"), "");
    EXPECT_TRUE(once.ok());
    Fields absent = fields_of("a=1");
    absent.required("b");
    EXPECT_FALSE(absent.ok());
    Fields twice = fields_of("a=1&a=1");
    twice.required("a");
    EXPECT_FALSE(twice.ok());
}

TEST(Fields, AnOptionalFieldStandsAtMostOnce) {
    Fields absent = fields_of("a=1");
    EXPECT_EQ(absent.optional("b"), "");
    EXPECT_TRUE(absent.ok());
    Fields twice = fields_of("b=1&b=2");
    twice.optional("b");
    EXPECT_FALSE(twice.ok());
}

TEST(Fields, AnIdIsShortAndPlain) {
    for (const std::string good :
         {"SM1", "a-b_c", "a234567890123456789012345678901234567890123456789012345678901234"}) {
        EXPECT_TRUE(is_id(good)) << good;
    }
    for (const std::string bad : {"", "../x", "a/b", "a b", "a?b", "é",
                                  "a2345678901234567890123456789012345678901234567890123456789012345"}) {
        EXPECT_FALSE(is_id(bad)) << bad;
    }
}

TEST(Fields, NumbersAreDecimalAndBounded) {
    EXPECT_EQ(read_number("12", 12).value(), 12U);
    for (const std::string bad : {"", "13", "-1", "+1", "1x", " 1", "0x1", "99999999999999999999"}) {
        EXPECT_EQ(read_number(bad, 12).error(), errc::malformed) << bad;
    }
}

TEST(Canonical, DiffersWhereverFieldsDiffer) {
    EXPECT_NE(canonical({"ab", "c"}), canonical({"a", "bc"}));
    EXPECT_NE(canonical({"a"}), canonical({"a", ""}));
    EXPECT_EQ(canonical({"a", "b"}), canonical({"a", "b"}));
}

}  // namespace
}  // namespace rightsline::providers

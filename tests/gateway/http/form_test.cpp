#include "gateway/http/form.hpp"

#include <gtest/gtest.h>

#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace {

TEST(Form, KeepsOrderAndRepeatedNames) {
    const auto form = Form::decode("b=2&a=1&b=3");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->pairs(), (Form::Pairs{{"b", "2"}, {"a", "1"}, {"b", "3"}}));
    EXPECT_EQ(form->get("b"), "2");
    EXPECT_EQ(form->count("b"), 2U);
    EXPECT_EQ(form->get("c"), "");
}

TEST(Form, DecodesEscapesPlusAndEmptyParts) {
    const auto form = Form::decode("From=%2B1&Body=a+b%20%F0%9F%98%80&&empty=&bare&=x");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->pairs(),
              (Form::Pairs{
                  {"From", "+1"}, {"Body", "a b \xF0\x9F\x98\x80"}, {"empty", ""}, {"bare", ""}, {"", "x"}}));
}

TEST(Form, SplitsAtTheFirstEqualsOnly) {
    const auto form = Form::decode("a=b=c");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("a"), "b=c");
}

TEST(Form, TakesAnEscapeAtTheVeryEnd) {
    const auto form = Form::decode("a=%41");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("a"), "A");
}

TEST(Form, RefusesBadEscapes) {
    for (const char* bad : {"a=%", "a=%4", "a=%4g", "a=%%41", "%zz=1", "a=%-1", "a=% 1"}) {
        const auto form = Form::decode(bad);
        ASSERT_TRUE(form.has_error()) << bad;
        EXPECT_EQ(form.error(), errc::bad_form);
    }
}

TEST(Form, IsBounded) {
    EXPECT_TRUE(Form::decode("a=1&b=2&c=3", 3));
    EXPECT_TRUE(Form::decode("a=1&b=2&c=3&d=4", 3).has_error());
}

TEST(Form, OfNothingIsEmpty) { EXPECT_TRUE(Form::decode("")->pairs().empty()); }

TEST(Form, WhatIsEncodedIsReadBackAsItWas) {
    std::string every;
    for (int i = 0; i < 256; ++i) {
        every += static_cast<char>(i);
    }
    EXPECT_EQ(encode_form({{"To", "+1 500&=%"}, {"b-._~", ""}}), "To=%2B1%20500%26%3D%25&b-._~=");
    EXPECT_EQ(encode_form({}), "");
    const std::string text = encode_form({{every, "1"}, {"x", every}, {"x", "ñ"}});
    const Form form = Form::decode(text).value();
    ASSERT_EQ(form.pairs().size(), 3U);
    EXPECT_EQ(form.pairs()[0].first, every);
    EXPECT_EQ(form.pairs()[1].second, every);
    EXPECT_EQ(form.pairs()[2].second, "ñ");
}

}  // namespace
}  // namespace rightsline::http

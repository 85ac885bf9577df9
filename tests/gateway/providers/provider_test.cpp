#include "gateway/providers/provider.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace rightsline::providers {
namespace {

TEST(MakeProvider, KnowsItsNames) {
    EXPECT_EQ(make_provider("twilio")->name(), "twilio");
    EXPECT_EQ(make_provider("simulator")->name(), "simulator");
    EXPECT_EQ(make_provider("other"), nullptr);
}

TEST(Twilio, AnswersXmlAndSaysWhichLanguagesItSpeaks) {
    const auto twilio = make_provider("twilio");
    const http::Response response = twilio->encode(Hook::sms, {}, {});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/xml; charset=utf-8");
    EXPECT_TRUE(twilio->speaks(language("es")));
    EXPECT_FALSE(twilio->speaks(language("ht")));
}

}  // namespace
}  // namespace rightsline::providers

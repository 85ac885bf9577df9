// To which circle a report goes: by what it is about when its first words come, and it stays there.
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

/// Injuries are the smaller circle's, and so is what nobody knows yet.
PackPtr with_circles() {
    const PackPtr plain = hotline().build();
    auto pack = std::make_shared<Pack>(*plain);
    pack->circles = {{"clinic"}, {{"injury", "clinic"}}};
    return pack;
}

TEST(EngineCircles, AReportGoesToTheCircleOfWhatItIsAbout) {
    for (const auto& [about, circle] : {std::pair("1", ""), std::pair("2", "clinic")}) {
        Phone phone(with_circles());
        phone.text("hi").text("1").text("2").text("2").text(about).text("what happened").text("1").text("1");
        ASSERT_EQ(phone.filings.size(), 1U);
        EXPECT_EQ(phone.filings[0].circle, circle);
        EXPECT_EQ(phone.conversation.circle, circle);
    }
}

TEST(EngineCircles, WhatIsToldBeforeAnybodyKnowsGoesToTheFirstAndStays) {
    Phone phone(with_circles());
    phone.text("he has a gun");
    EXPECT_EQ(phone.conversation.circle, "clinic");
    ASSERT_FALSE(phone.filings.empty());
    EXPECT_EQ(phone.filings[0].family, "");
    EXPECT_EQ(phone.filings[0].circle, "clinic");
}

TEST(EngineCircles, AnotherReportOfTheSameWorkerHasACircleOfItsOwn) {
    Phone phone(with_circles());
    phone.text("hi").text("1").text("2").text("2").text("2").text("I fell").text("1").text("1").text("2");
    ASSERT_EQ(phone.filings.at(0).circle, "clinic");
    phone.context.fresh_id = {9};
    phone.file_result = DoResult{"ok", {{"code", "210987654321"}}};
    phone.text("menu").text("2").text("1").text("and they did not pay").text("1").text("1");
    ASSERT_EQ(phone.filings.size(), 2U);
    EXPECT_EQ(phone.filings[1].circle, "");
}

TEST(EngineCircles, WhatIsAddedWithTheCodeGoesWhereTheReportIs) {
    Phone phone(with_circles());
    phone.open_result.values["circle"] = "clinic-of-before";
    phone.text("hi").text("1").text("2").text("3").text("572400000000");
    ASSERT_TRUE(phone.conversation.returned);
    EXPECT_EQ(phone.conversation.circle, "clinic-of-before");
    phone.text("it hurts still");
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.conversation.circle, "clinic-of-before");
}

TEST(EngineCircles, AProgramWithoutAnyHasItsOwn) {
    Phone phone(hotline().build());
    phone.text("he has a gun");
    ASSERT_FALSE(phone.filings.empty());
    EXPECT_EQ(phone.filings[0].circle, "");
}

}  // namespace
}  // namespace rightsline::flows::testing

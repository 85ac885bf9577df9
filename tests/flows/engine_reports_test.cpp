// Two reports in one conversation: the second has nothing of the first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

constexpr std::array<std::uint8_t, 16> second_id{9, 9, 9};

/// An urgent report about an injury is filed, and its number was asked about ("1": given, "2": not wanted).
Phone reported(const std::string& safe_to_text) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("2").text("he has a gun").text("1").text("1");
    phone.text(safe_to_text);
    phone.context.fresh_id = second_id;
    return phone;
}

TEST(EngineReports, TheSecondHasAFamilyUrgencyDraftAndNumberOfItsOwn) {
    for (const char* safe_to_text : {"1", "2"}) {
        Phone phone = reported(safe_to_text);
        ASSERT_EQ(phone.filings.size(), 1U);
        EXPECT_EQ(phone.filings[0].family, "injury");
        EXPECT_EQ(phone.filings[0].urgency, Urgency::p1);
        phone.file_result = DoResult{"ok", {{"code", "210987654321"}}};
        phone.text("menu").text("2").text("1").text("and they did not pay us").text("1").text("1");
        ASSERT_EQ(phone.filings.size(), 2U);
        EXPECT_EQ(phone.filings[1].family, "wages");
        EXPECT_EQ(phone.filings[1].urgency, Urgency::p3);
        EXPECT_EQ(phone.filings[1].draft, second_id);
        EXPECT_TRUE(phone.heard("hotline.safe_to_text.menu")) << "the answer of the first is no answer here";
        phone.text("1");
        EXPECT_NE(phone.body().find("2109 8765 4321"), std::string::npos) << phone.body();
    }
}

TEST(EngineReports, TheSecondIsFiledBySilenceWithoutTheFamilyOfTheFirst) {
    Phone phone = reported("1");
    phone.text("menu").text("2").text("1").text("and they did not pay us");
    phone.wait(std::chrono::minutes(31)).give(Elapsed{});
    ASSERT_EQ(phone.filings.size(), 2U);
    EXPECT_EQ(phone.filings[1].family, "wages");
    EXPECT_EQ(phone.filings[1].draft, second_id);
}

TEST(EngineReports, DangerToldOfSinceTheFirstIsDangerInTheSecond) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1").text("no pay for a week").text("1").text("1");
    phone.text("1").text("menu");
    ASSERT_EQ(phone.filings.at(0).urgency, Urgency::p3);
    phone.context.fresh_id = second_id;
    phone.conversation.urgency = Urgency::p1;  // the key for danger, pressed after the first was filed
    phone.text("2").text("1").text("he is at my door");
    ASSERT_EQ(phone.filings.size(), 2U);
    EXPECT_EQ(phone.filings[1].urgency, Urgency::p1);
}

TEST(EngineReports, WhatIsToldBeforeTheNumberWasSettledIsTheSameReport) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("2").text("he has a gun");
    ASSERT_EQ(phone.filings.size(), 1U);
    const auto draft = phone.conversation.draft;
    phone.context.fresh_id = second_id;
    phone.text("1").text("menu").text("2").text("1").text("he is still here");
    EXPECT_EQ(phone.conversation.draft, draft);
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineReports, NobodyIsReachedAboutWhatIsNotFiled) {
    auto script = hotline();
    script.work("reach", "contact")
        .with("mode", "relay")
        .exit("ok", "hotline.goodbye")
        .exit("else", "hotline.not_saved");
    script.hotkey('7', "contact.reach");
    Phone phone(script.build());
    phone.text("hi").text("1").text("2").text("7");
    EXPECT_TRUE(phone.requests.empty()) << "there is no case to keep a number with";
    EXPECT_TRUE(phone.heard("hotline.not_saved.say"));
    Phone told = reported("1");
    told.pack = script.build();
    told.text("menu").text("7");
    ASSERT_FALSE(told.requests.empty());
    EXPECT_EQ(told.requests.back().action, "contact");
    EXPECT_EQ(told.requests.back().with.at("mode"), "relay");
}

}  // namespace
}  // namespace rightsline::flows::testing

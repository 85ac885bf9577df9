#include "gateway/providers/twilio_errors.hpp"

#include <gtest/gtest.h>

#include <map>

namespace rightsline::providers {
namespace {

struct Expected {
    CodeClass kind;
    Again again;
    bool suppress;
};

TEST(TwilioErrors, WhatTheContractNamesIsClassedSo) {
    constexpr CodeClass rejected = CodeClass::rejected;
    constexpr CodeClass retry = CodeClass::retry;
    constexpr CodeClass account = CodeClass::account;
    for (const auto& [code, expected] :
         std::map<std::uint32_t, Expected>{{21610, {rejected, Again::never, true}},
                                           {21211, {rejected, Again::never, true}},
                                           {21614, {rejected, Again::never, true}},
                                           {21408, {rejected, Again::never, false}},
                                           {21612, {rejected, Again::never, true}},
                                           {21606, {rejected, Again::never, false}},
                                           {21659, {rejected, Again::never, false}},
                                           {30003, {rejected, Again::once, false}},
                                           {30004, {rejected, Again::never, true}},
                                           {30005, {rejected, Again::never, true}},
                                           {30006, {rejected, Again::never, true}},
                                           {30007, {rejected, Again::never, false}},
                                           {30034, {rejected, Again::never, false}},
                                           {30032, {rejected, Again::never, false}},
                                           {20429, {retry, Again::later, false}},
                                           {30001, {retry, Again::later, false}},
                                           {30008, {rejected, Again::once, false}},
                                           {20003, {account, Again::never, false}}}) {
        const TwilioCode* const row = find_twilio_code(code);
        ASSERT_NE(row, nullptr) << code;
        EXPECT_EQ(row->kind, expected.kind) << code;
        EXPECT_EQ(row->again, expected.again) << code;
        EXPECT_EQ(row->suppress, expected.suppress) << code;
    }
}

TEST(TwilioErrors, EveryRowIsWholeAndAgreesWithItself) {
    std::uint32_t before = 0;
    for (const TwilioCode& row : twilio_codes()) {
        EXPECT_GT(row.code, before) << "twice, or out of order";
        before = row.code;
        for (const std::string_view sentence : {row.what, row.mend}) {
            EXPECT_TRUE(sentence.ends_with(".")) << row.code;
            EXPECT_GE(sentence.size(), 10U) << row.code;
            EXPECT_EQ(sentence.find_first_of("<{%"), std::string_view::npos) << row.code;
        }
        EXPECT_EQ(row.kind == CodeClass::retry, row.again == Again::later) << row.code;
        EXPECT_FALSE(row.suppress && (row.kind != CodeClass::rejected || row.again != Again::never))
            << row.code;
        const Reason reason = explain_twilio_code(row.code, 400);
        EXPECT_EQ(reason.code, row.code);
        EXPECT_EQ(reason.status, 400);
        EXPECT_EQ(reason.what, row.what);
        EXPECT_EQ(reason.account, row.kind == CodeClass::account);
    }
}

TEST(TwilioErrors, ACodeThatNobodyKnowsIsNeverTriedAgainByItself) {
    for (const std::uint32_t code : {0U, 1U, 21609U + 10'000U, 99'999U, 4'294'967'295U}) {
        EXPECT_EQ(find_twilio_code(code), nullptr);
        const Reason reason = explain_twilio_code(code);
        EXPECT_EQ(reason.code, code);
        EXPECT_EQ(reason.again, Again::never);
        EXPECT_FALSE(reason.suppress);
        EXPECT_FALSE(reason.account);
        EXPECT_FALSE(reason.what.empty());
    }
}

}  // namespace
}  // namespace rightsline::providers

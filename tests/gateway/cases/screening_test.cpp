#include "gateway/cases/screening.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rightsline::cases {
namespace {

using Kind = Screened::Kind;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const ScreenWords words{{"Maria Lopez", "Juan"}, {"fair food", "union", "ciw"}};

std::vector<Kind> kinds(std::string_view text) {
    std::vector<Kind> all;
    for (const Screened& one : screen_reply(text, words)) {
        all.push_back(one.kind);
    }
    return all;
}

TEST(Screening, LetsPlainWordsPass) {
    for (const char* fine :
         {"We read your report. Which day was it?", "Call 911 if you are in danger now.",
          "It was at 10:30, in row 12.", "Nou li mesaj ou a. Ki jou sa te rive?",
          "We come on Monday. I will be there.", "You are owed 120.50 for May.", "¿Qué día fue? Gracias."}) {
        EXPECT_THAT(kinds(fine), IsEmpty()) << fine;
    }
}

TEST(Screening, RefusesNumbersInEveryScriptAndDress) {
    for (const char* number :
         {"call 305 555 0100", "+1 (305) 555-0100", "3055550100", "30-55-55-01-00", "٣٠٥٥٥٥٠١٠٠",
          "३०५ ५५५ ०१००", "３０５５５５０１００", "o 3.0.5.5.5.5.0.1.0.0", "❸⓿❺❺❺❺⓿❶⓿⓿", "③⓪⑤⑤⑤⑤⓪①⓪⓪",
          "➌🄌➎➎ ➄🄋⓵ ⓿⓿", "⓭⓭⓭⓭", "+26622345678", "call1 305x555 0100"}) {
        EXPECT_THAT(kinds(number), Contains(Kind::number)) << number;
    }
}

TEST(Screening, FewerDigitsAndDatesAreDoubts) {
    EXPECT_THAT(kinds("the number on the gate is 407112"), Contains(Kind::digits));
    EXPECT_THAT(kinds("on 2026-11-22 we come"), Contains(Kind::date));
    EXPECT_THAT(kinds("on 22/11/2026 we come"), Contains(Kind::date));
    EXPECT_THAT(kinds("We will be there on Monday 12/11."), Contains(Kind::date));
    EXPECT_THAT(kinds("(3/4), they say"), Contains(Kind::date));
    EXPECT_THAT(kinds("and/or at 10:30, from 8-12"), Not(Contains(Kind::date)));
    EXPECT_THAT(kinds("on 7555 01 00"), Contains(Kind::number));
    for (const Screened& one : screen_reply("407112 on 2026-11-22", words)) {
        EXPECT_TRUE(one.kind == Kind::number || !one.refused());
    }
}

TEST(Screening, RefusesAddressesAndLinks) {
    EXPECT_THAT(kinds("write to help@example.org"), Contains(Kind::address));
    EXPECT_THAT(kinds("write to help＠example.org"), Contains(Kind::address));
    for (const char* link : {"see https://example.org/x", "see www.example", "see Example.ORG.",
                             "(example.com/help)", "see example．com"}) {
        EXPECT_THAT(kinds(link), Contains(Kind::link)) << link;
    }
    EXPECT_THAT(kinds("We read it.then we came"), Contains(Kind::joined));
}

TEST(Screening, RefusesTheNamesThatWereListedInAnyDress) {
    for (const char* name : {"MARIA was there", "mária", "ask lopez", "and juan too"}) {
        EXPECT_THAT(kinds(name), Contains(Kind::name)) << name;
    }
    EXPECT_THAT(kinds("the lopezes came"), testing::Not(Contains(Kind::name)));
}

TEST(Screening, RefusesWordsThatThePhoneMustNotShow) {
    for (const char* word : {"your Fair Food report", "the unions", "CIW came"}) {
        const auto found = screen_reply(word, words);
        EXPECT_THAT(kinds(word), Contains(Kind::dangerous)) << word;
        EXPECT_TRUE(found.front().refused());
    }
    EXPECT_THAT(kinds("the ciwara"), testing::Not(Contains(Kind::dangerous)));
}

TEST(Screening, ACapitalWithinASentenceMayBeAName) {
    const auto found = screen_reply("We spoke with Pedro. Then we left.", words);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, Kind::capital);
    EXPECT_EQ(found[0].words, "Pedro.");
    EXPECT_FALSE(found[0].refused());
}

TEST(Screening, NamesEachOnceAndTheRefusedFirst) {
    const auto found = screen_reply("we saw Pedro and Pedro, 305 555 0100", words);
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(found.front().refused());
    EXPECT_EQ(std::ranges::count(found, Kind::number, &Screened::kind), 1);
    EXPECT_EQ(found.front().words, "305 555 0100");
}

TEST(Screening, TakesAnyBytes) {
    for (const char* odd : {"", " ", "\xFF\xFE", "@", ".", "..", "a.", ".com", "://", "\xC3"}) {
        (void)screen_reply(odd, words);
    }
}

}  // namespace
}  // namespace rightsline::cases

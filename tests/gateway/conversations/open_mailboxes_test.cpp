#include "gateway/conversations/open_mailboxes.hpp"

#include <gtest/gtest.h>

#include "gateway/conversations/relay.hpp"
#include "locales/fitting.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

OpenMailbox of_case(const std::string& case_id) {
    return {"fair-food", case_id, "en", std::make_shared<const vault::SecretBytes>(32)};
}

TEST(OpenMailboxes, AreOfOneConversationAndOneCase) {
    OpenMailboxes open;
    const Deadline now{1h};
    open.keep("phone-1", of_case("c1"), now);
    EXPECT_NE(open.find("phone-1", "fair-food", "c1", now), nullptr);
    EXPECT_EQ(open.find("phone-2", "fair-food", "c1", now), nullptr);
    EXPECT_EQ(open.find("phone-1", "fair-food", "c2", now), nullptr);
    EXPECT_EQ(open.find("phone-1", "lesotho-gbvh", "c1", now), nullptr);
}

TEST(OpenMailboxes, AreClosedTenMinutesAfterTheirLastUse) {
    OpenMailboxes open;
    const Deadline now{1h};
    open.keep("phone-1", of_case("c1"), now);
    EXPECT_NE(open.find("phone-1", "fair-food", "c1", now + 9min), nullptr);
    EXPECT_NE(open.find("phone-1", "fair-food", "c1", now + 18min), nullptr);
    EXPECT_EQ(open.find("phone-1", "fair-food", "c1", now + 28min), nullptr);
    EXPECT_EQ(open.size(), 0U);
}

TEST(OpenMailboxes, AreBoundedAndTheOldestGoes) {
    OpenMailboxes open;
    Deadline now{1h};
    for (std::size_t i = 0; i <= OpenMailboxes::most; ++i) {
        open.keep("phone-" + std::to_string(i), of_case("c1"), now += 1ms);
    }
    EXPECT_EQ(open.size(), OpenMailboxes::most);
    EXPECT_EQ(open.find("phone-0", "fair-food", "c1", now), nullptr);
    EXPECT_NE(open.find("phone-1", "fair-food", "c1", now), nullptr);
}

TEST(ReadingPlace, IsReadAsItIsWritten) {
    EXPECT_EQ(to_text({2, 13}), "2.13");
    EXPECT_EQ(parse_place("2.13"), (ReadingPlace{2, 13}));
    for (const char* none : {"", "2", "x.1", ".", "2.x"}) {
        EXPECT_EQ(parse_place(none), ReadingPlace{}) << none;
    }
}

TEST(Pieces, LeaveRoomOnAScreenForTheQuestionBehindThem) {
    const std::string plain = std::string(60, 'a') + " " + std::string(60, 'b') + " " + std::string(300, 'c');
    std::string wide;
    for (int i = 0; i < 60; ++i) {
        wide += "¿qué día fué? ó ";
    }
    for (const std::string& piece : pieces_of(plain, "ussd")) {
        EXPECT_TRUE(locales::fits(piece + "\nHo sa na le tse ling.\n1 Tsoela pele\n2 Hamorao", {182, 80}))
            << piece;
    }
    for (const std::string& piece : pieces_of(wide, "ussd")) {
        EXPECT_TRUE(locales::fits(piece + "\nHay otra parte.\n1 Seguir\n2 Luego", {182, 80})) << piece;
    }
}

TEST(Pieces, AreAllOfTheWordsAndDotsSayThatMoreFollows) {
    EXPECT_EQ(pieces_of("We read it.", "sms"), (std::vector<std::string>{"We read it."}));
    const std::string words = std::string(200, 'a') + " " + std::string(200, 'b');
    EXPECT_EQ(pieces_of(words, "sms"),
              (std::vector<std::string>{std::string(200, 'a') + " ...", std::string(200, 'b')}));
    EXPECT_EQ(pieces_of(words, "voice"),
              (std::vector<std::string>{std::string(200, 'a'), std::string(200, 'b')}));
}

}  // namespace
}  // namespace rightsline::conversations

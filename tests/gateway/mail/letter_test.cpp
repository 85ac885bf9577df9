#include "gateway/mail/letter.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace rightsline::mail {
namespace {

Letter letter(const std::string& subject, const std::string& body) {
    using namespace std::chrono;
    return {*Address::parse("hotline@example.org"),
            *Address::parse("maria@example.net"),
            *HeaderText::parse(subject),
            body,
            "ec1-1",
            sys_days(year(2026) / 11 / 22) + hours(9) + minutes(5)};
}

TEST(Letter, IsAHeaderAnEmptyLineAndABodyInBase64) {
    EXPECT_EQ(to_bytes(letter("New report 7K4-921.", "Hello.\n")),
              "From: <hotline@example.org>\r\n"
              "To: <maria@example.net>\r\n"
              "Subject: New report 7K4-921.\r\n"
              "Date: Sun, 22 Nov 2026 09:05:00 +0000\r\n"
              "Message-ID: <ec1-1@example.org>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "X-Auto-Response-Suppress: All\r\n"
              "Reply-To: <noreply@example.org>\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "SGVsbG8uCg==\r\n");
}

TEST(Letter, ASubjectOfOtherLettersIsEncodedAndNoCharacterIsCut) {
    const std::string bytes = to_bytes(letter("Ijan: rapò òòòòòòòòòòòòòòòòòòòòòòòòòòòòòòòò ap tann", "x"));
    const std::size_t at = bytes.find("Subject: =?UTF-8?B?");
    ASSERT_NE(at, std::string::npos);
    EXPECT_NE(bytes.find("?=\r\n =?UTF-8?B?", at), std::string::npos);
}

TEST(Letter, NoLineIsLongOrBeginsWithADot) {
    std::istringstream lines(
        to_bytes(letter(std::string(200, 'x'), "\r\n.\r\n.\r\n" + std::string(5000, '.'))));
    std::string line;
    while (std::getline(lines, line)) {
        EXPECT_LE(line.size(), 250U);
        EXPECT_FALSE(line.starts_with('.'));
    }
}

TEST(Letter, AnIdCannotEndItsHeader) {
    Letter odd = letter("x", "x");
    odd.id = "e1>\r\nBcc: <x@y.org";
    EXPECT_NE(to_bytes(odd).find("Message-ID: <e1Bccxyorg@example.org>\r\n"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::mail

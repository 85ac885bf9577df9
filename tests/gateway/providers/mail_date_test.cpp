#include "gateway/providers/mail_date.hpp"

#include <gtest/gtest.h>

namespace rightsline::providers {
namespace {

using namespace std::chrono_literals;

TEST(MailDate, IsReadInBothOfItsSpellings) {
    const auto date = std::chrono::sys_days(std::chrono::year(1994) / 11 / 6) + 8h + 49min + 37s;
    EXPECT_EQ(read_mail_date("Sun, 06 Nov 1994 08:49:37 GMT"), date);
    EXPECT_EQ(read_mail_date("Sun, 06 Nov 1994 08:49:37 +0000"), date);
    EXPECT_TRUE(read_mail_date("Tue, 29 Feb 2028 00:00:00 GMT"));
}

TEST(MailDate, AnythingElseIsNone) {
    for (const std::string text :
         {"", "GMT", " GMT", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 PST",
          "Sun, 06 Nov 1994 08:49:37 +0200", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994 GMT",
          "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37  GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT", "2026-11-22T08:00:00Z", "Sun, 06 Nov 19945 08:49:37 GMT"}) {
        EXPECT_FALSE(read_mail_date(text)) << text;
    }
}

}  // namespace
}  // namespace rightsline::providers

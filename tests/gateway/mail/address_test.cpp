#include "gateway/mail/address.hpp"

#include <gtest/gtest.h>

#include "gateway/mail/error.hpp"

namespace rightsline::mail {
namespace {

TEST(Address, IsPlainOrNothing) {
    for (const char* good :
         {"maria@example.org", "on.call+night@mail.example.co.uk", "a@b-c.de", "O'Neil@x.org"}) {
        ASSERT_TRUE(Address::parse(good)) << good;
        EXPECT_EQ(Address::parse(good)->reveal(), good);
    }
    const std::string long_local(65, 'a');
    for (const std::string& bad :
         {std::string(), std::string("maria"), std::string("@example.org"), std::string("maria@"),
          std::string("maria@localhost"), std::string("a@b@example.org"), std::string("ma ria@example.org"),
          std::string("maria@example.org\r\nBcc: x@y.org"), std::string("maria@example.org\n"),
          std::string("<maria@example.org>"), std::string("maria@example.org,jean@example.org"),
          std::string("maria@exa\0mple.org", 18), std::string(".maria@example.org"),
          std::string("ma..ria@example.org"), std::string("maria@-example.org"),
          std::string("maría@example.org"), std::string("\"maria\"@example.org"),
          std::string("maria@[127.0.0.1]"), long_local + "@example.org"}) {
        EXPECT_FALSE(Address::parse(bad)) << bad;
    }
    EXPECT_EQ(Address::parse("maria@mail.example.org")->domain(), "mail.example.org");
}

TEST(HeaderText, CannotEndItsHeader) {
    EXPECT_TRUE(HeaderText::parse("Urgent: report 7K4-921 waits."));
    EXPECT_TRUE(HeaderText::parse("Ijan: rapò 7K4-921 ap tann."));
    for (const std::string& bad :
         {std::string("a\r\nBcc: x@y.org"), std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3),
          std::string("a\x7f"), std::string("\xc3"), std::string("\xff\xfe"), std::string(201, 'a')}) {
        EXPECT_EQ(HeaderText::parse(bad).error(), make_error_code(errc::bad_header));
    }
}

}  // namespace
}  // namespace rightsline::mail

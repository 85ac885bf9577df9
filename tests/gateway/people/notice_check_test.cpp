// Whether mail and webhooks can be used, before the night.
#include <gtest/gtest.h>

#include "gateway/people/rosters.hpp"

namespace rightsline::people {
namespace {

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

class NoticeCheck : public testing::Test {
 protected:
    NoticeCheck() {
        config.file = "rightsline.yaml";
        config::Line line;
        line.program = "fair-food";
        line.modes = {config::Mode::sms, config::Mode::voice};
        config.lines["+15005550006"] = line;
        roster("people:\n  maria: {phone: \"+15005550101\", email: maria@example.net}\norder: [maria]\n");
        config.mail.host = "smtp.example.org";
        config.mail.from = "hotline@example.org";
    }
    void roster(const std::string& text) {
        config.rosters["fair-food"] = {"roster.yaml", locales::PrivateText(text)};
    }
    void webhook(const std::string& url, const std::string& key = secret,
                 const std::string& program = "fair-food") {
        config.webhooks[program].push_back({url, {locales::PrivateText(key)}, 7});
    }
    std::string complaints() {
        locales::Complaints found;
        read = read_rosters(config, {"fair-food"}, found);
        std::string all;
        for (const locales::Complaint& one : found) {
            all += to_line(one) + "\n";
        }
        EXPECT_EQ(all.find("whsec_M"), std::string::npos) << all;
        EXPECT_EQ(all.find("maria@"), std::string::npos) << all;
        return all;
    }

    config::Config config;
    std::map<std::string, Roster> read;
};

TEST_F(NoticeCheck, AGoodOneHasNoComplaint) {
    webhook("https://hooks.example.org/x");
    EXPECT_EQ(complaints(), "");
    EXPECT_EQ(read.at("fair-food").people.front().email->reveal(), "maria@example.net");
}

TEST_F(NoticeCheck, AnAddressThatIsNoneIsRefused) {
    for (const char* email : {"maria", "maria@localhost", "\"maria@example.net\\nBcc: x@y.org\""}) {
        roster("people:\n  maria: {phone: \"+15005550101\", email: " + std::string(email) +
               "}\norder: [maria]\n");
        EXPECT_NE(complaints().find("bad-email"), std::string::npos) << email;
    }
}

TEST_F(NoticeCheck, AnAddressWithoutAServerReachesNobody) {
    config.mail = {};
    EXPECT_NE(complaints().find("no-mail-server"), std::string::npos);
}

TEST_F(NoticeCheck, ASenderThatIsNoAddressIsRefused) {
    config.mail.from = "the hotline";
    EXPECT_NE(complaints().find("bad-mail-from"), std::string::npos);
}

TEST_F(NoticeCheck, AWebhookIntoThisNetworkIsRefused) {
    for (const char* url : {"http://hooks.example.org/", "https://127.0.0.1/", "https://localhost/",
                            "https://user@hooks.example.org/", "https://hooks.example.org:8443/"}) {
        config.webhooks.clear();
        webhook(url);
        EXPECT_NE(complaints().find("rightsline.yaml:7: bad-webhook"), std::string::npos) << url;
    }
}

TEST_F(NoticeCheck, AWeakSecretAndAProgramThatIsNoneAreRefused) {
    webhook("https://hooks.example.org/x", "password");
    EXPECT_NE(complaints().find("bad-webhook-secret"), std::string::npos);
    config.webhooks.clear();
    webhook("https://hooks.example.org/x", secret, "fair-fod");
    EXPECT_NE(complaints().find("unknown-program"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::people

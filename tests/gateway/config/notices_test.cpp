// The mail server, the webhooks, and what becomes of a provider's copies, as they stand in the configuration.
#include <gtest/gtest.h>

#include "gateway/config/config.hpp"

namespace rightsline::config {
namespace {

const std::string least = R"(public_url: https://hotline.example.org
accounts:
  main: {provider: twilio, account_sid: AC00000000000000000000000000000001, auth_tokens: [{file: /token}]EXTRA}
lines:
  "+15005550006": {account: main, program: fair-food, modes: [sms]}
programs: [flows/fair-food]
)";

struct Read {
    Config config;
    std::string complaints;
};

Read read(const std::string& more, const std::string& of_account = "", bool exposed = false) {
    Sources from;
    from.text = least;
    from.text.replace(from.text.find("EXTRA"), 5, of_account);
    from.text += more;
    from.file = "rightsline.yaml";
    from.read_file = [](const std::string& path) -> std::optional<std::string> {
        return path == "/nothing" ? std::nullopt : std::optional<std::string>("secret of " + path + "\n");
    };
    from.is_exposed = [exposed](const std::string& path) { return exposed && path != "/token"; };
    locales::Complaints complaints;
    Read found;
    found.config = read_config(from, complaints);
    for (const locales::Complaint& one : complaints) {
        found.complaints += to_line(one) + "\n";
    }
    return found;
}

TEST(MailSection, NamesServerSenderAndLogin) {
    const Read found = read(
        "mail: {server: \"smtp.example.org:465\", from: h@example.org, user: h, password_file: /mail}\n");
    EXPECT_EQ(found.complaints, "");
    EXPECT_EQ(found.config.mail.host, "smtp.example.org");
    EXPECT_EQ(found.config.mail.port, 465);
    EXPECT_EQ(found.config.mail.from, "h@example.org");
    EXPECT_EQ(found.config.mail.password.reveal(), "secret of /mail");
    EXPECT_TRUE(read("").config.mail.host.empty());
}

TEST(MailSection, SaysWhatIsWrong) {
    for (const char* server :
         {"smtp.example.org", "smtp.example.org:", ":587", "smtp.example.org:0", "smtp.example.org:99999",
          "user@smtp.example.org:587", "https://smtp.example.org:587"}) {
        const Read found = read("mail: {server: \"" + std::string(server) + "\", from: h@example.org}\n");
        EXPECT_NE(found.complaints.find("bad-mail-server"), std::string::npos) << server;
    }
    EXPECT_NE(read("mail: {server: \"s.org:587\", user: h}\n").complaints.find("half-a-login"),
              std::string::npos);
    EXPECT_NE(read("mail: {server: \"s.org:587\", user: h, password_file: /nothing}\n")
                  .complaints.find("no-secret"),
              std::string::npos);
    EXPECT_NE(read("mail: {server: \"s.org:587\", user: h, password_file: /mail}\n", "", true)
                  .complaints.find("exposed-secret"),
              std::string::npos);
    EXPECT_NE(read("mail: {from: h@example.org}\n").complaints.find("no-mail-server"), std::string::npos);
    EXPECT_NE(read("mail: {sever: \"s.org:587\"}\n").complaints.find("did you mean"), std::string::npos);
}

TEST(WebhookSection, NamesUrlsAndTheirSecretsByProgram) {
    const Read found = read(
        "webhooks:\n  fair-food:\n    - {url: \"https://x.example/a\", secret_file: /new, old_secret_file: "
        "/old}\n"
        "    - {url: \"https://y.example/b\", secret_file: /b}\nalert_link: https://console.example/r/\n");
    EXPECT_EQ(found.complaints, "");
    const std::vector<Webhook>& hooks = found.config.webhooks.at("fair-food");
    ASSERT_EQ(hooks.size(), 2U);
    EXPECT_EQ(hooks[0].url, "https://x.example/a");
    ASSERT_EQ(hooks[0].secrets.size(), 2U);
    EXPECT_EQ(hooks[0].secrets[1].reveal(), "secret of /old");
    EXPECT_EQ(found.config.alert_link, "https://console.example/r/");
}

TEST(AlertLink, HasAnEndThatAReportsNameGoesBehind) {
    for (const char* good : {"https://x.example/r/", "https://x.example/?case="}) {
        EXPECT_EQ(read("alert_link: \"" + std::string(good) + "\"\n").complaints, "") << good;
    }
    for (const char* bad :
         {"http://x.example/r/", "https://x.example", "https://x.example/r", "x.example/"}) {
        EXPECT_NE(read("alert_link: \"" + std::string(bad) + "\"\n").complaints.find("bad-alert-link"),
                  std::string::npos)
            << bad;
    }
}

TEST(WebhookSection, SaysWhatIsWrong) {
    EXPECT_NE(read("webhooks: {fair-food: [{url: \"https://x.example\"}]}\n").complaints.find("no-secret"),
              std::string::npos);
    EXPECT_NE(read("webhooks: {fair-food: {url: \"https://x.example\"}}\n").complaints.find("not-a-list"),
              std::string::npos);
    EXPECT_NE(read("webhooks: {fair-food: [{url: \"https://x.example\", secret_file: /s}]}\n", "", true)
                  .complaints.find("exposed-secret"),
              std::string::npos);
}

TEST(ProviderCopies, AreRedactedUnlessTheOperatorSaysOtherwise) {
    EXPECT_EQ(read("").config.accounts.at("main").copies, ProviderCopies::redact);
    EXPECT_EQ(read("", ", provider_copies: keep").config.accounts.at("main").copies, ProviderCopies::keep);
    EXPECT_EQ(read("", ", provider_copies: delete").config.accounts.at("main").copies, ProviderCopies::erase);
    EXPECT_NE(read("", ", provider_copies: burn").complaints.find("unknown-copies"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::config

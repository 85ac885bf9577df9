#include "gateway/config/config.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace rightsline::config {
namespace {

const std::string least = R"(public_url: https://hotline.example.org/
accounts:
  main: {provider: twilio, account_sid: AC00000000000000000000000000000001, auth_tokens: [{file: /token}, {env: OLD}]}
lines:
  "+15005550006": {account: main, program: fair-food, modes: [sms, voice], cost_to_worker: {sms: paid, voice: free}}
programs: [flows/fair-food]
)";

Sources sources(std::string text) {
    Sources from;
    from.text = std::move(text);
    from.file = "rightsline.yaml";
    from.environment = {{"OLD", "second"}, {"HOME", "/nowhere"}};
    from.read_file = [](const std::string& path) -> std::optional<std::string> {
        if (path == "/token" || path == "/etc/rightsline/twilio-token") {
            return "first\n";
        }
        return std::nullopt;
    };
    return from;
}

std::string complaints_of(const Sources& from) {
    locales::Complaints complaints;
    read_config(from, complaints);
    std::string all;
    for (const auto& complaint : complaints) {
        all += to_line(complaint) + '\n';
    }
    return all;
}

Config read(const Sources& from) {
    locales::Complaints complaints;
    Config config = read_config(from, complaints);
    for (const auto& complaint : complaints) {
        ADD_FAILURE() << to_line(complaint);
    }
    return config;
}

TEST(Config, TellsTheOperatorByALineThatSendsTexts) {
    const Config by_default = read(sources(least + "operator: {numbers: [\"+15005550109\"]}\n"));
    EXPECT_EQ(by_default.operators.line, "+15005550006");
    ASSERT_EQ(by_default.operators.numbers.size(), 1U);
    EXPECT_EQ(by_default.operators.numbers[0].reveal(), "+15005550109");
    EXPECT_TRUE(read(sources(least)).operators.numbers.empty());
    const std::string bad = complaints_of(sources(least + "operator: {numbers: [\"555-0109\"]}\n"));
    EXPECT_NE(bad.find("bad-number"), std::string::npos) << bad;
    EXPECT_EQ(bad.find("555-0109"), std::string::npos) << "a number in a complaint";
    const std::string elsewhere =
        complaints_of(sources(least + "operator: {numbers: [\"+15005550109\"], line: \"+15005550008\"}\n"));
    EXPECT_NE(elsewhere.find("no-operator-line"), std::string::npos) << elsewhere;
    for (const char* nobody : {"{numbers: []}", "{line: \"+15005550006\"}"}) {
        const std::string told = complaints_of(sources(least + "operator: " + nobody + "\n"));
        EXPECT_NE(told.find("no-operator-number"), std::string::npos) << nobody << told;
    }
    EXPECT_NE(complaints_of(sources(least + "operator: {number: x}\n")).find("unknown-key"),
              std::string::npos);
}

TEST(Config, KeepsTheKeysOutOfTheStore) {
    for (const char* dirs :
         {"state_dir: /srv/r\nkeys_dir: /srv/r/keys\n", "state_dir: /srv/r\nkeys_dir: /srv/r/\n",
          "state_dir: /srv/r/\nkeys_dir: /srv/x/../r/redis/keys\n",
          "redis: {directory: /srv/store}\nkeys_dir: /srv/store/keys\n"}) {
        EXPECT_NE(complaints_of(sources(least + dirs)).find("keys-in-store"), std::string::npos) << dirs;
    }
    for (const char* dirs :
         {"state_dir: /srv/r\nkeys_dir: /srv/rkeys\n", "state_dir: /srv/r/state\nkeys_dir: /srv/r\n"}) {
        EXPECT_EQ(complaints_of(sources(least + dirs)), "") << dirs;
    }
}

TEST(Config, WarnsWhenOthersCanReadTheFigures) {
    const std::string open = least + "listen: {ops: \"0.0.0.0:9090\"}\n";
    locales::Complaints complaints;
    read_config(sources(open), complaints);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].rule, "public-address");
    EXPECT_EQ(complaints[0].level, locales::Complaint::Level::warning);
    EXPECT_EQ(complaints[0].line, 7);
    EXPECT_EQ(complaints_of(sources(least + "listen: {ops: \"192.168.0.7:9090\"}\n")), "");
}

TEST(Config, NobodyLogsInUnlessTheFileSaysWhereAndAPublicPlaceIsAWarning) {
    EXPECT_EQ(read(sources(least)).listen.console, "off");
    const auto with = [](const std::string& where) {
        return sources(least + "listen: {console: " + where + "}\n");
    };
    EXPECT_EQ(complaints_of(with("off")), "");
    EXPECT_EQ(complaints_of(with("127.0.0.1:8081")), "");
    EXPECT_NE(complaints_of(with("on")).find("bad-address"), std::string::npos);
    EXPECT_NE(complaints_of(with("127.0.0.1:8080")).find("same-port"), std::string::npos);
    EXPECT_NE(complaints_of(with("0.0.0.0:8081")).find("public-address"), std::string::npos);
    EXPECT_NE(complaints_of(sources(least + "listen: {ops: off}\n")).find("bad-address"), std::string::npos);
}

TEST(Config, ReadsAccountsLinesAndDefaults) {
    const Config config = read(sources(least));
    EXPECT_EQ(config.public_url, "https://hotline.example.org");
    EXPECT_TRUE(config.redis.embedded);
    EXPECT_EQ(config.redis.directory, "/var/lib/rightsline/redis");
    const Account& account = config.accounts.at("main");
    ASSERT_EQ(account.auth_tokens.size(), 2U);
    EXPECT_EQ(account.auth_tokens[0].reveal(), "first");
    EXPECT_EQ(account.auth_tokens[1].reveal(), "second");
    const Line& line = config.lines.at("+15005550006");
    EXPECT_EQ(line.program, "fair-food");
    EXPECT_EQ(line.modes, (std::set<Mode>{Mode::sms, Mode::voice}));
    EXPECT_EQ(line.cost_to_worker.at(Mode::voice), Cost::free);
}

TEST(Config, FlagWinsOverEnvironmentOverFileOverDefault) {
    Sources from = sources(least + "listen: {hooks: 1.1.1.1:1, console: 127.0.0.1:2}\n");
    EXPECT_EQ(read(from).listen.hooks, "1.1.1.1:1");
    EXPECT_EQ(read(from).listen.ops, "127.0.0.1:9090");
    from.environment["RIGHTSLINE_listen__hooks"] = "2.2.2.2:2";
    EXPECT_EQ(read(from).listen.hooks, "2.2.2.2:2");
    from.flags["listen__hooks"] = "3.3.3.3:3";
    EXPECT_EQ(read(from).listen.hooks, "3.3.3.3:3");
}

TEST(Config, ReadsAValueFromTheFileThatTheEnvironmentNames) {
    Sources from = sources(least);
    from.environment["RIGHTSLINE_redis__url_FILE"] = "/token";
    EXPECT_EQ(read(from).redis.url, "first");
    from.environment["RIGHTSLINE_redis__url_FILE"] = "/absent";
    EXPECT_NE(complaints_of(from).find("unreadable-file"), std::string::npos);
}

TEST(Config, RefusesUnknownKeysWithAGuessAndTheirLine) {
    const std::string said = complaints_of(sources(least + "log_levle: info\n"));
    EXPECT_NE(said.find("rightsline.yaml:7: unknown-key"), std::string::npos) << said;
    EXPECT_NE(said.find("log_level"), std::string::npos) << said;
    Sources from = sources(least);
    from.environment["RIGHTSLINE_listen__hook"] = "x";
    EXPECT_NE(complaints_of(from).find("did you mean listen__hooks"), std::string::npos);
}

struct Mistake {
    const char* yaml;
    const char* rule;
};

TEST(Config, SaysWhatIsWrong) {
    const std::string account = "public_url: https://a.example\naccounts:\n  main: ";
    const Mistake mistakes[] = {
        {"public_url: http://a.example\n", "bad-public-url"},
        {"log_level: info\n", "bad-public-url"},
        {"public_url: https://a.example\nlog_level: loud\n", "unknown-level"},
        {"public_url: https://a.example\nredis: {embedded: false}\n", "no-store"},
        {"public_url: https://a.example\nredis: {embedded: true, url: unix:///x}\n", "two-stores"},
        {"public_url: https://a.example\nredis: {embedded: maybe}\n", "not-true-or-false"},
        {"public_url: https://a.example\nlimits: {connections: 0}\n", "not-a-number"},
        {"public_url: https://a.example\nlimits: {connections: -1}\n", "not-a-number"},
        {"public_url: https://a.example\nlimits: {connections: 5k}\n", "not-a-number"},
        {"public_url: https://a.example\naccounts:\n  main: {provider: twilio}\n", "no-auth-token"},
        {"public_url: https://a.example\naccounts:\n  main: {auth_tokens: [{file: /token}]}\n",
         "no-provider"},
        {"public_url: https://a.example\naccounts:\n  main: {provider: twilio, auth_tokens: [{file: /x}]}\n",
         "no-secret"},
        {"public_url: https://a.example\nlines:\n  \"1\": {account: x, program: p, modes: [sms]}\n",
         "unknown-account"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"1\": {account: "
         "s, modes: [fax]}\n",
         "unknown-mode"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"1\": {account: "
         "s}\n",
         "incomplete-line"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"1\": {account: "
         "s, program: p, modes: [sms], language: not a language}\n",
         "bad-language"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"+15005550006\": "
         "{account: s, program: p, modes: [voice], missed_call: ring}\n",
         "bad-missed-call"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nsending: {prefixes: "
         "[\"+1\"]}\n"
         "lines:\n  \"+15005550006\": {account: s, program: p, modes: [sms], missed_call: call_back}\n",
         "no-voice"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"+15005550006\": "
         "{account: s, program: p, modes: [voice], missed_call: call_back}\n",
         "no-prefixes"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"+15005550006\": "
         "{account: s, program: p, modes: [voice], calls: everybody}\n",
         "bad-calls"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"+15005550006\": "
         "{account: s, program: p, modes: [sms], calls: record}\n",
         "no-calls"},
        {"public_url: https://a.example\naccounts:\n  s: {provider: simulator}\nlines:\n  \"1\": {account: "
         "s, program: p, modes: [sms], region: US}\n",
         "unknown-key"},
        {"public_url: https://a.example\nlisten: {hooks: 0.0.0.0:99999}\n", "2: bad-address"},
        {"public_url: https://a.example\nlisten: {ops: localhost:9090}\n", "bad-address"},
        {"public_url: https://a.example\nlisten: {hooks: 0.0.0.0:80, ops: 127.0.0.1:80}\n", "2: same-port"},
        {"public_url: https://a.example\naccounts:\n  m: {provider: twillio}\n", "3: unknown-provider"},
        {"public_url: https://a.example\naccounts:\n  m: {provider: twilio, account_sid: AC12}\n",
         "3: bad-account-sid"},
        {"public_url: https://a.example\nlines:\n  \"15005550006\": {account: x, program: p, modes: [sms]}\n",
         "3: bad-line"},
        {"public_url: https://a.example\nlines:\n  hotline: {account: x, program: p, modes: [sms]}\n",
         "3: bad-line"},
        {"public_url: https://a.example\nprograms:\n  - here\n  - nowhere/fair\n", "4: no-such-folder"},
        {"public_url: https://a.example\naudio_dirs: [nowhere]\n", "2: no-such-folder"},
        {"public_url: https://a.example\nlocales_dir: nowhere\n", "2: no-such-folder"},
        {"public_url: https://a.example\naccounts:\n  main: {provider: twilio, auth_tokens: [{file: "
         "/etc/rightsline/twilio-token}]}\n",
         "run: chmod 600 /etc/rightsline/twilio-token"},
    };
    for (const Mistake& mistake : mistakes) {
        Sources from = sources(mistake.yaml);
        from.is_exposed = [](const std::string& path) { return path == "/etc/rightsline/twilio-token"; };
        from.is_folder = [](const std::string& path) { return path.find("nowhere") == std::string::npos; };
        const std::string said = complaints_of(from);
        EXPECT_EQ(said.find(":0:"), std::string::npos) << said;
        EXPECT_NE(said.find(mistake.rule), std::string::npos) << mistake.yaml << said;
    }
}

TEST(Config, ReadsPathsFromTheFolderOfTheFile) {
    Sources from = sources(least + "state_dir: state\nkeys_dir: /keys\naudio_dirs: [../audio]\n");
    from.file = "/etc/rightsline/rightsline.yaml";
    const Config config = read(from);
    EXPECT_EQ(config.programs, std::vector<std::string>{"/etc/rightsline/flows/fair-food"});
    EXPECT_EQ(config.state_dir, "/etc/rightsline/state");
    EXPECT_EQ(config.redis.directory, "/etc/rightsline/state/redis");
    EXPECT_EQ(config.keys_dir, "/keys");
    EXPECT_EQ(config.locales_dir, "/etc/rightsline/locales");
    EXPECT_EQ(config.audio_dirs, std::vector<std::string>{"/etc/audio"});
    from.file = "rightsline.yaml";
    EXPECT_EQ(read(from).programs, std::vector<std::string>{"flows/fair-food"});
}

TEST(Config, TheVaultIsInThisProcessUnlessItsSocketIsNamed) {
    EXPECT_EQ(read(sources(least)).vault.socket, "");
    Sources from = sources(least + "vault: {socket: run/vault.sock}\n");
    from.file = "/etc/rightsline/rightsline.yaml";
    EXPECT_EQ(read(from).vault.socket, "/etc/rightsline/run/vault.sock");
    from.environment["RIGHTSLINE_vault__socket"] = "/run/rightsline-vault/vault.sock";
    EXPECT_EQ(read(from).vault.socket, "/run/rightsline-vault/vault.sock");
    EXPECT_NE(complaints_of(sources(least + "vault: {sockets: /run/v}\n")).find("socket"), std::string::npos);
}

TEST(Config, NeverRepeatsASecretInAComplaint) {
    Sources from = sources(least + "nonsense: 1\n");
    EXPECT_EQ(complaints_of(from).find("first"), std::string::npos);
}

TEST(ExampleFile, IsAccepted) {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/deploy/rightsline.example.yaml");
    const Config config = read(sources(std::string(std::istreambuf_iterator<char>(file), {})));
    EXPECT_EQ(config.lines.size(), 1U);
    EXPECT_EQ(config.limits.connections, 2000U);
}

}  // namespace
}  // namespace rightsline::config

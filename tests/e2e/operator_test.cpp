// What an operator meets: refusals at the start that name the mend, one server on a folder, the list of cases.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/plain_http.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Ran serve(const Hotline& hotline, const std::string& config) {
    return run_command({hotline.program(), "serve", "--config", config});
}

std::string slurp(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The hotline's configuration with one text in the place of another; its path.
std::string changed(const Hotline& hotline, const std::string& from, const std::string& to) {
    std::string text = slurp(hotline.path("rightsline.yaml"));
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const std::string path = hotline.path("changed.yaml");
    std::ofstream(path) << text;
    return path;
}

std::string programs_of(const Hotline& hotline) { return "programs: [" + hotline.flows_folder() + "]"; }

Ran cases(const Hotline& hotline, std::vector<std::string> words) {
    words.insert(words.begin(), {hotline.program(), "case"});
    words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
    return run_command(words);
}

TEST(Operator, IsToldAtOnceThatAnotherServerHasTheFolder) {
    Hotline hotline;
    const auto before = std::chrono::steady_clock::now();
    const Ran second = serve(hotline, hotline.path("rightsline.yaml"));
    EXPECT_EQ(second.code, 75);
    EXPECT_THAT(second.err, HasSubstr("Another rightsline (pid " + std::to_string(hotline.server().pid()) +
                                      ") holds " + hotline.path("state")));
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
    hotline.server().kill();  // a lock of the dead holds nobody up
    hotline.server().start();
}

TEST(Operator, IsToldAtOnceThatAnotherServerHasTheRedisFolder) {
    const Hotline hotline;
    const std::string shared = "redis: {embedded: true, directory: " + hotline.path("state/redis") + "}";
    const std::string config =
        changed(hotline, "redis: {embedded: true}\nstate_dir: " + hotline.path("state"),
                shared + "\nstate_dir: " + hotline.path("other"));
    const auto before = std::chrono::steady_clock::now();
    const Ran second = serve(hotline, config);
    EXPECT_EQ(second.code, 75);
    EXPECT_THAT(second.err, HasSubstr("holds " + hotline.path("state/redis")));
    EXPECT_THAT(second.err, HasSubstr("a redis.directory of its own"));
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

// With them every worker would be a stranger and no number would open its report.
TEST(Operator, IsRefusedKeysThatAreNotTheStores) {
    Hotline hotline;
    hotline.server().stop();
    std::filesystem::rename(hotline.path("keys"), hotline.path("keys.before"));
    const Ran made = run_command({hotline.program(), "key", "init", "--keys-dir", hotline.path("keys"),
                                  "--circle", "fair-food", "--out", hotline.path("new.key")});
    ASSERT_EQ(made.code, 0) << made.err;
    const Ran ran = serve(hotline, hotline.path("rightsline.yaml"));
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.err, HasSubstr("are not those that the store was written with"));
    std::filesystem::remove_all(hotline.path("keys"));
    std::filesystem::rename(hotline.path("keys.before"), hotline.path("keys"));
    hotline.server().start();  // nothing was changed by the refusal
}

TEST(Operator, IsHeardWhileTheStoreStillStarts) {
    Hotline hotline;
    hotline.server().stop();
    // As a redis-server of a crashed parent does that still flushes.
    const int held = ::open(hotline.path("state/redis/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    ASSERT_GE(held, 0);
    ASSERT_EQ(::flock(held, LOCK_EX), 0);
    const int pid = start_command({hotline.program(), "serve", "--config", hotline.path("rightsline.yaml")},
                                  hotline.path("waiting.log"), {});
    EXPECT_EQ(await_end(pid, 1500ms), -2) << "it waits for the store: " << slurp(hotline.path("waiting.log"));
    ::kill(pid, SIGTERM);
    EXPECT_EQ(await_end(pid, 1000ms), 0);
    ::close(held);
}

TEST(Operator, IsToldInWordsThatNothingAnswersAtTheStoresAddress) {
    Hotline hotline;
    hotline.server().stop();
    const std::string port = std::to_string(free_port());
    const std::string config =
        changed(hotline, "redis: {embedded: true}\nstate_dir: " + hotline.path("state"),
                "redis: {url: \"redis://worker:geheim77@127.0.0.1:" + port +
                    "\"}\nstate_dir: " + hotline.path("other"));
    const int pid =
        start_command({hotline.program(), "serve", "--config", config}, hotline.path("away.log"), {});
    const auto log = [&] { return slurp(hotline.path("away.log")); };
    EXPECT_TRUE(eventually([&] {
        return log().find("The store at 127.0.0.1:" + port + " (redis.url) does not answer") !=
               std::string::npos;
    })) << log();
    ::kill(pid, SIGTERM);
    EXPECT_EQ(await_end(pid, 10s), 0) << log();
    EXPECT_THAT(log(), Not(HasSubstr("geheim77")));
}

TEST(Operator, IsRefusedAConfigurationWithoutPrograms) {
    const Hotline hotline;
    const Ran ran = serve(hotline, changed(hotline, programs_of(hotline), "programs: []"));
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.err, HasSubstr("names no program"));
}

TEST(Operator, IsRefusedALineOfAnUnknownProgramByServeAndByCheck) {
    const Hotline hotline;
    const std::string config =
        changed(hotline, "account: main, program: fair-food", "account: main, program: fair-fod");
    const Ran ran = serve(hotline, config);
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.err, HasSubstr("'fair-fod', which is not among `programs`"));
    const Ran checked = run_command({hotline.program(), "check", config});
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out, HasSubstr("changed.yaml:10: unknown-program"));
    EXPECT_THAT(checked.out, Not(HasSubstr(":0:")));
}

TEST(Operator, ChecksAConfigurationWithItsProgramsAndIsToldWhatWasChecked) {
    const Hotline hotline;
    const Ran whole = run_command({hotline.program(), "check", hotline.path("rightsline.yaml")});
    EXPECT_EQ(whole.code, 0) << whole.out;
    EXPECT_THAT(whole.err, HasSubstr("checked 1 configuration, 1 program: 0 errors"));
    std::ofstream(hotline.path("keys/circles/fair-food.9.pub")) << "garbage";
    const Ran garbage = run_command({hotline.program(), "check", hotline.path("rightsline.yaml")});
    EXPECT_EQ(garbage.code, 1);
    EXPECT_THAT(garbage.out, HasSubstr(hotline.path("keys/circles/fair-food.9.pub") + ":1: bad-key-file"));
    EXPECT_THAT(serve(hotline, hotline.path("rightsline.yaml")).err,
                HasSubstr(hotline.path("keys/circles/fair-food.9.pub")));
    const Ran port =
        run_command({hotline.program(), "check",
                     changed(hotline, "console: \"127.0.0.1:0\"", "console: \"127.0.0.1:99999\"")});
    EXPECT_THAT(port.out, HasSubstr("changed.yaml:2: bad-address"));
}

TEST(Operator, IsToldBeforeTheFirstStartThatTheSpoolHasNoRoom) {
    const Hotline hotline;
    const std::string config = changed(hotline, "spool_bytes: 2097152", "spool_bytes: 9000000000000000");
    std::filesystem::remove_all(hotline.path("state/spool"));
    const Ran checked = run_command({hotline.program(), "check", config});
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out, HasSubstr("no-room-for-spool"));
    EXPECT_NE(serve(hotline, config).code, 0);
}

TEST(Operator, IsToldTheChmodForASecretThatOthersMayRead) {
    const Hotline hotline;
    const std::string config = hotline.path("rightsline.yaml");
    EXPECT_EQ(run_command({hotline.program(), "check", config}).code, 0);
    ::chmod(hotline.path("twilio-token").c_str(), 0644);
    EXPECT_THAT(run_command({hotline.program(), "check", config}).out,
                HasSubstr("run: chmod 600 " + hotline.path("twilio-token")));
    EXPECT_EQ(serve(hotline, config).code, 78);
    ::chmod(hotline.path("twilio-token").c_str(), 0600);
    ::chmod(hotline.path("keys/pepper.key").c_str(), 0644);
    EXPECT_THAT(run_command({hotline.program(), "check", config}).out, HasSubstr("exposed-keys"));
    const Ran ran = serve(hotline, config);
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.err, HasSubstr("chmod 600 " + hotline.path("keys") + "/*.key"));
    ::chmod(hotline.path("circle.key").c_str(), 0644);
    const Ran shown = cases(hotline, {"show", "7K4-921", "--key", hotline.path("circle.key")});
    EXPECT_EQ(shown.code, 65);
    EXPECT_THAT(shown.err, HasSubstr("chmod 600 " + hotline.path("circle.key")));
}

TEST(Operator, IsAskedWhatWasMeantByAWrongCommand) {
    const Hotline hotline;
    const Ran fone = run_command({hotline.program(), "fone"});
    EXPECT_EQ(fone.code, 2);
    EXPECT_THAT(fone.err, HasSubstr("did you mean 'phone'?"));
    const Ran nested = run_command({hotline.program(), "case", "lisst"});
    EXPECT_EQ(nested.code, 2);
    EXPECT_THAT(nested.err, HasSubstr("did you mean 'list'?"));
    const Ran unlike = run_command({hotline.program(), "xylophone"});
    EXPECT_EQ(unlike.code, 2);
    EXPECT_THAT(unlike.err, HasSubstr("rightsline --help"));
}

// A program that was copied to a folder of its own: what is printed can be opened from where one stands.
TEST(Operator, ReadsWhereAMistakeReallyLies) {
    const Hotline hotline;
    const std::string flows = hotline.path("copy/programs");
    std::filesystem::create_directories(flows);
    const auto all = std::filesystem::copy_options::recursive;
    std::filesystem::copy(std::string(RIGHTSLINE_SOURCE_DIR) + "/flows/fair-food", flows + "/fair-food", all);
    std::filesystem::copy(std::string(RIGHTSLINE_SOURCE_DIR) + "/locales", hotline.path("copy/locales"), all);
    std::string text = slurp(flows + "/fair-food/hotline.flow.yaml");
    text.replace(text.find("go: what_happened"), 17, "go: what_hapened_");
    std::ofstream(flows + "/fair-food/hotline.flow.yaml") << text;
    const Ran ran = run_command({hotline.program(), "check", flows + "/fair-food"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr(flows + "/fair-food/hotline.flow.yaml:"));
    EXPECT_THAT(ran.out, Not(HasSubstr("\nflows/")));
    EXPECT_EQ(ran.out.find("flows/fair-food"), std::string::npos) << ran.out;
}

TEST(Operator, FindsNothingThatOthersMayReadAmongWhatAServerWrites) {
    Hotline hotline;
    report_by_text(hotline.phone("+13055550170"), "algo");
    for (const char* folder : {"state", "keys"}) {
        for (const auto& file : std::filesystem::recursive_directory_iterator(hotline.path(folder))) {
            struct stat info{};
            ASSERT_EQ(::stat(file.path().c_str(), &info), 0);
            const bool open_key = file.path().extension() == ".pub";  // a circle's public key
            EXPECT_TRUE(open_key || !file.is_regular_file() || (info.st_mode & 077) == 0) << file.path();
        }
    }
}

TEST(Operator, PagesThroughTheCasesAndCallsThemAsTheySound) {
    const Hotline hotline;
    for (int i = 0; i < 3; ++i) {
        report_by_text(hotline.phone("+1305555018" + std::to_string(i)), "algo");
    }
    const Ran page = cases(hotline, {"list", "--limit", "2"});
    EXPECT_THAT(page.err, HasSubstr("2 cases, 1 more: --skip 2"));
    const Ran rest = cases(hotline, {"list", "--limit", "2", "--skip", "2"});
    EXPECT_THAT(rest.err, testing::EndsWith("1 case\n"));
    EXPECT_THAT(rest.err, HasSubstr("only the hour is shown"));
    std::string alias = rest.out.substr(0, 7);
    alias[1] = static_cast<char>(alias[1] - 'A' + 'a');
    EXPECT_EQ(cases(hotline, {"show", alias, "--key", hotline.path("circle.key")}).code, 0);
    alias.erase(3, 1);
    EXPECT_EQ(cases(hotline, {"show", alias, "--key", hotline.path("circle.key")}).code, 0)
        << "without its dash";
    const Ran never = cases(hotline, {"show", "NOPE", "--key", hotline.path("circle.key")});
    EXPECT_EQ(never.code, 65);
    EXPECT_THAT(never.err, HasSubstr("7K4-921"));
    alias[0] = alias[0] == '9' ? '0' : static_cast<char>(alias[0] + 1);
    const Ran nobody = cases(hotline, {"show", alias, "--key", hotline.path("circle.key")});
    EXPECT_EQ(nobody.code, 65) << nobody.err;
    EXPECT_THAT(nobody.err, HasSubstr("No case is called " + alias));
    const Ran foreign = cases(hotline, {"list", "--program", "foo"});
    EXPECT_EQ(foreign.code, 65) << foreign.err;
    EXPECT_THAT(foreign.err, HasSubstr("no such program"));
    EXPECT_THAT(foreign.err, HasSubstr("fair-food"));
    EXPECT_THAT(foreign.err, Not(HasSubstr("?program")));
}

TEST(Operator, SavesRecordingsToAFolderThatIsMadeAndOverwritesNothing) {
    Hotline hotline;
    TwilioCall call = hotline.call("+13055550171");
    call.dial();
    for (const char* key : {"2", "2", "2", "1"}) {
        call.press(key);
    }
    const std::string sid = fresh_sid("RE");
    call.record(sid, hotline.provider().keep(sid, little_wav(4712, 500)), 3);
    call.hang_up();
    ASSERT_TRUE(eventually([&] { return !hotline.provider().holds(sid); }));
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const std::vector<std::string> show{"show", alias, "--key", hotline.path("circle.key"), "--recordings"};
    const auto to = [&](const std::string& folder) {
        std::vector<std::string> words = show;
        words.push_back(folder);
        return cases(hotline, words);
    };
    const Ran saved = to(hotline.path("new/folder"));
    EXPECT_EQ(saved.code, 0) << saved.err;
    EXPECT_THAT(saved.err, HasSubstr(".wav: saved"));
    const Ran again = to(hotline.path("new/folder"));
    EXPECT_EQ(again.code, 65);
    EXPECT_THAT(again.err, HasSubstr("is there already, and is left as it is"));
    const Ran nowhere = to(hotline.path("rightsline.yaml") + "/sub");
    EXPECT_EQ(nowhere.code, 65);
    EXPECT_THAT(nowhere.err, HasSubstr("no folder for recordings can be made here"));
}

TEST(Operator, IsToldWhyAPhoneHasNoToken) {
    const Hotline hotline;
    const Ran ran = run_command({hotline.program(), "phone", "--dir", hotline.path("nowhere")}, "hi\n");
    EXPECT_EQ(ran.code, 78);
    EXPECT_THAT(ran.out + ran.err, HasSubstr("The account's token cannot be read"));
}

TEST(Operator, ReadsOfALostStoreOnceAndOfItsReturnOnce) {
    Hotline hotline;
    const auto count = [&](const char* event) {
        const std::string log = hotline.server().log();
        int found = 0;
        for (auto at = log.find(event); at != std::string::npos; at = log.find(event, at + 1)) {
            ++found;
        }
        return found;
    };
    // The log is written behind the server's back.
    ASSERT_TRUE(eventually([&] { return count("\"store_ready\"") == 1; }, 20s));
    const std::string server = std::to_string(hotline.server().pid());
    for (int i = 0; i < 60; ++i) {  // gone for a while, not only for one quick restart
        int store = 0;
        if (std::ifstream("/proc/" + server + "/task/" + server + "/children") >> store) {
            ::kill(store, SIGKILL);
        }
        rest(30ms);
    }
    EXPECT_TRUE(eventually([&] { return count("\"store_back\"") == 1; }, 20s));
    EXPECT_EQ(count("\"store_lost\""), 1);
    EXPECT_EQ(count("\"store_ready\""), 1);
}

}  // namespace
}  // namespace rightsline::tests

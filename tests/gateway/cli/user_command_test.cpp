#include "gateway/cli/user_command.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/cli/scripted_terminal.hpp"

namespace rightsline::cli {
namespace {

UserOptions maria() {
    UserOptions options;
    options.socket = "/nowhere/api.sock";
    options.name = "maria";
    options.roles = {"fair-food:monitor"};
    return options;
}

TEST(UserCommand, AShortPasswordIsRefusedBeforeTheServerIsAsked) {
    ScriptedTerminal terminal({"short", "elevenchars", "twelve chars one", "twelve chars two"});
    testing::internal::CaptureStderr();
    EXPECT_EQ(user_add(maria(), terminal), 65);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find("at least 12 characters"), std::string::npos);
    EXPECT_NE(said.find("not the same"), std::string::npos);
    EXPECT_NE(said.find("Nothing was made"), std::string::npos);
    EXPECT_EQ(said.find("/nowhere"), std::string::npos);
    EXPECT_EQ(terminal.shown(), "");
}

TEST(UserCommand, WithoutAServerItIsSaidAndNothingIsShown) {
    ScriptedTerminal terminal({"twelve chars one", "twelve chars one"});
    testing::internal::CaptureStderr();
    EXPECT_EQ(user_reset(maria(), terminal), 69);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("/nowhere/api.sock"), std::string::npos);
    EXPECT_EQ(terminal.shown(), "");
}

TEST(UserCommand, WithoutATerminalItIsAMistakeOfUsage) {
    NoTerminal none;
    testing::internal::CaptureStderr();
    EXPECT_EQ(user_add(maria(), none), 2);
    EXPECT_EQ(user_reset(maria(), none), 2);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("on a terminal"), std::string::npos);
}

TEST(UserCommand, ARoleThatThereIsNotIsRefusedBeforeAPasswordIsAsked) {
    for (const char* role : {"fair-food:boss", "monitor", ":monitor"}) {
        UserOptions options = maria();
        options.roles = {role};
        ScriptedTerminal terminal({"twelve chars one", "twelve chars one"});
        testing::internal::CaptureStderr();
        EXPECT_EQ(user_add(options, terminal), 65) << role;
        EXPECT_NE(testing::internal::GetCapturedStderr().find(role), std::string::npos);
        EXPECT_TRUE(terminal.asked().empty());
    }
}

TEST(UserCommand, ANameThatCannotBeOneIsRefusedBeforeAPasswordIsAsked) {
    for (const char* name : {"Maria", "m", "../x", "maria/disable"}) {
        UserOptions options = maria();
        options.name = name;
        ScriptedTerminal terminal;
        testing::internal::CaptureStderr();
        EXPECT_EQ(user_add(options, terminal), 65) << name;
        EXPECT_EQ(user_reset(options, terminal), 65) << name;
        EXPECT_EQ(user_disable(options), 65) << name;
        EXPECT_EQ(user_roles(options), 65) << name;
        EXPECT_NE(testing::internal::GetCapturedStderr().find("A name is"), std::string::npos);
        EXPECT_TRUE(terminal.asked().empty());
    }
}

TEST(UserCommand, AKeyThatIsNoneIsSaid) {
    UserOptions options = maria();
    options.key = "/nowhere/maria.pub";
    ScriptedTerminal terminal;
    testing::internal::CaptureStderr();
    EXPECT_EQ(user_add(options, terminal), 65);
    EXPECT_NE(testing::internal::GetCapturedStderr().find("/nowhere/maria.pub"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::cli

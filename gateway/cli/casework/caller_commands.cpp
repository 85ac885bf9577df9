#include "gateway/cli/casework/caller_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/casework/caller_command.hpp"
#include "gateway/cli/casework/calls_command.hpp"
#include "gateway/cli/casework/hand_on_command.hpp"
#include "gateway/cli/given.hpp"

namespace rightsline::cli {
namespace {

using Shared = std::shared_ptr<Given<CallerOptions>>;

CLI::App& add(CLI::App& command, const Shared& given, const char* name, const char* description,
              int (*run)(const CallerOptions&), int& code) {
    CLI::App& added = add_command(command, name, description);
    add_server(added, *given);
    added.callback([given, run, &code] { code = run(given->resolved()); });
    return added;
}

void add_calls(CLI::App& roster, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<CallsOptions>>(demo_folder);
    CLI::App* calls = roster.add_subcommand(
        "calls", "Callers who asked for a person: whose phone rang, who took it, how long it was");
    add_server(*calls, *given);
    calls->add_option("--days", given->options.days, "How far back, 1 to 92")->capture_default_str();
    calls->footer(
        "Never who called.\nExamples:\n  rightsline roster calls\n  rightsline roster calls --days 31 "
        "--json");
    calls->callback([given, &code] { code = roster_calls(given->resolved()); });
}

void add_hand_on(CLI::App& roster, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<HandOnOptions>>(demo_folder);
    CLI::App* on =
        roster.add_subcommand("hand-on", "Ask a colleague to take over a call, while one is in it");
    add_server(*on, *given);
    on->add_option("call", given->options.call, "Its name, as roster calls tells it")->required();
    on->add_option("--to", given->options.to, "The colleague: a name of the roster")->required();
    on->add_option("--as", given->options.as, "Who is in the call (default: nobody by a name)");
    on->footer(
        "The caller hears neither a greeting nor a question again.\n"
        "Example:\n  rightsline roster hand-on 3fa9c2d1 --to ben --as ana");
    on->callback([given, &code] { code = roster_hand_on(given->resolved()); });
}

}  // namespace

void add_call_commands(CLI::App& roster, const std::string& demo_folder, int& code) {
    add_calls(roster, demo_folder, code);
    add_hand_on(roster, demo_folder, code);
}

void add_caller_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<CallerOptions>>(demo_folder);
    CLI::App* command = root.add_subcommand("caller", "Numbers that nobody is woken for");
    command->require_subcommand(1);
    command->footer(
        "Only the keyed id of a number is kept, so nobody can list numbers.\n"
        "Examples:\n  rightsline caller block\n  rightsline caller list\n  rightsline caller free 3fa9c2d1");
    add(*command, given, "block", "Nobody is woken for a number that you type", caller_block, code)
        .footer(
            "They can still report, and leave a message: it may be a worker's phone that somebody else "
            "used.\n"
            "Examples:\n  rightsline caller block\n  rightsline caller block < FILE");
    add(*command, given, "list", "Which numbers are blocked, by names that say nothing of them", caller_list,
        code)
        .footer("Example:\n  rightsline caller list");
    CLI::App& freed = add(*command, given, "free", "People are woken for it again", caller_free, code);
    freed.add_option("caller", given->options.caller, "Its name, as block and list tell it")->required();
    freed.footer("Example:\n  rightsline caller free 3fa9c2d1");
}

}  // namespace rightsline::cli

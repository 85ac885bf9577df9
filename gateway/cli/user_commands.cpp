#include "gateway/cli/user_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/given.hpp"
#include "gateway/cli/terminal.hpp"
#include "gateway/cli/user_command.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

using GivenUser = Given<UserOptions>;

constexpr const char* roles_help =
    "Roles: intake sees what waits; monitor reads and takes reports; supervisor the same; organizer, auditor "
    "(who has\n"
    "access), admin (who has access, who is on call) and operator (the machine) read no case. Opening what "
    "was\n"
    "reported takes a member's key as well: rightsline key --help\n";

CLI::App* add(CLI::App& command, GivenUser& given, const char* name, const char* description) {
    CLI::App* added = command.add_subcommand(name, description);
    add_where(*added, given.options.socket, given.folder);
    added->add_flag("--json", given.options.json, "As JSON, without any secret");
    return added;
}

CLI::App* add_with_name(CLI::App& command, GivenUser& given, const char* name, const char* description) {
    CLI::App* added = add(command, given, name, description);
    added->add_option("name", given.options.name, "2 to 32 of a-z, 0-9, '-' and '.'")->required();
    return added;
}

/// A password is typed in these: no core dump, nobody looks in.
template <class Run>
int hardened(Run run) {
    (void)vault::harden_process();
    OwnTerminal terminal;
    return run(terminal);
}

void add_add(CLI::App& command, const std::shared_ptr<GivenUser>& given, int& code) {
    CLI::App* made =
        add_with_name(command, *given, "add", "Make a user; their password is typed on the terminal");
    made->add_option("--role", given->options.roles, "PROGRAM:ROLE; again for each")
        ->required()
        ->allow_extra_args(false);
    made->add_option("--key", given->options.key, "Their NAME.pub: its fingerprint is noted");
    made->footer(std::string(roles_help) +
                 "The key for their authenticator app is shown once, on this terminal and nowhere else.\n"
                 "Examples:\n  rightsline user add maria --role fair-food:monitor --key maria.pub\n"
                 "  rightsline user add ana --role fair-food:auditor --role lesotho-gbvh:auditor");
    made->callback([given, &code] {
        code = hardened([&](Terminal& terminal) { return user_add(given->resolved(), terminal); });
    });
}

void add_reset(CLI::App& command, const std::shared_ptr<GivenUser>& given, int& code) {
    CLI::App* reset = add_with_name(command, *given, "reset", "A new password and a new second factor");
    reset
        ->add_option("--role", given->options.roles,
                     "PROGRAM:ROLE; again for each: these in place of the old ones")
        ->allow_extra_args(false);
    reset->add_option("--key", given->options.key, "Their NAME.pub: its fingerprint is noted");
    reset->footer(
        "All their logins end, and a user who was disabled may log in again.\n"
        "Examples:\n  rightsline user reset maria\n  rightsline user reset maria --role "
        "fair-food:supervisor");
    reset->callback([given, &code] {
        code = hardened([&](Terminal& terminal) { return user_reset(given->resolved(), terminal); });
    });
}

void add_roles(CLI::App& command, const std::shared_ptr<GivenUser>& given, int& code) {
    CLI::App* roles =
        add_with_name(command, *given, "roles", "Other roles, in place of those that they have");
    roles->add_option("--role", given->options.roles, "PROGRAM:ROLE; again for each")
        ->required()
        ->allow_extra_args(false);
    roles->footer(std::string(roles_help) +
                  "They hold from the next thing that the user does; nobody has to log in again.\n"
                  "Examples:\n  rightsline user roles maria --role fair-food:supervisor\n"
                  "  rightsline user roles ana --role fair-food:auditor --role lesotho-gbvh:auditor");
    roles->callback([given, &code] { code = user_roles(given->resolved()); });
}

}  // namespace

void add_user_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenUser>(demo_folder);
    CLI::App* command = root.add_subcommand("user", "Who may log in, and what they may see");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n  rightsline user add maria --role fair-food:monitor --socket "
        "/var/lib/rightsline/api.sock\n"
        "  rightsline user list\n  rightsline user disable maria");
    add_add(*command, given, code);
    add(*command, *given, "list", "All users, their roles and when they last logged in")
        ->footer("Example:\n  rightsline user list")
        ->callback([given, &code] { code = user_list(given->resolved()); });
    CLI::App* disable =
        add_with_name(*command, *given, "disable", "All their logins end, and they get no new one");
    disable->footer(
        "The user stays in the list, for the audit names them. `user reset` lets them in again.\n"
        "Example:\n  rightsline user disable maria");
    disable->callback([given, &code] { code = user_disable(given->resolved()); });
    add_reset(*command, given, code);
    add_roles(*command, given, code);
}

}  // namespace rightsline::cli

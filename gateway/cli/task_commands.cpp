#include "gateway/cli/task_commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "gateway/cli/task_command.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

struct Given {
    TaskOptions options;
    std::string folder;

    const TaskOptions& resolved() {
        if (options.socket.empty()) {
            options.socket = folder + "/state/api.sock";
        }
        options.keys_dir = folder;
        return options;
    }
};

CLI::App* add_one(CLI::App& parent, const std::shared_ptr<Given>& given, const char* name, const char* what) {
    CLI::App* command = parent.add_subcommand(name, what);
    TaskOptions& options = given->options;
    command->add_option("case", options.which, "Alias (7K4-921) or id")->required();
    command->add_option("--socket", options.socket, "The server's api.sock (default: the demo's)");
    command->add_option("--dir", given->folder, "The demo's folder")->capture_default_str();
    command->add_option("--program", options.program, "Program, where the server has several");
    command->add_flag("--json", options.json, "As JSON");
    return command;
}

void add_as(CLI::App& command, Given& given) {
    command.add_option("--as", given.options.as,
                       "Who you are: a name in the roster (default: your user here)");
}

}  // namespace

void add_task_commands(CLI::App& parent, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given>();
    given->folder = demo_folder;
    CLI::App* task = parent.add_subcommand("task", "What is to be done about it, by when and by whom");
    task->require_subcommand(1);

    CLI::App* add = add_one(*task, given, "add", "Something is to be done; the words come from stdin");
    add->add_option("--in", given->options.in, "When it is due: 12h, 3d")->required();
    add->add_option("--for", given->options.person,
                    "Who is to do it: a name in the roster (default: whoever has the case)");
    add_as(*add, *given);
    add->footer(
        "The words are sealed to the circle here, before they leave. Who is to do it is told once when it "
        "is\n"
        "due, by a text that says the report's name and nothing of it.\n"
        "Example:\n  echo \"Ask the clinic for the paper\" | rightsline case task add 7K4-921 --in 2d --for "
        "jean");
    add->callback([given, &code] { code = task_add(given->resolved(), std::cin); });

    CLI::App* list =
        add_one(*task, given, "list", "All of them, opened with your member's key or the circle's");
    list->add_option("--member", given->options.keys.member, "Your NAME.member; the passphrase is asked for");
    list->add_option("--shares", given->options.keys.shares,
                     "The circle's CIRCLE.N.shares; again for each version")
        ->allow_extra_args(false);
    list->add_option("--key", given->options.keys.key,
                     "File with a plain private key, alone or beside these (default: the demo's)");
    list->footer("Example:\n  rightsline case task list 7K4-921");
    list->callback([given, &code] {
        (void)vault::harden_process();  // a private key is read here
        OwnTerminal terminal;
        code = task_list(given->resolved(), terminal);
    });

    CLI::App* done = add_one(*task, given, "done", "One of them is done");
    done->add_option("number", given->options.number, "Its number in the list")->required();
    add_as(*done, *given);
    done->footer("Example:\n  rightsline case task done 7K4-921 1 --as jean");
    done->callback([given, &code] { code = task_done(given->resolved()); });
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/task_commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "gateway/cli/casework/task_command.hpp"
#include "gateway/cli/given.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
void add_task_commands(CLI::App& parent, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<TaskOptions>>(demo_folder);
    CLI::App* task = parent.add_subcommand("task", "What is to be done about it, by when and by whom");
    task->require_subcommand(1);
    task->footer(
        "Examples:\n  echo \"Ask the clinic for the paper\" | rightsline case task add 7K4-921 --in 2d\n"
        "  rightsline case task list 7K4-921\n  rightsline case task done 7K4-921 1 --as jean");

    CLI::App* add = add_on_case(*task, *given, "add", "Something is to be done; the words come from stdin");
    add->add_option("--in", given->options.in, "When it is due: 12h, 3d")->required();
    add->add_option("--for", given->options.person,
                    "Who is to do it: a name in the roster (default: whoever has the case)");
    add_as(*add, given->options.as);
    add->footer(
        "The words are sealed to the circle here, before they leave. Who is to do it is told once when it "
        "is\n"
        "due, by a text that says the report's name and nothing of it.\n"
        "Example:\n  echo \"Ask the clinic for the paper\" | rightsline case task add 7K4-921 --in 2d --for "
        "jean");
    add->callback([given, &code] { code = task_add(given->resolved(), std::cin); });

    CLI::App* list =
        add_on_case(*task, *given, "list", "All of them, opened with your member's key or the circle's");
    add_keys(*list, given->options.keys);
    list->footer("Example:\n  rightsline case task list 7K4-921");
    list->callback([given, &code] {
        (void)vault::harden_process();  // a private key is read here
        OwnTerminal terminal;
        code = task_list(given->resolved(), terminal);
    });

    CLI::App* done = add_on_case(*task, *given, "done", "One of them is done");
    done->add_option("number", given->options.number, "Its number in the list")->required();
    add_as(*done, given->options.as);
    done->footer("Example:\n  rightsline case task done 7K4-921 1 --as jean");
    done->callback([given, &code] { code = task_done(given->resolved()); });
}

}  // namespace rightsline::cli

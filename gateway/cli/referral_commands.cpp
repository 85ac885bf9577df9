#include "gateway/cli/referral_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/refer_command.hpp"
#include "gateway/cli/terminal.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

struct Given {
    ReferOptions options;
    std::string folder;

    const ReferOptions& resolved() {
        if (options.socket.empty()) {
            options.socket = folder + "/state/api.sock";
        }
        options.keys_dir = folder;
        return options;
    }
};

CLI::App* add_one(CLI::App& parent, const std::shared_ptr<Given>& given, const char* name, const char* what,
                  bool one_case = true) {
    CLI::App* command = parent.add_subcommand(name, what);
    ReferOptions& options = given->options;
    CLI::Option* which = command->add_option("case", options.which, "Alias (7K4-921) or id");
    which->required(one_case);
    command->add_option("--socket", options.socket, "The server's api.sock (default: the demo's)");
    command->add_option("--dir", given->folder, "The demo's folder")->capture_default_str();
    command->add_option(
        "--program", options.program,
        "Program, where the server has several; PROGRAM/ORGANISATION of another organisation");
    command->add_flag("--json", options.json, "As JSON");
    return command;
}

void add_as(CLI::App& command, ReferOptions& options, const char* who) {
    command.add_option("--as", options.as, who);
}

void add_refer(CLI::App& cases, const std::shared_ptr<Given>& given, int& code) {
    CLI::App* command = add_one(cases, given, "refer", "Offer it to another organisation, sealed to it here");
    ReferOptions& options = given->options;
    command->add_option("--to", options.to, "The organisation, as the program calls it")->required();
    command->add_option("--circle", options.circle, "Their public key, CIRCLE.N.pub, as they gave it to you")
        ->required();
    command->add_option("--reason", options.reason, "investigate, advice, urgent, mandate or other")
        ->capture_default_str();
    command->add_flag("--without-recordings", options.without_recordings, "Their voice stays with you");
    command->add_flag("--more", options.more, "To who has it already: only what its worker told since");
    command->add_option("--member", options.keys.member, "Your NAME.member; the passphrase is asked for");
    command
        ->add_option("--shares", options.keys.shares, "The circle's CIRCLE.N.shares; again for each version")
        ->allow_extra_args(false);
    command->add_option("--key", options.keys.key,
                        "File with a plain private key, alone or beside these (default: the demo's)");
    add_as(*command, options, "Who you are: a name in the roster (default: your user here)");
    command->footer(
        "Without the worker's yes it is refused, and the missing yes is named. Until they accept they see "
        "that it\n"
        "is offered and nothing of it. Notes, tasks and messages to the worker stay with you.\n"
        "Examples:\n  rightsline case refer 7K4-921 --to investigators --circle lesotho-investigators.1.pub "
        "--as maria\n"
        "  rightsline case refer 7K4-921 --to investigators --circle lesotho-investigators.1.pub --more --as "
        "maria");
    command->callback([given, &code] {
        (void)vault::harden_process();  // a private key is read here
        OwnTerminal terminal;
        code = case_refer(given->resolved(), terminal);
    });
}

void add_answers(CLI::App& cases, const std::shared_ptr<Given>& given, int& code) {
    constexpr const char* theirs =
        "Who you are: a name of a user of your organisation (default: your user here)";
    CLI::App* accept = add_one(cases, given, "accept", "Your organisation works on what was offered to it");
    add_as(*accept, given->options, theirs);
    accept->footer(
        "Its worker is told so, in the program's words.\n"
        "Example:\n  rightsline case accept 7K4-921 --program lesotho-gbvh/investigators --as thabo");
    accept->callback([given, &code] { code = case_answer(given->resolved(), "accept"); });

    CLI::App* decline =
        add_one(cases, given, "decline", "Your organisation does not take what was offered to it");
    decline->add_option("--reason", given->options.reason, "mandate, capacity, conflict, duplicate or other")
        ->required();
    add_as(*decline, given->options, theirs);
    decline->footer(
        "What was sealed for you is deleted, unread.\n"
        "Example:\n  rightsline case decline 7K4-921 --program lesotho-gbvh/investigators --reason conflict "
        "--as thabo");
    decline->callback([given, &code] { code = case_answer(given->resolved(), "decline"); });

    CLI::App* back =
        add_one(cases, given, "take-back", "End an offer, or show another organisation no more of it");
    back->add_option("--to", given->options.to, "Whom it was offered to")->required();
    add_as(*back, given->options, "Who you are: a name in the roster (default: your user here)");
    back->footer(
        "What they read already nobody can take back.\n"
        "Example:\n  rightsline case take-back 7K4-921 --to investigators --as maria");
    back->callback([given, &code] { code = case_answer(given->resolved(), "take-back"); });
}

}  // namespace

void add_referral_commands(CLI::App& cases, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given>();
    given->folder = demo_folder;
    given->options.reason = "investigate";
    add_refer(cases, given, code);
    const auto answering = std::make_shared<Given>();
    answering->folder = demo_folder;
    add_answers(cases, answering, code);
    CLI::App* list =
        add_one(cases, answering, "referrals", "What is offered and waits, and what was accepted", false);
    list->footer(
        "With a case: how it stands with each organisation.\n"
        "Examples:\n  rightsline case referrals\n  rightsline case referrals 7K4-921\n"
        "  rightsline case referrals --program lesotho-gbvh/investigators");
    list->callback([answering, &code] { code = case_referrals(answering->resolved()); });
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/referral_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/casework/refer_command.hpp"
#include "gateway/cli/given.hpp"
#include "gateway/cli/terminal.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

using GivenReferral = std::shared_ptr<Given<ReferOptions>>;

void add_refer(CLI::App& cases, const GivenReferral& given, int& code) {
    CLI::App* command =
        add_on_case(cases, *given, "refer", "Offer it to another organisation, sealed to it here");
    ReferOptions& options = given->options;
    command->add_option("--to", options.to, "The organisation, as the program calls it")->required();
    command->add_option("--circle", options.circle, "Their public key, CIRCLE.N.pub, as they gave it to you")
        ->required();
    command->add_option("--reason", options.reason, "investigate, advice, urgent, mandate or other")
        ->capture_default_str();
    command->add_flag("--without-recordings", options.without_recordings, "Their voice stays with you");
    command->add_flag("--more", options.more, "To who has it already: only what its worker told since");
    add_keys(*command, options.keys);
    add_as(*command, options.as);
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

void add_answers(CLI::App& cases, const GivenReferral& given, int& code) {
    CLI::App* accept =
        add_on_case(cases, *given, "accept", "Your organisation works on what was offered to it");
    add_as(*accept, given->options.as);
    accept->footer(
        "Its worker is told so, in the program's words.\n"
        "Example:\n  rightsline case accept 7K4-921 --program lesotho-gbvh/investigators --as thabo");
    accept->callback([given, &code] { code = case_answer(given->resolved(), "accept"); });

    CLI::App* decline =
        add_on_case(cases, *given, "decline", "Your organisation does not take what was offered to it");
    decline->add_option("--reason", given->options.reason, "mandate, capacity, conflict, duplicate or other")
        ->required();
    add_as(*decline, given->options.as);
    decline->footer(
        "What was sealed for you is deleted, unread.\n"
        "Example:\n  rightsline case decline 7K4-921 --program lesotho-gbvh/investigators --reason conflict "
        "--as thabo");
    decline->callback([given, &code] { code = case_answer(given->resolved(), "decline"); });

    CLI::App* back =
        add_on_case(cases, *given, "take-back", "End an offer, or show another organisation no more of it");
    back->add_option("--to", given->options.to, "Whom it was offered to")->required();
    add_as(*back, given->options.as);
    back->footer(
        "What they read already nobody can take back.\n"
        "Example:\n  rightsline case take-back 7K4-921 --to investigators --as maria");
    back->callback([given, &code] { code = case_answer(given->resolved(), "take-back"); });
}

}  // namespace

void add_referral_commands(CLI::App& cases, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<ReferOptions>>(demo_folder);
    given->options.reason = "investigate";
    add_refer(cases, given, code);
    const auto answering = std::make_shared<Given<ReferOptions>>(demo_folder);
    add_answers(cases, answering, code);
    CLI::App* list = &add_command(cases, "referrals", "What is offered and waits, and what was accepted");
    list->add_option("case", answering->options.which, "Alias (7K4-921) or id; without it all of them");
    add_server(*list, *answering);
    list->footer(
        "With a case: how it stands with each organisation.\n"
        "Examples:\n  rightsline case referrals\n  rightsline case referrals 7K4-921\n"
        "  rightsline case referrals --program lesotho-gbvh/investigators");
    list->callback([answering, &code] { code = case_referrals(answering->resolved()); });
}

}  // namespace rightsline::cli

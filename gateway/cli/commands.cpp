#include "gateway/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "gateway/cli/casework/alert_command.hpp"
#include "gateway/cli/casework/caller_commands.hpp"
#include "gateway/cli/casework/case_command.hpp"
#include "gateway/cli/casework/casework_commands.hpp"
#include "gateway/cli/casework/consents_command.hpp"
#include "gateway/cli/casework/site_commands.hpp"
#include "gateway/cli/check_command.hpp"
#include "gateway/cli/given.hpp"
#include "gateway/cli/keep/keep_commands.hpp"
#include "gateway/cli/keys/key_commands.hpp"
#include "gateway/cli/phone.hpp"
#include "gateway/cli/sound/prompt_commands.hpp"
#include "gateway/cli/terminal.hpp"
#include "gateway/cli/user_commands.hpp"
#include "gateway/cli/version_command.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

std::string first_line(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

void add_phone(CLI::App& root, const std::string& demo_folder, int& code) {
    struct Given {
        PhoneOptions options;
        std::string folder;
        std::string token_file;
    };
    const auto given = std::make_shared<Given>();
    given->folder = demo_folder;
    PhoneOptions& options = given->options;
    CLI::App* command = root.add_subcommand("phone", "A phone in the terminal, against a running demo");
    command->add_option("--mode", options.mode, "sms, voice or ussd")
        ->check(CLI::IsMember({"sms", "voice", "ussd"}))
        ->capture_default_str();
    command->add_option("--from", options.from, "The worker's number")
        ->check([](const std::string& number) {
            const bool whole = number.size() >= 8 && number.size() <= 16 && number.front() == '+' &&
                               number.find_first_not_of("0123456789", 1) == number.npos;
            return whole ? std::string() : "a number begins with + and its country: +13055550112";
        })
        ->capture_default_str();
    command->add_option("--line", options.line, "The hotline's number")->capture_default_str();
    command->add_option("--url", options.url, "Where the server listens")->capture_default_str();
    command->add_option("--public-url", options.public_url, "What the server calls itself (default: --url)");
    command->add_option("--account", options.account, "Simulator account")->capture_default_str();
    command->add_option("--dir", given->folder, "The demo's folder, for its token")->capture_default_str();
    command->add_option("--token-file", given->token_file,
                        "File with the account's token (default: DIR/token)");
    command->footer(
        "Examples:\n  rightsline phone\n  rightsline phone --mode voice --from +13055550112\n"
        "  rightsline phone --mode ussd");
    command->callback([given, &code] {
        const std::string beside = given->folder + "/token";
        given->options.token = first_line(given->token_file.empty() ? beside : given->token_file);
        code = phone(given->options, std::cin, std::cout);
    });
}

void add_check(CLI::App& root, int& code) {
    const auto options = std::make_shared<CheckOptions>();
    CLI::App* command =
        root.add_subcommand("check", "Find mistakes in configuration, programs, flows and texts");
    command
        ->add_option("paths", options->paths,
                     "A program's folder, a folder of programs, or a configuration file")
        ->default_val(std::vector<std::string>{"flows"});
    command->add_option("--audio", options->audio, "Further audio folders (drafts)");
    command->add_flag("--json", options->json, "Findings as JSON");
    command->add_flag("--production", options->production, "Drafts and missing audio are errors");
    const auto config = std::make_shared<std::string>();
    command->add_option("--config", *config, "A configuration file, with its keys, programs and rosters");
    command->footer(
        "Examples:\n  rightsline check flows\n  rightsline check --config /etc/rightsline/rightsline.yaml");
    command->callback([options, config, command, &code] {
        if (!config->empty() && command->count("paths") == 0) {
            options->paths.clear();
        }
        if (!config->empty()) {
            options->paths.push_back(*config);
        }
        code = check(*options);
    });
}

void add_test(CLI::App& root, int& code) {
    const auto options = std::make_shared<TestOptions>();
    CLI::App* command = root.add_subcommand("test", "Run the scripted conversations beside the programs");
    command->add_option("paths", options->paths, "A program's folder or a folder of programs")
        ->default_val(std::vector<std::string>{"flows"});
    command->add_option("--audio", options->audio, "Further audio folders (drafts)");
    command->add_option("--least", options->least_coverage, "Fail below this coverage, in percent");
    command->add_flag("--verbose", options->verbose, "Transcripts, and what is not covered");
    command->footer("Examples:\n  rightsline test flows/fair-food\n  rightsline test --least 90 --verbose");
    command->callback([options, &code] { code = test(*options); });
}

using GivenCase = Given<CaseOptions>;
using GivenAlert = Given<AlertOptions>;

/// Beside what opens a case: no key is needed for it.
void add_consents(CLI::App& cases, const std::shared_ptr<GivenCase>& given, int& code) {
    CLI::App* consents =
        add_on_case(cases, *given, "consents", "What its worker has agreed to, and what not");
    consents->footer("Example:\n  rightsline case consents 7K4-921");
    consents->callback([given, &code] { code = case_consents(given->resolved()); });
}

void add_case(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenCase>(demo_folder);
    CLI::App* command = root.add_subcommand("case", "Read reports and work on them, on the machine itself");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n  rightsline case list --socket /var/lib/rightsline/api.sock\n"
        "  rightsline case show 7K4-921\n  rightsline case status 7K4-921 reading --as maria");
    CLI::App* list = command->add_subcommand("list", "Most urgent first, of these the newest");
    add_server(*list, *given);
    list->add_option("--limit", given->options.limit, "How many; at least so many where only some are meant")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    list->add_option("--skip", given->options.skip, "How many of the first to leave out")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    list->add_option("--status", given->options.status, "Only those with this status");
    list->add_option("--mine", given->options.mine, "Only those that this person has: a name in the roster");
    list->add_option("--site", given->options.site, "Only those of this site");
    list->add_flag("--unassigned", given->options.unassigned, "Only those that nobody has and that are open");
    list->add_flag("--overdue", given->options.overdue, "Only those that are late: a clock is over");
    list->footer("Examples:\n  rightsline case list --mine maria\n  rightsline case list --overdue");
    list->callback([given, &code] { code = case_list(given->resolved()); });
    CLI::App* show =
        add_on_case(*command, *given, "show", "Open one, with your member's key or the circle's private key");
    add_keys(*show, given->options.keys);
    show->add_option("--recordings", given->options.save_to, "Folder to save opened recordings in");
    show->footer(
        "Examples:\n  rightsline case show 7K4-921\n"
        "  rightsline case show 7K4-921 --member ~/maria.member --shares ~/fair-food.1.shares "
        "--shares ~/fair-food.2.shares");
    show->callback([given, &code] {
        (void)vault::harden_process();  // a private key is read here
        OwnTerminal terminal;
        code = case_show(given->resolved(), terminal);
    });
    add_consents(*command, given, code);
    add_casework_commands(*command, demo_folder, code);
}

void add_alert(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenAlert>(demo_folder);
    CLI::App* command = root.add_subcommand("alert", "Who was told of a report, and who has it");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n  rightsline alert list --socket /var/lib/rightsline/api.sock\n"
        "  rightsline alert show 7K4-921\n  rightsline alert take 7K4-921 --as maria");
    CLI::App* list = command->add_subcommand("list", "Reports that are being told and nobody has taken");
    add_server(*list, *given);
    list->footer(
        "A P3 report is told no more once a text of it arrived; it stays here until somebody takes it.\n"
        "Example:\n  rightsline alert list");
    list->callback([given, &code] { code = alert_list(given->resolved()); });
    CLI::App* show =
        add_on_case(*command, *given, "show", "One report: who was told, what became of each message");
    show->footer("Example:\n  rightsline alert show 7K4-921");
    show->callback([given, &code] { code = alert_show(given->resolved()); });
    CLI::App* take =
        add_on_case(*command, *given, "take", "Say that somebody has it: nobody else is told any more");
    take->add_option("--as", given->options.person,
                     "Who has it: a name of the roster, or of a user who may work on cases")
        ->required();
    take->footer(
        "Exit code 1: somebody else has it already.\nExample:\n  rightsline alert take 7K4-921 --as maria");
    take->callback([given, &code] { code = alert_take(given->resolved()); });
}

void add_roster(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenAlert>(demo_folder);
    CLI::App* command = root.add_subcommand("roster", "The people who are told of reports");
    command->require_subcommand(1);
    command->footer("Example:\n  rightsline roster now --urgency P2");
    CLI::App* now = command->add_subcommand("now", "Who would be told of a report, after how long, by what");
    add_server(*now, *given);
    now->add_option("--urgency", given->options.urgency, "P1 danger, P2 retaliation or injury, P3 the rest")
        ->capture_default_str();
    now->add_option("--at", given->options.at,
                    "\"2026-11-22 03:00\" by the clock of the program's place (default: now)");
    now->footer(
        "Examples:\n  rightsline roster now\n  rightsline roster now --urgency P2 --at \"2026-11-22 03:00\"");
    now->callback([given, &code] { code = roster_now(given->resolved()); });
    add_call_commands(*command, demo_folder, code);
}

void add_outbox(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenAlert>(demo_folder);
    CLI::App* command = root.add_subcommand("outbox", "What waits to leave, line by line, and what is wrong");
    add_server(*command, *given);
    command->footer(
        "Exit code 1: messages were put aside, or the records contradict each other.\n"
        "Example:\n  rightsline outbox --socket /var/lib/rightsline/api.sock");
    command->callback([given, &code] { code = outbox_show(given->resolved()); });
}

void add_version(CLI::App& root, int& code) {
    const auto as_json = std::make_shared<bool>(false);
    CLI::App& command = add_command(root, "version", "Which build this is, and what it can read");
    add_json(command, *as_json);
    command.footer("Example:\n  rightsline version --json");
    command.callback([as_json, &code] { code = version(*as_json); });
}

}  // namespace

void add_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    add_phone(root, demo_folder, code);
    add_check(root, code);
    add_test(root, code);
    add_case(root, demo_folder, code);
    add_alert(root, demo_folder, code);
    add_roster(root, demo_folder, code);
    add_caller_commands(root, demo_folder, code);
    add_outbox(root, demo_folder, code);
    add_site_commands(root, demo_folder, code);
    add_user_commands(root, demo_folder, code);
    add_keep_commands(root, demo_folder, code);
    add_key_commands(root, demo_folder, code);
    add_prompt_commands(root, demo_folder, code);
    add_version(root, code);
}

}  // namespace rightsline::cli

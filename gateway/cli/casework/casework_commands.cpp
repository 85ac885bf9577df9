#include "gateway/cli/casework/casework_commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "gateway/cli/casework/casework_command.hpp"
#include "gateway/cli/casework/enter_command.hpp"
#include "gateway/cli/casework/export_command.hpp"
#include "gateway/cli/casework/referral_commands.hpp"
#include "gateway/cli/casework/reply_command.hpp"
#include "gateway/cli/casework/retention_command.hpp"
#include "gateway/cli/casework/task_commands.hpp"
#include "gateway/cli/given.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

using GivenWork = Given<CaseworkOptions>;

void add_person(CLI::App& command, GivenWork& given, const char* what) {
    command.add_option("person", given.options.value, what)->required();
}

void add_category(CLI::App& parent, const std::shared_ptr<GivenWork>& given, int& code) {
    CLI::App* category =
        add_on_case(parent, *given, "category", "Sort it: which of its program's categories it is in");
    category->add_option("category", given->options.value, "One of the program's; a wrong one names them");
    category->add_flag("--none", given->options.nobody, "In none");
    add_as(*category, given->options.as);
    category->footer(
        "It gets the family and, where that is greater, the urgency of the category: whoever is on call is "
        "told then.\n"
        "No category makes it less urgent. No worker hears of it.\n"
        "Examples:\n  rightsline case category 7K4-921 child_labour --as maria\n"
        "  rightsline case category 7K4-921 --none --as maria");
    category->callback([given, &code] { code = case_category(given->resolved()); });
}

void add_figures(CLI::App& parent, const std::shared_ptr<GivenWork>& given, int& code) {
    CLI::App* figures =
        parent.add_subcommand("figures", "What happened to all reports together, up to this quarter");
    add_server(*figures, *given);
    figures->footer(
        "How many workers who were asked how they are answered, how many told of a change, how long statuses "
        "lasted.\n"
        "Counts are rounded down to fives and stand still until the quarter is over; fewer than ten are told "
        "as that.\n"
        "Example:\n  rightsline case figures --program fair-food");
    figures->callback([given, &code] { code = case_figures(given->resolved()); });
}

void add_reply(CLI::App& cases, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<ReplyOptions>>(demo_folder);
    CLI::App* reply =
        add_on_case(cases, *given, "reply", "Write to its worker, who reads it after giving the number");
    CLI::Option* words =
        reply->add_option("words", given->options.words, "What to say; - reads it from stdin");
    CLI::Option* answer =
        reply->add_option("--answer", given->options.answer,
                          "A ready answer of the program instead, by its key: it is heard also "
                          "in a language that no voice speaks");
    CLI::Option* list =
        reply->add_flag("--answers", given->options.answers, "List the ready answers; send nothing");
    words->excludes(answer)->excludes(list);
    answer->excludes(list);
    reply->add_option("--names", given->options.names, "Names that must not stand in it, with commas")
        ->delimiter(',');
    reply->add_flag("--confirm", given->options.confirm, "What is only doubtful is meant so");
    add_as(*reply, given->options.as);
    reply->footer(
        "Examples:\n  rightsline case reply 7K4-921 \"We read your report. Which day was it?\" --as maria\n"
        "  rightsline case reply 7K4-921 - --names \"Maria Lopez,Juan\" < answer.txt\n"
        "  rightsline case reply 7K4-921 --answers\n"
        "  rightsline case reply 7K4-921 --answer more");
    reply->callback([given, words, answer, list, &code] {
        if (words->count() + answer->count() + list->count() == 0) {
            throw CLI::RequiredError("words (or --answer)");
        }
        (void)vault::harden_process();  // a worker's words may be quoted here
        code = case_reply(given->resolved());
    });
}

/// What time does to cases, and what keeps it from doing so.
void add_retention(CLI::App& parent, const std::shared_ptr<GivenWork>& given, int& code) {
    CLI::App* hold =
        add_on_case(parent, *given, "hold", "Keep it whatever its age, as a court or its worker needs it");
    hold->footer("Example:\n  rightsline case hold 7K4-921");
    hold->callback([given, &code] { code = case_hold(given->resolved(), true); });
    CLI::App* release = add_on_case(parent, *given, "release", "End its hold");
    release->footer("Example:\n  rightsline case release 7K4-921");
    release->callback([given, &code] { code = case_hold(given->resolved(), false); });

    const auto asked = std::make_shared<Given<RetentionOptions>>(given->folder);
    CLI::App* retention =
        parent.add_subcommand("retention", "Whose time is over, and what was deleted for it");
    add_server(*retention, *asked);
    retention->add_flag("--dry-run", asked->options.dry_run, "Change nothing, whatever else is said");
    retention->add_flag("--now", asked->options.now, "Delete all that is listed, now");
    retention->footer(
        "The program says how long a closed case is kept (`retention`); the server looks once a day.\n"
        "Examples:\n  rightsline case retention --dry-run\n  rightsline case retention --now");
    retention->callback([asked, &code] { code = case_retention(asked->resolved()); });
}

void add_enter(CLI::App& cases, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<EnterOptions>>(demo_folder);
    CLI::App* enter = cases.add_subcommand(
        "enter",
        "Enter what a worker tells you, on the phone or face to face; they get a number of their own");
    add_server(*enter, *given);
    enter->add_option("--language", given->options.language,
                      "That the worker speaks: en, es, st (default: it asks)");
    add_as(*enter, given->options.as);
    enter->add_option(
        "--call", given->options.call,
        "The call in which you are told, as roster calls names it: one that you took in the last "
        "day");
    enter->footer(
        "Asks the program's own questions, seals the answers to the circle here, and shows the worker's "
        "number\n"
        "once, on the terminal: read it out. No phone number is asked for; the worker says with their own "
        "number,\n"
        "from their own phone, whether they may be reached.\n"
        "Examples:\n  rightsline case enter --language es --as maria\n"
        "  rightsline case enter --call 3fa9c2d1 --as maria");
    enter->callback([given, &code] {
        (void)vault::harden_process();  // a worker's words and their number are here
        OwnTerminal terminal;
        code = case_enter(given->resolved(), std::cin, terminal);
    });
}

void add_export(CLI::App& cases, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<ExportOptions>>(demo_folder);
    ExportOptions& options = given->options;
    CLI::App* command =
        add_on_case(cases, *given, "export", "Take it out, opened, for those whom its worker agreed to");
    command->add_option("--for", options.purpose, "What its worker agreed to: investigator, employer …")
        ->required();
    command->add_option("--to", options.to, "The file to make; one that is there is left as it is")
        ->required();
    add_keys(*command, options.keys);
    add_as(*command, options.as);
    command->footer(
        "Without the worker's yes to it, it is refused and the missing yes is named. Notes and tasks stay "
        "here.\n"
        "Example:\n  rightsline case export 7K4-921 --for investigator --to 7K4-921.txt --as maria");
    command->callback([given, &code] {
        (void)vault::harden_process();  // a private key is read here
        OwnTerminal terminal;
        code = case_export(given->resolved(), terminal);
    });
}

}  // namespace

void add_casework_commands(CLI::App& parent, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenWork>(demo_folder);
    CLI::App* status =
        add_on_case(parent, *given, "status", "Give it a status of its program: what its worker hears");
    status->add_option("status", given->options.value, "One of the program's; a wrong one names them")
        ->required();
    add_as(*status, given->options.as);
    status->footer("Example:\n  rightsline case status 7K4-921 investigating --as maria");
    status->callback([given, &code] { code = case_status(given->resolved()); });

    CLI::App* assign =
        add_on_case(parent, *given, "assign", "Give it to a person of the roster, or to nobody");
    assign->add_option("person", given->options.value, "Name in the roster");
    assign->add_flag("--nobody", given->options.nobody, "Back into the pool");
    add_as(*assign, given->options.as);
    assign->footer(
        "Examples:\n  rightsline case assign 7K4-921 maria\n  rightsline case assign 7K4-921 --nobody");
    assign->callback([given, &code] { code = case_assign(given->resolved()); });

    CLI::App* recuse =
        add_on_case(parent, *given, "recuse", "Step back from it; it goes to a supervisor, or the pool");
    recuse
        ->add_option("--as", given->options.as,
                     "Who steps back: a name of the roster, or of a user who may work on cases")
        ->required();
    recuse->footer("Example:\n  rightsline case recuse 7K4-921 --as maria");
    recuse->callback([given, &code] { code = case_recuse(given->resolved()); });

    CLI::App* call = add_on_case(parent, *given, "call",
                                 "Call its worker back, who asked for that; your phone rings first");
    call->add_option("--as", given->options.as,
                     "Who calls: a name of the roster, with a phone that may be called")
        ->required();
    call->footer(
        "1 on your own phone begins it. Whoever picks up the worker's hears a neutral word and is asked for "
        "the\n"
        "number to come back with; you hear each other once it was right. At the hours that the worker "
        "named,\n"
        "twice a day at most; no message is left anywhere.\n"
        "Example:\n  rightsline case call 7K4-921 --as maria");
    call->callback([given, &code] { code = case_call(given->resolved()); });

    CLI::App* exclude =
        add_on_case(parent, *given, "exclude", "Keep a person out of it, such as whom it is about");
    add_person(*exclude, *given, "Name in the roster");
    add_as(*exclude, given->options.as);
    exclude->footer(
        "The audit says that somebody was kept out, and not who.\n"
        "Example:\n  rightsline case exclude 7K4-921 jean --as maria");
    exclude->callback([given, &code] { code = case_exclude(given->resolved()); });

    CLI::App* readmit =
        add_on_case(parent, *given, "readmit", "Let a person have it again who stepped back or was kept out");
    add_person(*readmit, *given, "Name");
    add_as(*readmit, given->options.as);
    readmit->footer("Example:\n  rightsline case readmit 7K4-921 jean --as maria");
    readmit->callback([given, &code] { code = case_readmit(given->resolved()); });

    CLI::App* link =
        add_on_case(parent, *given, "link", "It belongs together with another report of its worker");
    link->add_option("other", given->options.value, "Alias or id of the other")->required();
    link->add_flag("--undo", given->options.undo, "It does so no more");
    add_as(*link, given->options.as);
    link->footer(
        "Each shows the other from then on; nothing is merged, and both codes stay good. No worker hears of "
        "it.\n"
        "Examples:\n  rightsline case link 7K4-921 2Q0-601 --as maria\n"
        "  rightsline case link 7K4-921 2Q0-601 --undo --as maria");
    link->callback([given, &code] { code = case_link(given->resolved()); });

    add_category(parent, given, code);
    CLI::App* site = add_on_case(parent, *given, "site", "Say which site it is of");
    site->add_option("site", given->options.value, "One that `rightsline site list` names");
    site->add_flag("--none", given->options.nobody, "Of none");
    add_as(*site, given->options.as);
    site->footer(
        "From then on it is there for whoever looks after that site, and for nobody on its employer's list.\n"
        "Examples:\n  rightsline case site 7K4-921 sol-farm --as maria\n"
        "  rightsline case site 7K4-921 --none --as maria");
    site->callback([given, &code] { code = case_site(given->resolved()); });

    add_figures(parent, given, code);
    CLI::App* log =
        add_on_case(parent, *given, "log", "What was done to it, by whom and when, as the audit has it");
    log->footer("Example:\n  rightsline case log 7K4-921");
    log->callback([given, &code] { code = case_log(given->resolved()); });

    CLI::App* note = add_on_case(parent, *given, "note", "Write a note for the team; no worker hears it");
    add_as(*note, given->options.as);
    note->footer(
        "The words come from stdin and are sealed to the circle here, before they leave.\n"
        "Examples:\n  rightsline case note 7K4-921 --as maria\n"
        "  rightsline case note 7K4-921 --as maria < what-the-clinic-said.txt");
    note->callback([given, &code] { code = case_note(given->resolved(), std::cin); });
    add_retention(parent, given, code);
    add_enter(parent, demo_folder, code);
    add_task_commands(parent, demo_folder, code);
    add_export(parent, demo_folder, code);
    add_referral_commands(parent, demo_folder, code);
    add_reply(parent, demo_folder, code);
}

}  // namespace rightsline::cli

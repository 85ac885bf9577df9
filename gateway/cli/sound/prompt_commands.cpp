#include "gateway/cli/sound/prompt_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/given.hpp"
#include "gateway/cli/sound/prompt_call_command.hpp"
#include "gateway/cli/sound/sound_parcel.hpp"
#include "gateway/cli/sound/takes_command.hpp"
#include "gateway/prompts/take.hpp"

namespace rightsline::cli {
namespace {

using GivenPrompts = std::shared_ptr<PromptsOptions>;

constexpr std::size_t least_of_hash = 8;

CLI::App& add(CLI::App& command, const GivenPrompts& given, const char* name, const char* what) {
    CLI::App& added = add_command(command, name, what);
    added.add_option("--program", given->place.program, "The program's folder")->capture_default_str();
    added.add_option("--out", given->place.out, "Audio folder (default: the program's locales folder)");
    return added;
}

CLI::Option* add_language(CLI::App& command, const GivenPrompts& given) {
    return command.add_option("--language", given->place.language, "Only this language");
}

CLI::Option* add_takes(CLI::App& command, const GivenPrompts& given) {
    return command.add_option("--takes", given->takes,
                              "Folder of takes that wait to be heard; never one of audio_dirs");
}

CLI::Option* add_by(CLI::App& command, const GivenPrompts& given, const char* who) {
    return command.add_option("--by", given->by, who)->check([](const std::string& name) {
        return prompts::read_name(name) ? std::string()
                                        : "a name has letters, at most four digits, and at most 64 bytes";
    });
}

void add_sheet(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& sheet = add(command, given, "sheet", "The script to read from, tab-separated");
    add_language(sheet, given);
    sheet.add_flag("--missing", given->missing_only, "Only what has no approved recording");
    sheet.footer("Example:\n  rightsline prompts sheet --program flows/fair-food --language es --missing");
    sheet.callback([given, &code] { code = prompts_sheet(*given); });
}

void add_import(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& import = add(command, given, "import", "Bring in recordings named <key>.<piece>.wav");
    add_language(import, given)->required();
    CLI::Option* takes = add_takes(import, given);
    CLI::Option* by = add_by(import, given, "Who recorded them");
    takes->needs(by);
    by->needs(takes);
    import.add_option("from", given->from, "Folder of sound files")->required();
    import.footer(
        "With --takes nothing is heard in a call before somebody else has approved it; without, the "
        "recordings\n"
        "are brought in as approved: somebody has listened to them already.\n"
        "Examples:\n"
        "  rightsline prompts import RECORDINGS --program flows/lesotho-gbvh --language st --takes TAKES "
        "--by Mpho\n"
        "  rightsline prompts import RECORDINGS --program flows/fair-food --language es");
    import.callback([given, &code] { code = prompts_import(*given); });
}

void add_draft(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& draft = add(command, given, "draft", "Speak what is missing with espeak-ng, marked draft");
    add_language(draft, given);
    draft.footer("Example:\n  rightsline prompts draft --program flows/fair-food --out AUDIO");
    draft.callback([given, &code] { code = prompts_draft(*given); });
}

void add_status(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& status = add(command, given, "status", "Prompts x languages: what has a recording, what waits");
    add_language(status, given);
    add_takes(status, given);
    status.add_flag("--lines", given->lines, "Every prompt, a column per language");
    add_json(status, given->json);
    status.footer(
        "recorded: a person said these words. stale: the words have changed since; no call hears it. draft: "
        "a\n"
        "machine speaks. missing: nothing is there. untranslated: the first language is said. +waiting: a "
        "take\n"
        "waits to be heard; +outdated: its words have changed; +rejected: it must be recorded again.\n"
        "Examples:\n  rightsline prompts status --program flows/lesotho-gbvh\n"
        "  rightsline prompts status --program flows/lesotho-gbvh --takes TAKES --lines");
    status.callback([given, &code] { code = prompts_status(*given); });
}

void add_list(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& list = add(command, given, "takes", "What waits to be heard, who recorded it, where it lies");
    add_language(list, given);
    add_takes(list, given)->required();
    list.footer("Example:\n  rightsline prompts takes --program flows/lesotho-gbvh --takes TAKES");
    list.callback([given, &code] { code = prompts_takes(*given); });
}

void add_export(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& out =
        add(command, given, "export", "Copy the approved recordings out, for another installation");
    add_language(out, given);
    out.add_option("to", given->from, "Folder; one per language is made in it")->required();
    out.footer(
        "A manifest.tsv beside the sounds says their words: import refuses a sound whose words are others "
        "there.\n"
        "Example:\n  rightsline prompts export PARCEL --program flows/fair-food\n"
        "  rightsline prompts import PARCEL/es --program flows/fair-food --language es");
    out.callback([given, &code] { code = prompts_export(*given); });
}

CLI::Option* add_heard(CLI::App& judging, const GivenPrompts& given) {
    return judging
        .add_option("--heard", given->heard,
                    "Only the take whose hash begins so, as `takes` shows it last; with one name")
        ->check([](const std::string& hash) {
            const bool is_hash = hash.size() >= least_of_hash &&
                                 hash.find_first_not_of("0123456789abcdef") == std::string::npos;
            return is_hash ? std::string() : "a hash is 8 or more of 0-9 and a-f";
        });
}

/// One hash is of one take.
void check_heard(const PromptsOptions& given) {
    if (!given.heard.empty() && given.names.size() != 1) {
        throw CLI::ValidationError("--heard", "is of one name");
    }
}

CLI::App& add_judging(CLI::App& command, const GivenPrompts& given, const char* name, const char* what) {
    CLI::App& judging = add(command, given, name, what);
    add_language(judging, given)->required();
    add_takes(judging, given)->required();
    add_by(judging, given, "Who listened")->required();
    return judging;
}

void add_approve(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& approve = add_judging(command, given, "approve", "You listened, it is good: calls may play it");
    CLI::Option* names = approve.add_option("names", given->names, "<key>.<piece>, as `takes` shows them");
    CLI::Option* heard = add_heard(approve, given);
    approve.add_flag("--all", given->all, "Every take that waits at this moment")
        ->excludes(names)
        ->excludes(heard);
    approve.footer(
        "Whoever recorded a take cannot approve it. Without --heard it approves the take that waits now, "
        "which "
        "may be\n"
        "a newer one than you heard; it says which. It writes into no audit: of what a server keeps, approve "
        "in its\n"
        "console. A running server plays it once it has read its programs again: systemctl reload "
        "rightsline.\n"
        "Example:\n  rightsline prompts approve hotline.main.menu.0 --heard 5f2c9a10 --program "
        "flows/lesotho-gbvh --language "
        "st "
        "--takes TAKES --by Lerato");
    approve.callback([given, &code] {
        if (given->names.empty() && !given->all) {
            throw CLI::RequiredError("names or --all");
        }
        check_heard(*given);
        code = prompts_approve(*given);
    });
}

void add_reject(CLI::App& command, const GivenPrompts& given, int& code) {
    CLI::App& reject = add_judging(command, given, "reject", "It must be recorded again: say why");
    reject.add_option("names", given->names, "<key>.<piece>, as `takes` shows them")->required();
    reject.add_option("--why", given->why, "What the recorder shall do differently")->required();
    add_heard(reject, given);
    reject.footer(
        "It writes into no audit: of what a server keeps, reject in its console. What calls play already "
        "cannot "
        "be rejected.\n"
        "Example:\n  rightsline prompts reject hotline.main.menu.0 --program flows/lesotho-gbvh --language "
        "st "
        "--takes TAKES --by Lerato --why \"a door slams at the end\"");
    reject.callback([given, &code] {
        check_heard(*given);
        code = prompts_reject(*given);
    });
}

/// Through the server: whoever is on the phone is answered by it.
void add_call(CLI::App& command, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<PromptCallOptions>>(demo_folder);
    PromptCallOptions& options = given->options;
    CLI::App& call = add_command(command, "call", "A code for somebody who records lines by phone");
    add_server(call, *given);
    call.add_option("--language", options.language, "That is recorded: st")->required();
    call.add_option("--by", options.by, "Who reads: they do not approve what they read")->required();
    call.add_option("--only", options.only,
                    "missing: what has no recording; stale: what has one of other words")
        ->check(CLI::IsMember({"missing", "stale"}))
        ->capture_default_str();
    call.add_option("--spoken", options.spoken, "That they are spoken to in (default: the program's first)");
    call.add_flag("--ring", options.ring, "We call them: their number is asked for, and kept nowhere");
    call.add_option("names", options.names, "These lines alone, <key>.<piece> or <key>");
    call.footer(
        "They call the line that is for recording (lines: calls: record), or are called, and enter the code. "
        "They\n"
        "hear a line, read it after the tone, press #, hear what calls would play, and keep it or read it "
        "again.\n"
        "The code is good for two hours; where the line drops they go on with it. Then somebody else "
        "approves.\n"
        "Examples:\n"
        "  rightsline prompts call --program lesotho-gbvh --language st --by Mpho\n"
        "  rightsline prompts call --program lesotho-gbvh --language st --by Mpho --only stale --ring\n"
        "  rightsline prompts call --language ht --by Jean hotline.main.menu");
    call.callback([given, &code] { code = prompts_call(given->resolved()); });
}

}  // namespace

void add_prompt_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<PromptsOptions>();
    given->place.program = "flows/fair-food";
    CLI::App* command =
        root.add_subcommand("prompts", "Recordings: what to read, bringing in, listening, drafts");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n  rightsline prompts status --program flows/fair-food\n"
        "  rightsline prompts sheet --language es > to-read.tsv\n"
        "  rightsline prompts import RECORDINGS --language es --takes TAKES --by Ana\n"
        "  rightsline prompts approve --all --language es --takes TAKES --by Luz\n"
        "  rightsline prompts call --language ht --by Jean");
    add_status(*command, given, code);
    add_sheet(*command, given, code);
    add_import(*command, given, code);
    add_list(*command, given, code);
    add_approve(*command, given, code);
    add_reject(*command, given, code);
    add_export(*command, given, code);
    add_call(*command, demo_folder, code);
    add_draft(*command, given, code);
}

}  // namespace rightsline::cli

#include "gateway/cli/keys/key_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/casework/retention_command.hpp"
#include "gateway/cli/given.hpp"
#include "gateway/cli/keys/circle_command.hpp"
#include "gateway/cli/keys/key_command.hpp"
#include "gateway/cli/keys/member_command.hpp"
#include "gateway/cli/keys/reseal_command.hpp"
#include "gateway/cli/terminal.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

void add_server_keys(CLI::App& command, int& code) {
    const auto options = std::make_shared<KeyInitOptions>();
    const auto with_keys = [&](const char* name, const char* description) {
        CLI::App* added = command.add_subcommand(name, description);
        added->add_option("--keys-dir", options->keys_dir, "keys_dir of the configuration")->required();
        return added;
    };
    const auto with_circle = [&](const char* name, const char* description) {
        CLI::App* added = with_keys(name, description);
        added->add_option("--circle", options->circle, "The program whose reports it opens")->required();
        added->add_option("--out", options->out, "Where the private key goes; it is written nowhere else")
            ->required();
        return added;
    };
    CLI::App* init = with_circle("init", "Make the server's keys and a circle's pair");
    init->footer(
        "Example:\n  rightsline key init --keys-dir /etc/rightsline/keys --circle fair-food --out "
        "/media/stick/fair-food.circle.key");
    init->callback([options, &code] { code = key_init(*options); });
    CLI::App* renew =
        with_circle("renew-circle", "Make the next pair of a circle, when the private key is lost or stolen");
    renew->footer(
        "Example:\n  rightsline key renew-circle --keys-dir /etc/rightsline/keys --circle fair-food --out "
        "/media/stick/fair-food.2.circle.key");
    renew->callback([options, &code] { code = key_renew_circle(*options); });
    CLI::App* for_backup = with_keys("init-backup", "Make the pair that backups are sealed to");
    for_backup->add_option("--out", options->out, "Where the private key goes; it is written nowhere else")
        ->required();
    for_backup->footer(
        "Example:\n  rightsline key init-backup --keys-dir /etc/rightsline/keys --out "
        "/media/stick/backup.key");
    for_backup->callback([options, &code] { code = key_init_backup(*options); });
    CLI::App* state =
        with_keys("add-state", "Make the next key that seals conversations; older ones still open");
    state->footer("Example:\n  rightsline key add-state --keys-dir /etc/rightsline/keys");
    state->callback([options, &code] { code = key_add_state(options->keys_dir); });
    CLI::App* epochs =
        with_keys("add-epochs", "Make the months' keys that lock what cases keep, two years ahead");
    epochs->footer(
        "Once a year is enough. A month's key can be destroyed later, and with it everything that was locked "
        "in "
        "that\nmonth, in every copy.\nExample:\n  rightsline key add-epochs --keys-dir /etc/rightsline/keys");
    epochs->callback([options, &code] { code = key_add_epochs(options->keys_dir); });
    CLI::App* audit =
        with_keys("add-audit", "Make the next pair that signs the audit; older ones still prove it");
    audit->footer("Example:\n  rightsline key add-audit --keys-dir /etc/rightsline/keys");
    audit->callback([options, &code] { code = key_add_audit(options->keys_dir); });
}

/// Private keys are open in these: no core dump, nobody looks in.
template <class Run>
int hardened(Run run) {
    (void)vault::harden_process();
    OwnTerminal terminal;
    return run(terminal);
}

void add_new_member(CLI::App& command, int& code) {
    const auto options = std::make_shared<NewMemberOptions>();
    CLI::App* added = command.add_subcommand("new-member", "Make your own key, sealed under a passphrase");
    added->add_option("name", options->name, "How the others will know you: a-z, 0-9 and '-'")->required();
    added->add_option("--out", options->out, "Folder for NAME.member and NAME.pub")->required();
    added->footer(
        "Run it on your own machine, not on the server. The passphrase is asked for twice; a recovery code "
        "is shown once,\n"
        "for paper. When both are lost the key is lost, and another member admits you with a new one.\n"
        "Example:\n  rightsline key new-member maria --out ~/keys");
    added->callback([options, &code] {
        code = hardened([&](Terminal& terminal) { return key_new_member(*options, terminal); });
    });
}

void add_recover(CLI::App& command, int& code) {
    const auto options = std::make_shared<RecoverOptions>();
    CLI::App* added = command.add_subcommand("recover", "A new passphrase, with the recovery code");
    added->add_option("--member", options->member, "Your NAME.member; it is rewritten")->required();
    added->add_flag("--dry-run", options->dry_run, "Say whether the code opens the key, and change nothing");
    added->footer(
        "The code is asked for on the terminal; its check digits find typing mistakes, group by group.\n"
        "No code either? Then this key is lost, and nobody can bring it back. Reports are not, while another "
        "member opens\n"
        "them: make a new key under a new name (key new-member), and let a member admit it (key admit).\n"
        "Examples:\n  rightsline key recover --member ~/keys/maria.member\n"
        "  rightsline key recover --member ~/keys/maria.member --dry-run    # the drill: is the paper good?");
    added->callback([options, &code] {
        code = hardened([&](Terminal& terminal) { return key_recover(*options, terminal); });
    });
}

void add_new_circle(CLI::App& command, int& code) {
    const auto options = std::make_shared<NewCircleOptions>();
    CLI::App* added =
        command.add_subcommand("new-circle", "Make a circle's pair, the private half sealed to its members");
    added->add_option("circle", options->circle, "The program whose reports it opens")->required();
    added->add_option("--member", options->members, "NAME.pub of a member; again for each")
        ->required()
        ->allow_extra_args(false);
    added->add_option("--out", options->out, "Folder for CIRCLE.N.shares and CIRCLE.N.pub")
        ->capture_default_str();
    added->add_option("--keys-dir", options->keys_dir, "keys_dir of the server, when it is on this machine");
    added->add_option("--number", options->version, "Version (default: the next one in --keys-dir, or 1)")
        ->check(CLI::Range(1, 1'000'000));
    added->footer(
        "The private half is written nowhere in plain. For backups: call the circle backup, leave --keys-dir "
        "out, and copy\n"
        "backup.1.pub to KEYS_DIR/backup.pub; restore then takes --member and --shares.\n"
        "Example:\n  rightsline key new-circle fair-food --member maria.pub --member jean.pub --out "
        "/media/stick "
        "--keys-dir /etc/rightsline/keys");
    added->callback(
        [options, &code] { code = hardened([&](Terminal&) { return key_new_circle(*options); }); });
}

void add_admit(CLI::App& command, int& code) {
    const auto options = std::make_shared<AdmitOptions>();
    CLI::App* added = command.add_subcommand("admit", "Let one more member open a circle's reports");
    added->add_option("fresh", options->fresh, "NAME.pub of the new member")->required();
    added->add_option("--shares", options->shares, "CIRCLE.N.shares; it is rewritten")->required();
    added->add_option("--member", options->member, "Your own NAME.member")->required();
    added->footer(
        "Example:\n  rightsline key admit ana.pub --shares fair-food.1.shares --member ~/keys/maria.member");
    added->callback([options, &code] {
        code = hardened([&](Terminal& terminal) { return key_admit(*options, terminal); });
    });
}

void add_members(CLI::App& command, int& code) {
    const auto options = std::make_shared<MembersOptions>();
    CLI::App* added =
        command.add_subcommand("members", "Who can open a circle's reports: names and fingerprints");
    added->add_option("--shares", options->shares, "CIRCLE.N.shares")->required();
    added->add_option("--member", options->member,
                      "Your own NAME.member: then a change by a stranger is found");
    added->add_flag("--json", options->json, "As JSON");
    added->footer("Example:\n  rightsline key members --shares fair-food.1.shares");
    added->callback([options, &code] {
        code = hardened([&](Terminal& terminal) { return key_members(*options, terminal); });
    });
}

void add_rotate(CLI::App& command, int& code) {
    const auto options = std::make_shared<RotateOptions>();
    CLI::App* added =
        command.add_subcommand("rotate", "The next version of a circle, without those who leave");
    added->add_option("--shares", options->shares, "CIRCLE.N.shares of now; it stays as it is")->required();
    CLI::Option* member = added->add_option("--member", options->member, "Your own NAME.member");
    added->add_option("--leave", options->leave, "Name of a member who leaves; again for each")
        ->allow_extra_args(false);
    added->add_option("--out", options->out, "Folder for the new shares and public key")
        ->capture_default_str();
    added->add_option("--keys-dir", options->keys_dir, "keys_dir of the server, when it is on this machine");
    CLI::Option* dry =
        added->add_flag("--dry-run", options->dry_run, "Say what would happen, and change nothing");
    added->footer(
        "New reports are sealed to the new version after the server's restart. Reports of the old version "
        "stay open to who\n"
        "left and kept the old shares, until `rightsline key reseal` seals them anew.\n"
        "Example:\n  rightsline key rotate --shares fair-food.1.shares --member ~/keys/maria.member --leave "
        "jean "
        "--out /media/stick --dry-run");
    added->callback([options, member, dry, &code] {
        if (member->count() == 0 && dry->count() == 0) {
            throw CLI::RequiredError("--member (or --dry-run)");
        }
        code = hardened([&](Terminal& terminal) { return key_rotate(*options, terminal); });
    });
}

void add_reseal(CLI::App& command, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<ResealOptions>>(demo_folder);
    ResealOptions& options = given->options;
    CLI::App* added = command.add_subcommand(
        "reseal", "Seal reports of older versions of a circle to the newest, after somebody left");
    add_server(*added, *given);
    added->add_option("--member", options.member, "Your own NAME.member");
    added->add_option("--shares", options.shares, "CIRCLE.N.shares; again for each version")
        ->allow_extra_args(false);
    added->add_option("--key", options.keys, "A plain private key; again for each version")
        ->allow_extra_args(false);
    added->add_flag("--dry-run", options.dry_run, "Say which cases it would be, and change nothing");
    added->footer(
        "It may be cut off and run again. Reading each case stands in the audit, as sealing it does.\n"
        "What another organisation has accepted its own member seals anew: --program PROGRAM/ORGANISATION.\n"
        "Example:\n  rightsline key reseal --socket /var/lib/rightsline/api.sock --member "
        "~/keys/maria.member \\\n"
        "    --shares fair-food.1.shares --shares fair-food.2.shares");
    added->callback([given, &code] {
        code = hardened([&](Terminal& terminal) { return key_reseal(given->resolved(), terminal); });
    });
}

void add_destroy_epoch(CLI::App& command, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<DestroyEpochOptions>>(demo_folder);
    DestroyEpochOptions& options = given->options;
    CLI::App* added = command.add_subcommand(
        "destroy-epoch", "Destroy a month's key: what was locked in that month opens nowhere any more");
    added->add_option("month", options.month, "Such as 2026-03; without it the months are listed");
    add_server(*added, *given);
    added->add_flag("--dry-run", options.dry_run, "Say what would be lost, and change nothing");
    added->add_flag("--move", options.move, "First lock anew, under this month, what is kept");
    added->add_flag("--backups-gone", options.backups_gone,
                    "The backups that need the key are gone, or may lose it");
    added->footer(
        "Refused while a case that is kept needs the key, and for thirty days after. There is no way back.\n"
        "Example:\n  rightsline key destroy-epoch 2026-03 --socket /var/lib/rightsline/api.sock --dry-run");
    added->callback([given, &code] { code = key_destroy_epoch(given->resolved()); });
}

}  // namespace

void add_key_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    CLI::App* command = root.add_subcommand("key", "Keys outside the store");
    command->require_subcommand(1);
    command->footer(
        "Secrets are asked for on the terminal, never taken from an option or the environment.\n"
        "Examples:\n"
        "  rightsline key init --keys-dir /etc/rightsline/keys --circle fair-food --out "
        "/media/stick/fair-food.circle.key\n"
        "  rightsline key new-member maria --out ~/keys\n"
        "  rightsline key new-circle fair-food --member maria.pub --member jean.pub --out /media/stick\n"
        "  rightsline key init-backup --keys-dir /etc/rightsline/keys --out /media/stick/backup.key\n"
        "  rightsline key add-state --keys-dir /etc/rightsline/keys\n"
        "  rightsline key add-audit --keys-dir /etc/rightsline/keys");
    add_server_keys(*command, code);
    add_new_member(*command, code);
    add_new_circle(*command, code);
    add_admit(*command, code);
    add_members(*command, code);
    add_rotate(*command, code);
    add_recover(*command, code);
    add_reseal(*command, demo_folder, code);
    add_destroy_epoch(*command, demo_folder, code);
}

}  // namespace rightsline::cli

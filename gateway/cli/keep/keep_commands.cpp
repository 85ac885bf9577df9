#include "gateway/cli/keep/keep_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/given.hpp"
#include "gateway/cli/keep/audit_command.hpp"
#include "gateway/cli/keep/backup_command.hpp"
#include "gateway/cli/keep/fallback_command.hpp"
#include "gateway/cli/keep/fsck_command.hpp"
#include "gateway/cli/keep/mend_store_command.hpp"
#include "gateway/cli/keep/restore_command.hpp"
#include "gateway/cli/keys/vault_command.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {
namespace {

void add_vault(CLI::App& root, int& code) {
    const auto options = std::make_shared<VaultOptions>();
    CLI::App* command = root.add_subcommand(
        "vault", "Keep the keys that open numbers, in a process and under a user of their own");
    command->add_option("--keys-dir", options->keys_dir, "Folder of pepper, number and state keys")
        ->capture_default_str();
    command->add_option("--socket", options->socket, "Where servers ask; vault.socket of their configuration")
        ->capture_default_str();
    command->add_option("--state-dir", options->state_dir, "Where the count of the day is kept")
        ->capture_default_str();
    command
        ->add_option("--user", options->users,
                     "Whose process is answered, beside root's and its own; repeatable")
        ->allow_extra_args(false);
    command->add_option("--names-a-day", options->names, "Phones that are named")->capture_default_str();
    command->add_option("--numbers-a-day", options->numbers, "Numbers of cases that are opened")
        ->capture_default_str();
    command->add_option("--replies-a-day", options->replies, "Messages to workers that are opened")
        ->capture_default_str();
    command->footer(
        "A server with vault.socket in its configuration holds no key that opens a number. When a quota is "
        "used "
        "up,\nthat work waits for the next day (UTC), the operator is told, and alerts go on.\n"
        "Example:\n  rightsline vault --user rightsline");
    command->callback([options, &code] { code = run_vault(*options); });
}

void add_fsck(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<FsckOptions>>(demo_folder);
    CLI::App* command =
        root.add_subcommand("fsck", "Whether everything that is stored fits together; changes nothing");
    add_server(*command, *given);
    command->footer(
        "Works beside the running server; as root or the server's own user.\n"
        "Exit code 1: something does not fit, and each finding says what to do.\n"
        "Example:\n  rightsline fsck --socket /var/lib/rightsline/api.sock");
    command->callback([given, &code] { code = fsck(given->resolved()); });
}

void add_audit(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<AuditOptions>>(demo_folder);
    AuditOptions& options = given->options;
    CLI::App* group = root.add_subcommand("audit", "Who did what, and whether that was changed since");
    group->require_subcommand(1);
    group->footer("Example:\n  rightsline audit verify --socket /var/lib/rightsline/api.sock");
    CLI::App* command = group->add_subcommand("verify", "Whether the audit is what was sealed, or where not");
    add_where(*command, options.socket, given->folder);
    command->add_option("--key", options.keys,
                        "Public half of an audit key that you kept (default: those in keys_dir); repeatable");
    command->add_option("--head", options.heads, "A head that you wrote down (120:9f86…); repeatable");
    command->add_option("--program", options.program,
                        "Only this one; needed with --head where there are several");
    add_json(*command, options.json);
    command->footer(
        "Works beside the running server; as root or the server's own user. Changes nothing.\n"
        "The head that it prints names all that is sealed: write it down elsewhere, and give it back later.\n"
        "Exit codes: 0 whole; 1 something was changed; 65 a key or head cannot be read; 69 the server or "
        "the\n"
        "store is not there; 78 there is no key to verify with.\n"
        "Example:\n  rightsline audit verify --socket /var/lib/rightsline/api.sock --key "
        "/media/stick/audit.1.pub "
        "--head 120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    command->callback([given, &code] { code = audit_verify(given->resolved()); });
}

void add_backup(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<Given<BackupOptions>>(demo_folder);
    BackupOptions& options = given->options;
    CLI::App* command = root.add_subcommand("backup", "One sealed file of everything that must survive");
    command->add_option("--to", options.to, "A folder, or the name of a file that is not there yet")
        ->required();
    add_where(*command, options.socket, given->folder);
    command->add_option("--key", options.key, "Public half of the backup key (default: keys_dir/backup.pub)");
    command
        ->add_option("--keep-hourly", options.keep_hourly, "Hours of which one backup each stays beside it")
        ->check(CLI::Range(0, 10'000));
    command
        ->add_option("--keep-daily", options.keep_daily,
                     "Days of which one backup each stays; none older does")
        ->check(CLI::Range(0, 3'650));
    command->footer(
        "The server runs on. Keys are never in it. Without --keep-… nothing is deleted.\n"
        "Example:\n  rightsline backup --socket /var/lib/rightsline/api.sock --to /backup --keep-hourly 48 "
        "--keep-daily 30");
    command->callback([given, &code] { code = backup(given->resolved()); });
}

void add_restore(CLI::App& root, int& code) {
    const auto options = std::make_shared<RestoreOptions>();
    options->config = "/etc/rightsline/rightsline.yaml";
    CLI::App* command = root.add_subcommand("restore", "Bring a backup back, where there is no data yet");
    command->add_option("--from", options->from, "The backup")->required();
    command->add_option("--key", options->key, "File with the private half of the backup key");
    command->add_option("--member", options->member,
                        "In its place: your NAME.member, where members hold the backup key");
    command->add_option("--shares", options->shares, "And the shares of that key")->allow_extra_args(false);
    command->add_option("--config", options->config, "Configuration file")->capture_default_str();
    command->add_option("--state-dir", options->state_dir,
                        "Where to, without a configuration: none is read, keys are not compared");
    command->add_option("--redis-dir", options->redis_dir,
                        "Where Redis keeps its data, when it is an outside one");
    command->footer(
        "Stop the server first. Nothing is overwritten; a wrong key or a damaged file changes nothing.\n"
        "Example:\n  rightsline restore --from rightsline-20261122T113000Z.backup --key "
        "/media/stick/backup.key");
    command->callback([options, &code] {
        OwnTerminal terminal;
        code = restore(*options, terminal);
    });
}

void add_mend_store(CLI::App& root, int& code) {
    const auto folder = std::make_shared<std::string>();
    CLI::App* command = root.add_subcommand(
        "mend-store", "A Redis that misses the base of its append-only file starts again");
    command->add_option("folder", *folder, "Where its appendonly.aof.manifest is")->required();
    command->footer(
        "For a Redis that is not rightsline's own, and is stopped: its log says \"Unable to obtain the AOF "
        "file "
        "…\".\nA server's own Redis is mended by the server. Nothing is lost by it, and nothing else is "
        "touched.\n"
        "Exit codes: 0 mended, or nothing to mend; 1 more is wrong than this; 2 no manifest there; 69 the "
        "disk refuses.\n"
        "Example:\n  rightsline mend-store /var/lib/redis/appendonlydir");
    command->callback([folder, &code] { code = mend_store(*folder); });
}

void add_fallback(CLI::App& root, int& code) {
    const auto options = std::make_shared<FallbackOptions>();
    options->config = "/etc/rightsline/rightsline.yaml";
    CLI::App* group = root.add_subcommand("fallback", "What the phone company says when the server is gone");
    group->require_subcommand(1);
    group->footer(
        "Example:\n  rightsline fallback export --base-url https://static.example.org/hotline --out "
        "fallback");
    CLI::App* command =
        group->add_subcommand("export", "A folder of static documents for its fallback addresses");
    command->add_option("--base-url", options->base_url, "Where the folder will be served: https://…")
        ->required();
    command->add_option("--out", options->out, "The folder to write");
    command->add_option("--check", options->check, "Say whether this folder is stale, and write nothing");
    command->add_option("--config", options->config, "Configuration file")->capture_default_str();
    command->footer(
        "Exit code 1: --check found something stale.\n"
        "Example:\n  rightsline fallback export --base-url https://static.example.org/hotline --out "
        "fallback");
    command->callback([options, &code] { code = fallback_export(*options); });
}

}  // namespace

void add_keep_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    add_vault(root, code);
    add_fsck(root, demo_folder, code);
    add_audit(root, demo_folder, code);
    add_backup(root, demo_folder, code);
    add_restore(root, code);
    add_mend_store(root, code);
    add_fallback(root, code);
}

}  // namespace rightsline::cli

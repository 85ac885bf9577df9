// main: words on the command line to a command. CLI11 is included here only.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "gateway/app/app.hpp"
#include "gateway/app/demo.hpp"
#include "gateway/cli/case_command.hpp"
#include "gateway/cli/check_command.hpp"
#include "gateway/cli/key_command.hpp"
#include "gateway/cli/phone.hpp"
#include "gateway/cli/prompts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/vault/harden.hpp"
#include "gateway/vault/phone_number.hpp"

namespace {

using namespace rightsline;

constexpr int misconfigured = 78;

std::string default_demo_folder() {
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "/tmp" : home) + "/.local/state/rightsline-demo";
}

int serve(const std::string& path, std::map<std::string, std::string> flags,
          const std::function<void()>& started) {
    std::signal(SIGPIPE, SIG_IGN);
    const Result<void> hardened = vault::harden_process();
    if (!hardened) {
        std::cerr << "This process could not be hardened: " << hardened.error().message() << "\n";
    }
    locales::Complaints complaints;
    config::Config config =
        config::read_config(config::sources_of_process(path, std::move(flags), complaints), complaints);
    for (const locales::Complaint& complaint : complaints) {
        std::cerr << to_line(complaint) << "\n";
    }
    if (has_errors(complaints)) {
        return misconfigured;
    }
    ops::LogOptions log;
    log.level = config.log_level;
    const ops::LogSession session(std::move(log));
    vault::PhoneNumber::warm_up();
    app::App server(std::move(config));
    return server.run(started);
}

int demo(const app::DemoOptions& options) {
    const std::optional<std::string> config = app::prepare_demo(options);
    return config ? serve(*config, {}, [&options] { app::explain_demo(options); }) : misconfigured;
}

std::string first_line(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App cli("rightsline: a worker-rights hotline by text, call and USSD");
    cli.require_subcommand(1);
    cli.set_version_flag("--version", RIGHTSLINE_VERSION);
    cli.footer(
        "Examples:\n  rightsline demo\n  rightsline phone --mode voice\n  rightsline check flows\n"
        "  rightsline serve --config /etc/rightsline/rightsline.yaml\n\n"
        "`rightsline COMMAND --help` says more. Exit codes: 0 done, 1 found something, 2 usage, 65 bad "
        "data,\n"
        "69 server or store unavailable, 78 configuration.");
    int code = 0;
    const std::string demo_folder = default_demo_folder();

    std::string config_path = "/etc/rightsline/rightsline.yaml";
    CLI::App* serve_command = cli.add_subcommand("serve", "Run the server");
    serve_command->add_option("--config", config_path, "Configuration file")->capture_default_str();
    serve_command->callback([&] { code = serve(config_path, {}, [] {}); });

    app::DemoOptions demo_options;
    demo_options.folder = demo_folder;
    CLI::App* demo_command =
        cli.add_subcommand("demo", "A server to play with: own Redis, simulated phones, no traffic outside");
    demo_command->add_option("--dir", demo_options.folder, "Folder of its state and keys")
        ->capture_default_str();
    demo_command->add_option("--source", demo_options.source, "Folder that holds flows/ and locales/")
        ->capture_default_str();
    demo_command->add_option("--audio", demo_options.audio,
                             "Folder with draft audio (rightsline prompts draft)");
    demo_command->add_option("--listen", demo_options.hooks, "Address of the webhooks")
        ->capture_default_str();
    demo_command->add_option("--ops", demo_options.ops, "Address of health and metrics")
        ->capture_default_str();
    demo_command->callback([&] { code = demo(demo_options); });

    cli::PhoneOptions phone_options;
    std::string phone_dir = demo_folder;
    std::string token_file;
    CLI::App* phone_command = cli.add_subcommand("phone", "A phone in the terminal, against a running demo");
    phone_command->add_option("--mode", phone_options.mode, "sms, voice or ussd")
        ->check(CLI::IsMember({"sms", "voice", "ussd"}))
        ->capture_default_str();
    phone_command->add_option("--from", phone_options.from, "The worker's number")->capture_default_str();
    phone_command->add_option("--line", phone_options.line, "The hotline's number")->capture_default_str();
    phone_command->add_option("--url", phone_options.url, "Where the server listens")->capture_default_str();
    phone_command->add_option("--public-url", phone_options.public_url,
                              "What the server calls itself (default: --url)");
    phone_command->add_option("--account", phone_options.account, "Simulator account")->capture_default_str();
    phone_command->add_option("--dir", phone_dir, "The demo's folder, for its token")->capture_default_str();
    phone_command->add_option("--token-file", token_file,
                              "File with the account's token (default: DIR/token)");
    phone_command->callback([&] {
        phone_options.token = first_line(token_file.empty() ? phone_dir + "/token" : token_file);
        code = cli::phone(phone_options, std::cin, std::cout);
    });

    cli::CheckOptions check_options;
    CLI::App* check_command =
        cli.add_subcommand("check", "Find mistakes in configuration, programs, flows and texts");
    check_command
        ->add_option("paths", check_options.paths,
                     "A program's folder, a folder of programs, or a configuration file")
        ->default_val(std::vector<std::string>{"flows"});
    check_command->add_option("--audio", check_options.audio, "Further audio folders (drafts)");
    check_command->add_flag("--json", check_options.json, "Findings as JSON");
    check_command->add_flag("--production", check_options.production, "Drafts and missing audio are errors");
    check_command->callback([&] { code = cli::check(check_options); });

    cli::TestOptions test_options;
    CLI::App* test_command = cli.add_subcommand("test", "Run the scripted conversations beside the programs");
    test_command->add_option("paths", test_options.paths, "A program's folder or a folder of programs")
        ->default_val(std::vector<std::string>{"flows"});
    test_command->add_option("--audio", test_options.audio, "Further audio folders (drafts)");
    test_command->add_option("--least", test_options.least_coverage, "Fail below this coverage, in percent");
    test_command->add_flag("--verbose", test_options.verbose, "Transcripts, and what is not covered");
    test_command->callback([&] { code = cli::test(test_options); });

    cli::CaseOptions case_options;
    std::string case_dir = demo_folder;
    CLI::App* case_command = cli.add_subcommand("case", "Read reports on the machine itself");
    case_command->require_subcommand(1);
    const auto with_server = [&](CLI::App* command) {
        command->add_option("--socket", case_options.socket, "The server's api.sock (default: the demo's)");
        command->add_option("--dir", case_dir, "The demo's folder")->capture_default_str();
        command->add_option("--program", case_options.program, "Program, where the server has several");
        command->add_flag("--json", case_options.json, "As JSON");
    };
    const auto resolve = [&] {
        if (case_options.socket.empty()) {
            case_options.socket = case_dir + "/state/api.sock";
        }
        if (case_options.key.empty()) {
            case_options.key = case_dir + "/" +
                               (case_options.program.empty() ? "fair-food" : case_options.program) +
                               ".circle.key";
        }
    };
    CLI::App* list_command = case_command->add_subcommand("list", "Newest first");
    with_server(list_command);
    list_command->callback([&] {
        resolve();
        code = cli::case_list(case_options);
    });
    CLI::App* show_command = case_command->add_subcommand("show", "Open one with the circle's private key");
    with_server(show_command);
    show_command->add_option("which", case_options.which, "Alias (7K4-921) or id")->required();
    show_command->add_option("--key", case_options.key,
                             "File with the circle's private key (default: the demo's)");
    show_command->add_option("--recordings", case_options.save_to, "Folder to save opened recordings in");
    show_command->callback([&] {
        resolve();
        code = cli::case_show(case_options);
    });

    cli::KeyInitOptions key_options;
    CLI::App* key_command = cli.add_subcommand("key", "Keys outside the store");
    key_command->require_subcommand(1);
    CLI::App* init_command =
        key_command->add_subcommand("init", "Make the server's keys and a circle's pair");
    init_command->add_option("--keys-dir", key_options.keys_dir, "keys_dir of the configuration")->required();
    init_command->add_option("--circle", key_options.circle, "The program whose reports it opens")
        ->required();
    init_command
        ->add_option("--out", key_options.out, "Where the private key goes; it is written nowhere else")
        ->required();
    init_command->callback([&] { code = cli::key_init(key_options); });

    cli::PromptsOptions prompts_options;
    prompts_options.program = "flows/fair-food";
    CLI::App* prompts_command =
        cli.add_subcommand("prompts", "Recordings: what to read, bringing in, drafts");
    prompts_command->require_subcommand(1);
    const auto with_program = [&](CLI::App* command) {
        command->add_option("--program", prompts_options.program, "The program's folder")
            ->capture_default_str();
        command->add_option("--language", prompts_options.language, "Only this language");
        command->add_option("--out", prompts_options.out,
                            "Audio folder (default: the program's locales folder)");
    };
    CLI::App* sheet_command =
        prompts_command->add_subcommand("sheet", "The script to read from, tab-separated");
    with_program(sheet_command);
    sheet_command->add_flag("--missing", prompts_options.missing_only, "Only what has no approved recording");
    sheet_command->callback([&] { code = cli::prompts_sheet(prompts_options); });
    CLI::App* import_command =
        prompts_command->add_subcommand("import", "Bring in recordings named <key>.<piece>.wav");
    with_program(import_command);
    import_command->add_option("from", prompts_options.from, "Folder of sound files")->required();
    import_command->callback([&] { code = cli::prompts_import(prompts_options); });
    CLI::App* draft_command =
        prompts_command->add_subcommand("draft", "Speak what is missing with espeak-ng, marked draft");
    with_program(draft_command);
    draft_command->callback([&] { code = cli::prompts_draft(prompts_options); });

    cli.add_subcommand("version", "Version of this build")->callback([] {
        std::cout << RIGHTSLINE_VERSION << "\n";
    });

    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {  // how CLI11 says --help and usage alike
        const int said = cli.exit(wrong);
        return said == 0 ? 0 : 2;
    }
    return code;
}

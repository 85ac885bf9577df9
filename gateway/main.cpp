// main: words on the command line to a command. The commands of the cli room add themselves; serve and demo stand here.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "gateway/app/app.hpp"
#include "gateway/app/demo.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/read_config.hpp"
#include "gateway/ops/environment.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/vault/harden.hpp"
#include "gateway/vault/phone_number.hpp"
#include "locales/authored.hpp"

namespace {

using namespace rightsline;

constexpr int misconfigured = 78;

std::string default_demo_folder() {
    const char* home = ops::environment("HOME");
    return std::string(home == nullptr ? "/tmp" : home) + "/.local/state/rightsline-demo";
}

int serve(const std::string& path, std::map<std::string, std::string> flags,
          const std::function<void()>& started) {
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(077);  // what a server writes is for nobody else
    const Result<void> hardened = vault::harden_process();
    if (!hardened) {
        std::cerr << "This process could not be hardened: " << hardened.error().message() << "\n";
    }
    std::optional<config::Config> config = cli::read_config_aloud(path, std::move(flags));
    if (!config) {
        return misconfigured;
    }
    ops::LogOptions log;
    log.level = config->log_level;
    const ops::LogSession session(std::move(log));
    vault::PhoneNumber::warm_up();
    app::App server(std::move(*config));
    return server.run(started);
}

int demo(const app::DemoOptions& options) {
    const std::optional<std::string> config = app::prepare_demo(options);
    return config ? serve(*config, {}, [&options] { app::explain_demo(options); }) : misconfigured;
}

void add_server_commands(CLI::App& root, const char* program, const std::string& demo_folder, int& code) {
    const auto config = std::make_shared<std::string>("/etc/rightsline/rightsline.yaml");
    CLI::App* command = root.add_subcommand("serve", "Run the server");
    command->add_option("--config", *config, "Configuration file")->capture_default_str();
    command->footer("Example:\n  rightsline serve --config /etc/rightsline/rightsline.yaml");
    command->callback([config, &code] { code = serve(*config, {}, [] {}); });

    const auto options = std::make_shared<app::DemoOptions>();
    options->command = program;
    options->usual_folder = demo_folder;
    options->folder = demo_folder;
    command =
        root.add_subcommand("demo", "A server to play with: own Redis, simulated phones, no traffic outside");
    command->add_option("--dir", options->folder, "Folder of its state and keys")->capture_default_str();
    command->add_option("--source", options->source, "Folder that holds flows/ and locales/")
        ->capture_default_str();
    command
        ->add_option("--program", options->programs,
                     "A program of flows/, such as lesotho-gbvh; again for a second line")
        ->capture_default_str();
    command->add_option("--audio", options->audio, "Folder with draft audio (rightsline prompts draft)");
    command->add_option("--listen", options->hooks, "Address of the webhooks")->capture_default_str();
    command->add_option("--ops", options->ops, "Address of health and metrics")->capture_default_str();
    command->add_option("--console", options->console, "Where people log in: 127.0.0.1:8081")
        ->capture_default_str();
    command->footer(
        "Examples:\n  rightsline demo\n  rightsline demo --program lesotho-gbvh --console 127.0.0.1:8081");
    command->callback([options, &code] { code = demo(*options); });
}

/// The first word that is no command where a command stands, and the one that was meant; "" when all are known.
std::string wrong_command(const CLI::App& root, int argc, char** argv) {
    const CLI::App* at = &root;
    for (int i = 1; i < argc && argv[i][0] != '-' && !at->get_subcommands({}).empty(); ++i) {
        std::vector<std::string> known;
        const CLI::App* next = nullptr;
        for (const CLI::App* one : at->get_subcommands({})) {
            known.push_back(one->get_name());
            next = one->get_name() == argv[i] ? one : next;
        }
        if (next == nullptr) {
            const std::optional<std::string> meant = locales::nearest(argv[i], known);
            return "'" + std::string(argv[i]) + "' is no command of rightsline" +
                   (meant ? "; did you mean '" + *meant + "'?" : ". `rightsline --help` lists them.");
        }
        at = next;
    }
    return "";
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App root("rightsline: a worker-rights hotline by text, call and USSD");
    root.require_subcommand(1);
    root.set_version_flag("--version", RIGHTSLINE_VERSION);
    root.footer(
        "Examples:\n  rightsline demo\n  rightsline phone --mode voice\n  rightsline check flows\n"
        "  rightsline serve --config /etc/rightsline/rightsline.yaml\n\n"
        "`rightsline COMMAND --help` says more. Exit codes: 0 done, 1 found something, 2 usage, 65 bad "
        "data,\n"
        "69 server or store unavailable, 70 ended because it hung, 75 another server has it, 78 "
        "configuration.");
    int code = 0;
    const std::string demo_folder = default_demo_folder();
    add_server_commands(root, argv[0], demo_folder, code);
    cli::add_commands(root, demo_folder, code);
    if (argc == 1) {
        std::cerr << root.help();
        return 2;
    }
    if (const std::string wrong = wrong_command(root, argc, argv); !wrong.empty()) {
        std::cerr << wrong << "\n";
        return 2;
    }
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {  // how CLI11 says --help and usage alike
        const int said = root.exit(wrong);
        return said == 0 ? 0 : 2;
    }
    return code;
}

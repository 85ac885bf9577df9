#include "gateway/cli/casework/site_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "gateway/cli/casework/site_command.hpp"
#include "gateway/cli/given.hpp"

namespace rightsline::cli {
namespace {

using GivenSite = Given<SiteOptions>;
using Shared = std::shared_ptr<GivenSite>;

CLI::App* add(CLI::App& command, const Shared& given, const char* name, const char* description,
              int (*run)(const SiteOptions&), int& code) {
    CLI::App& added = add_command(command, name, description);
    add_server(added, *given);
    added.callback([given, run, &code] { code = run(given->resolved()); });
    return &added;
}

void add_site(CLI::App& command, const Shared& given) {
    command.add_option("site", given->options.site, "1 to 40 of a-z, 0-9, '-' and '.'")->required();
}

void add_person(CLI::App& command, const Shared& given) {
    command.add_option("person", given->options.person, "A name of the roster, or of a user")->required();
}

}  // namespace

void add_site_commands(CLI::App& root, const std::string& demo_folder, int& code) {
    const auto given = std::make_shared<GivenSite>(demo_folder);
    CLI::App* command =
        root.add_subcommand("site", "Workplaces: who looks after which, and who must see none of it");
    command->require_subcommand(1);
    command->footer(
        "Which site a case is of says who reads it: rightsline case site --help\n"
        "Examples:\n  rightsline site add sol-farm\n  rightsline site employer sol-farm jean\n"
        "  rightsline site near maria sol-farm rio-farm\n  rightsline site list");
    add(*command, given, "list", "All sites, with their employers' lists, and who looks after which",
        site_list, code)
        ->footer("Example:\n  rightsline site list");
    CLI::App* made = add(*command, given, "add", "One more site", site_add, code);
    add_site(*made, given);
    add_as(*made, given->options.as);
    made->footer("Example:\n  rightsline site add sol-farm");
    CLI::App* gone = add(*command, given, "remove", "No site any more", site_remove, code);
    add_site(*gone, given);
    add_as(*gone, given->options.as);
    gone->footer(
        "Its cases are of no known site then: there for nobody who stands on any employer's list.\n"
        "Example:\n  rightsline site remove sol-farm");
    CLI::App* employer =
        add(*command, given, "employer", "Somebody stands on a site's employer's list", site_employer, code);
    add_site(*employer, given);
    add_person(*employer, given);
    employer->add_flag("--undo", given->options.undo, "They stand on it no more");
    add_as(*employer, given->options.as);
    employer->footer(
        "None of its cases is there for them, nor any whose site nobody has said; what they had is back in "
        "the pool.\n"
        "Examples:\n  rightsline site employer sol-farm jean\n  rightsline site employer sol-farm jean "
        "--undo");
    CLI::App* near = add(*command, given, "near", "Which sites somebody looks after", site_near, code);
    add_person(*near, given);
    near->add_option("sites", given->options.sites, "Sites; none: all of them");
    add_as(*near, given->options.as);
    near->footer(
        "A monitor sees what is theirs, and what is free of these sites. A danger wakes everybody on call.\n"
        "Examples:\n  rightsline site near maria sol-farm rio-farm\n  rightsline site near maria");
}

}  // namespace rightsline::cli

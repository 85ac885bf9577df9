#include "gateway/cli/casework/site_command.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr const char* address = "/api/v1/sites";

std::string joined(const json::value& names, const char* none) {
    std::string all;
    for (const json::value& one : names.as_array()) {
        all += (all.empty() ? "" : ", ") + std::string(one.as_string());
    }
    return all.empty() ? none : all;
}

/// Does it, and says `told` on stdout; what became of cases on stderr.
int change(const SiteOptions& options, const std::string& where, json::object body, const std::string& told) {
    body["as"] = options.as;
    LocalApi api(options.socket);
    const Result<json::object> done = api.post(address + where + of_program(options.program), body);
    if (!done) {
        return report(api);
    }
    std::cout << (options.json ? json::serialize(*done) : told) << "\n" << std::flush;
    if (!options.json && done->at("before").as_bool()) {
        std::cerr << "It was so already; nothing was changed.\n";
    }
    if (!options.json && done->at("cases_released").to_number<int>() != 0) {
        std::cerr << "Back in the pool, for who had them may have them no more: "
                  << done->at("cases_released").to_number<int>() << ". rightsline case list --unassigned\n";
    }
    return 0;
}

/// Whom it leaves to answer callers. Without a roster there is nothing to say.
void warn_of_callers(const SiteOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> now = api.get("/api/v1/roster/now" + of_program(options.program));
    if (now && text_of(*now, "callers") == "conflict") {
        std::cerr
            << "All who could be rung for a caller now stand on an employer's list: who asks for a person "
               "leaves a message. rightsline roster now\n";
    }
}

}  // namespace

int site_list(const SiteOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> known = api.get(address + of_program(options.program));
    if (!known) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*known) << "\n";
        return 0;
    }
    const json::array& sites = known->at("sites").as_array();
    for (const json::value& one : sites) {
        const json::object& site = one.as_object();
        std::cout << text_of(site, "site")
                  << "  on the employer's list: " << joined(site.at("employer"), "nobody") << "\n";
    }
    for (const json::value& one : known->at("near").as_array()) {
        const json::object& person = one.as_object();
        std::cout << text_of(person, "person") << " looks after: " << joined(person.at("sites"), "none")
                  << "\n";
    }
    std::cout << std::flush;
    std::cerr << sites.size() << (sites.size() == 1 ? " site" : " sites")
              << (sites.empty() ? ": rightsline site add --help" : "; who is not named looks after all")
              << "\n";
    return 0;
}

int site_add(const SiteOptions& options) {
    return change(options, "", {{"site", options.site}}, options.site);
}

int site_remove(const SiteOptions& options) {
    return change(options, "/remove", {{"site", options.site}},
                  options.site +
                      " is no site any more, and its employer's list went with it. A case that is of it gets "
                      "another by: rightsline case site ALIAS SITE");
}

int site_employer(const SiteOptions& options) {
    const json::object body{{"site", options.site}, {"person", options.person}, {"undo", options.undo}};
    const int code = change(options, "/employer", body,
                            options.person +
                                (options.undo ? " stands no more on the employer's list of "
                                              : " stands on the employer's list of ") +
                                options.site);
    if (code == 0 && !options.undo && !options.json) {
        warn_of_callers(options);
    }
    return code;
}

int site_near(const SiteOptions& options) {
    const json::array sites(options.sites.begin(), options.sites.end());
    return change(options, "/near", {{"person", options.person}, {"sites", sites}},
                  options.person + " looks after " + joined(sites, "all sites"));
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/casework_command.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <istream>
#include <optional>

#include "gateway/cases/notes.hpp"
#include "gateway/cli/casework/case_circle.hpp"
#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/typed_text.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int usage = 2;
constexpr int bad_data = 65;

std::string address(const CaseworkOptions& options, const std::string& id, const char* what) {
    return "/api/v1/cases/" + id + "/" + what + of_program(options.program);
}

/// Does it, and says on stdout what `told` makes of the server's answer. What the worker hears is told on stderr.
template <class Tell>
int change(const CaseworkOptions& options, const char* what, json::object body, Tell told) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    body["as"] = options.as;
    const Result<json::object> done = api.post(address(options, search.id, what), body);
    if (!done) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*done) << "\n";
        return 0;
    }
    std::cout << text_of(*done, "alias") << told(*done) << "\n" << std::flush;
    if (done->at("before").as_bool()) {
        std::cerr << "It was so already; nothing was changed.\n";
    }
    return 0;
}

/// Behind the alias.
std::string who_has(const json::object& it) {
    const std::string assignee = text_of(it, "assignee");
    return assignee.empty() ? ": nobody has it" : ": " + assignee + " has it";
}

/// Says what is wrong with a note, or gives "".
std::string fault_of(const std::string& text) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return "There is nothing in this note. Write it, then end it with Ctrl-D at the beginning of a line.";
    }
    return text.size() > cases::longest_note
               ? "A note holds " + std::to_string(cases::longest_note) + " bytes, and this one has " +
                     std::to_string(text.size()) + ". Write two."
               : "";
}

int send_note(LocalApi& api, const CaseworkOptions& options, const std::string& id, const std::string& text) {
    const Result<json::object> answer = ask_circle(api, options.program, id);
    if (!answer) {
        return report(api);
    }
    const Result<vault::CirclePublicKey> circle = vault::parse_public_key(text_of(*answer, "circle"));
    if (!circle) {
        std::cerr << "The server's circle cannot be read, so nothing was sealed and nothing sent.\n";
        return bad_data;
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const cases::Note note{options.as, text, now.time_since_epoch().count()};
    const std::string sealed = cases::seal_note(*circle, text_of(*answer, "program"), id, note);
    const json::object body{{"as", options.as}, {"sealed", ops::to_base64(sealed)}};
    const Result<json::object> kept = api.post(address(options, id, "notes"), body);
    if (!kept) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*kept) << "\n";
    }
    std::cerr << "Noted, sealed to the circle " << circle->name
              << ". No worker hears it: rightsline case show " << options.which << "\n";
    return 0;
}

}  // namespace

int case_status(const CaseworkOptions& options) {
    return change(options, "status", {{"status", options.value}}, [&options](const json::object& it) {
        if (!options.json) {
            return " is " + text_of(it, "status") +
                   ". Its worker hears, with the code: " + text_of(it, "words");
        }
        return " is " + text_of(it, "status");
    });
}

int case_assign(const CaseworkOptions& options) {
    if (options.nobody != options.value.empty()) {
        std::cerr << "Name the person who gets it, or --nobody.\n";
        return usage;
    }
    return change(options, "assign", {{"person", options.value}}, who_has);
}

int case_site(const CaseworkOptions& options) {
    if (options.nobody != options.value.empty()) {
        std::cerr << "Name the site, or --none.\n";
        return usage;
    }
    return change(options, "site", {{"site", options.value}}, [](const json::object& it) {
        const std::string site = text_of(it, "site");
        return (site.empty() ? std::string(" is of no site") : " is of " + site) + who_has(it);
    });
}

int case_category(const CaseworkOptions& options) {
    if (options.nobody != options.value.empty()) {
        std::cerr << "Name the category, or --none.\n";
        return usage;
    }
    return change(options, "category", {{"category", options.value}}, [](const json::object& it) {
        const std::string category = text_of(it, "category");
        return (category.empty() ? std::string(" is in no category") : " is in " + category) + ": " +
               text_of(it, "urgency") + ", about " + text_of(it, "family");
    });
}

int case_recuse(const CaseworkOptions& options) {
    return change(options, "recuse", {}, [&options](const json::object& it) {
        return ": " + options.as + " stepped back;" + who_has(it).substr(1);
    });
}

int case_call(const CaseworkOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> begun = api.post(address(options, search.id, "call"), {{"as", options.as}});
    if (!begun) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*begun) << "\n";
        return 0;
    }
    std::cout << options.which << ": the phone of " << options.as
              << " rings now; 1 there calls its worker. What came of it: rightsline case log "
              << options.which << "\n"
              << std::flush;
    return 0;
}

int case_exclude(const CaseworkOptions& options) {
    return change(options, "exclude", {{"person", options.value}}, [&options](const json::object& it) {
        return ": " + options.value + " is kept out;" + who_has(it).substr(1);
    });
}

int case_readmit(const CaseworkOptions& options) {
    return change(options, "readmit", {{"person", options.value}},
                  [&options](const json::object&) { return ": " + options.value + " may have it again"; });
}

int case_link(const CaseworkOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const CaseSearch other = find_case(api, options.program, options.value);
    if (other.code != 0) {
        return other.code;
    }
    const json::object body{{"with", other.id}, {"as", options.as}};
    const char* what = options.undo ? "unlink" : "links";
    const Result<json::object> done = api.post(address(options, search.id, what), body);
    if (!done) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*done) << "\n";
        return 0;
    }
    const bool before = done->at("before").as_bool();
    std::cout << options.which << (options.undo ? " is not linked with " : " is linked with ")
              << options.value << "\n"
              << std::flush;
    if (before) {
        std::cerr << "It was so already; nothing was changed.\n";
    }
    return 0;
}

int case_log(const CaseworkOptions& options) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    json::array entries;
    std::string from;
    do {
        const std::string more = of_program(options.program).empty() ? "?from=" : "&from=";
        const Result<json::object> page = api.get(address(options, search.id, "log") + more + escaped(from));
        if (!page) {
            return report(api);
        }
        for (const json::value& one : page->at("entries").as_array()) {
            entries.push_back(one);
        }
        from = text_of(*page, "next");
    } while (!from.empty());
    if (options.json) {
        std::cout << json::serialize(json::object{{"entries", std::move(entries)}}) << "\n";
        return 0;
    }
    for (const json::value& one : entries) {
        print_log_line(one.as_object());
    }
    std::cout << std::flush;
    return 0;
}

int case_note(const CaseworkOptions& options, std::istream& in) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const std::optional<std::string> text =
        read_typed_text(in, "Write the note. End it with Ctrl-D at the beginning of a line.");
    const std::string fault = text ? fault_of(*text) : "";
    if (!fault.empty()) {
        std::cerr << fault << "\n";
    }
    return text && fault.empty() ? send_note(api, options, search.id, *text) : bad_data;
}

}  // namespace rightsline::cli

#include "gateway/cli/casework/case_command.hpp"

#include <cstdio>
#include <iostream>
#include <optional>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/cli/casework/case_circle.hpp"
#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/case_thread.hpp"
#include "gateway/cli/casework/opened_notes.hpp"
#include "gateway/cli/casework/referred_case.hpp"
#include "gateway/cli/casework/saved_recording.hpp"
#include "gateway/cli/casework/task_command.hpp"
#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int bad_data = 65;

std::int64_t total_of(const json::object& list) { return list.at("total").to_number<std::int64_t>(); }

json::object to_json(const cases::OpenedPart& part) {
    return {{"name", part.name},
            {"text", part.text},
            {"recording", part.recording},
            {"seconds", part.seconds},
            {"at", part.at}};
}

std::string shown(const CaseOptions& options, const std::string& id, std::size_t from) {
    return "/api/v1/cases/" + id + "?from=" + std::to_string(from) + of_program(options.program, '&');
}

/// Opens one part and shows it, or keeps it in `opened` for --json. Whether all of it could be shown and saved.
bool show_part(LocalApi& api, const CaseOptions& options, const PrivateKeys& keys, const json::object& whole,
               const json::value& sealed, CaseThread& thread, json::array& opened) {
    const std::string program = text_of(whole, "program");
    const std::string bytes = ops::from_base64(sealed.as_string()).value_or("");
    const Result<cases::OpenedPart> part = cases::open_part(keys.for_sealed(bytes, vault::SealedForm::part),
                                                            program, text_of(whole, "id"), bytes);
    if (!part) {
        say_shut("a part", part.error(), bytes);
        return false;
    }
    if (options.json) {
        opened.push_back(to_json(*part));
    } else {
        thread.print_before(part->at);
        print_part(*part, whole);
    }
    return part->recording.empty() || options.save_to.empty() ||
           save_recording(api, options.save_to, keys, program,
                          "/api/v1/cases/" + text_of(whole, "id") + "/recordings/" + part->recording +
                              "?program=" + program,
                          part->recording);
}

/// Shows the parts of `first`, and fetches and shows the pages after it. Whether all of them could be shown and saved;
/// nothing when a page did not come.
std::optional<bool> show_parts(LocalApi& api, const CaseOptions& options, const PrivateKeys& keys,
                               const json::object& first, CaseThread& thread, json::array& opened) {
    bool ok = true;
    std::size_t seen = 0;
    json::object page = first;
    while (true) {
        const json::array& parts = page.at("parts").as_array();
        for (const json::value& sealed : parts) {
            ok = show_part(api, options, keys, first, sealed, thread, opened) && ok;
        }
        seen += parts.size();
        const auto total = page.at("parts_total").to_number<std::int64_t>();
        if (parts.empty() || std::cmp_greater_equal(seen, total)) {
            return ok;
        }
        Result<json::object> next = api.get(shown(options, text_of(first, "id"), seen));
        if (!next) {
            return std::nullopt;
        }
        page = std::move(*next);
    }
}

bool is_filtered(const CaseOptions& options) {
    return !options.status.empty() || !options.mine.empty() || !options.site.empty() || options.unassigned ||
           options.overdue;
}

std::string filters(const CaseOptions& options) {
    return (options.status.empty() ? "" : "&status=" + escaped(options.status)) +
           (options.mine.empty() ? "" : "&assignee=" + escaped(options.mine)) +
           (options.site.empty() ? "" : "&site=" + escaped(options.site)) +
           (options.unassigned ? "&unassigned=1" : "") + (options.overdue ? "&overdue=1" : "");
}

/// The list, or of all its pages those that are meant, up to the limit. "next": how many were looked at.
Result<json::object> listed(LocalApi& api, const CaseOptions& options) {
    const int page = is_filtered(options) ? 1000 : options.limit;
    json::array meant;
    std::int64_t skip = options.skip;
    while (true) {
        const std::string target = cases_page(options.program, static_cast<int>(skip), page);
        Result<json::object> list = api.get(target + filters(options));
        if (!list) {
            return list;
        }
        for (json::value& one : list->at("cases").as_array()) {
            meant.push_back(std::move(one));
        }
        skip += page;
        const bool enough = std::cmp_greater_equal(meant.size(), options.limit);
        if (!is_filtered(options) || enough || skip >= total_of(*list)) {
            (*list)["cases"] = std::move(meant);
            (*list)["next"] = skip;
            return list;
        }
    }
}

int show_whole(LocalApi& api, const CaseOptions& options, const PrivateKeys& keys, json::object whole) {
    if (!options.json) {
        print_head();
        print_row(whole);
        std::fflush(stdout);
        print_contact(whole);
        std::fflush(stdout);
        print_standing(whole);
    }
    if (!has_key_of(keys, circle_of(whole))) {
        return bad_data;
    }
    json::array opened;
    json::array notes;
    CaseThread thread(whole, keys);
    const std::optional<bool> ok = show_parts(api, options, keys, whole, thread, opened);
    if (!ok) {
        return report(api);
    }
    if (!options.json) {
        thread.print_rest();
    }
    const NotesPlace place{text_of(whole, "program"), text_of(whole, "id"), options.json};
    const std::optional<bool> noted = show_notes(api, place, keys, notes);
    json::array tasks;
    const std::optional<bool> listed =
        noted ? show_tasks(api, {place.program, place.case_id, options.json, true}, keys, tasks)
              : std::nullopt;
    if (!noted || !listed) {
        return report(api);
    }
    if (options.json) {
        whole.erase("parts_total");
        whole["parts"] = std::move(opened);
        whole["thread"] = thread.as_json();
        whole["notes"] = std::move(notes);
        whole["tasks"] = std::move(tasks);
        std::cout << json::serialize(whole) << "\n";
    }
    return *ok && *noted && *listed && thread.all_opened() ? 0 : bad_data;
}

}  // namespace

int case_list(const CaseOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> list = listed(api, options);
    if (!list) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*list) << "\n";
        return 0;
    }
    const json::array& cases = list->at("cases").as_array();
    if (!cases.empty()) {
        print_head();
    }
    for (const json::value& one : cases) {
        print_row(one.as_object());
    }
    const auto seen = list->at("next").to_number<std::int64_t>();
    std::fflush(stdout);
    std::cerr << cases.size() << (cases.size() == 1 ? " case" : " cases");
    if (total_of(*list) > seen) {
        std::cerr << ", " << total_of(*list) - seen << (is_filtered(options) ? " to look at" : "")
                  << " more: --skip " << seen;
    }
    std::cerr << "\n";
    return 0;
}

int case_show(const CaseOptions& options, Terminal& terminal) {
    if (!options.save_to.empty() && !prepare_folder(options.save_to)) {
        return bad_data;
    }
    const bool named = !options.keys.key.empty() || !options.keys.member.empty();
    PrivateKeys keys;
    if (named) {  // a read is in the audit: not before it is known that there is something to read with
        keys = read_private_keys(options.keys, terminal);
    }
    if (keys.code != 0) {
        return keys.code;
    }
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    if (options.program.find('/') != std::string::npos) {  // another organisation's
        return show_referred(api, options, search.id, keys);
    }
    const Result<json::object> whole = api.get(shown(options, search.id, 0));
    if (!whole) {
        return report(api);
    }
    if (!named) {
        const std::string key = options.keys_dir + "/" + circle_of(*whole) + ".circle.key";
        keys = read_private_keys({key, "", {}}, terminal);
    }
    return keys.code == 0 ? show_whole(api, options, keys, *whole) : keys.code;
}

}  // namespace rightsline::cli

#include "gateway/cli/keys/reseal_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/keys/reseal_case.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int found_some = 1;
constexpr int usage = 2;
constexpr int bad_data = 65;

struct OlderList {
    std::string program;
    std::string organisation;  // whose copies they are; "" = those whose line it is
    vault::CirclePublicKey newest;
    std::vector<OlderCase> cases;
};

OlderCase read_case(const json::object& in) {
    OlderCase one{text_of(in, "id"),
                  text_of(in, "alias"),
                  in.at("pieces").to_number<std::int64_t>(),
                  {},
                  in.at("elsewhere").to_number<std::int64_t>()};
    for (const json::value& id : in.at("recordings").as_array()) {
        one.recordings.emplace_back(id.as_string());
    }
    return one;
}

/// Nothing: the server said no, or is not there.
std::optional<OlderList> read_list(LocalApi& api, const std::string& program) {
    OlderList list;
    for (std::optional<std::int64_t> skip = 0; skip;) {
        const Result<json::object> page =
            api.get("/api/v1/older?skip=" + std::to_string(*skip) + of_program(program, '&'));
        const Result<vault::CirclePublicKey> circle =
            page ? vault::parse_public_key(text_of(*page, "circle")) : page.error();
        if (!page || !circle) {
            return std::nullopt;
        }
        list.program = text_of(*page, "program");
        list.organisation = text_of(*page, "organisation");
        list.newest = *circle;
        std::ranges::transform(page->at("cases").as_array(), std::back_inserter(list.cases),
                               [](const json::value& one) { return read_case(one.as_object()); });
        const json::value& next = page->at("next");
        skip = next.is_null() ? std::nullopt : std::optional(next.to_number<std::int64_t>());
    }
    return list;
}

PrivateKeys read_all_keys(const ResealOptions& options, Terminal& terminal) {
    PrivateKeys all;
    if (!options.member.empty() || !options.shares.empty()) {
        all = read_private_keys({"", options.member, options.shares}, terminal);
    }
    for (std::size_t i = 0; i < options.keys.size() && all.code == 0; ++i) {
        PrivateKeys one = read_private_keys({options.keys[i], "", {}}, terminal);
        all.code = one.code;
        std::ranges::move(one.keys, std::back_inserter(all.keys));
    }
    return all;
}

/// The key that reports are sealed to now; null, and said why, when it is not among them or the server is behind.
const vault::CirclePrivateKey* newest_of(const PrivateKeys& keys, const vault::CirclePublicKey& newest) {
    const vault::CirclePrivateKey* found = nullptr;
    for (const vault::CirclePrivateKey& key : keys.keys) {
        const vault::CirclePublicKey its = key.public_key();
        if (its.name == newest.name && its.version > newest.version) {
            std::cerr << "The server seals to " << newest.name << "." << newest.version
                      << " still, and you have version " << its.version
                      << ". Put its public key under keys_dir/circles and restart the server first.\n";
            return nullptr;
        }
        found = its.id() == newest.id() ? &key : found;
    }
    if (found == nullptr) {
        std::cerr << "Reports are sealed to " << newest.name << "." << newest.version
                  << " now, and none of your keys is that one. Name it as well: --shares (or --key) of that "
                     "version, beside the older ones.\n";
    }
    return found;
}

std::string counted(std::int64_t count, const char* one, const char* more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string words_of(std::int64_t pieces, std::size_t recordings) {
    return counted(pieces, "piece", "pieces") + ", " +
           counted(static_cast<std::int64_t>(recordings), "recording", "recordings");
}

int print_list(const OlderList& list) {
    for (const OlderCase& one : list.cases) {
        std::cout << one.alias << "  " << words_of(one.pieces, one.recordings.size())
                  << (one.elsewhere == 0 ? "" : "  (some recordings are not on this machine)") << "\n";
    }
    std::cout << std::flush;
    std::cerr << counted(static_cast<std::int64_t>(list.cases.size()), "case keeps", "cases keep")
              << " something that is not sealed to " << list.newest.name << "." << list.newest.version
              << ". Nothing was changed.\n";
    return list.cases.empty() ? 0 : found_some;
}

int seal_all(LocalApi& api, const OlderList& list, const PrivateKeys& keys,
             const vault::CirclePrivateKey& newest) {
    ResealCase sealing(api, keys, newest, list.program, list.organisation);
    std::int64_t shut = 0;
    std::int64_t elsewhere = 0;
    std::size_t number = 0;
    for (const OlderCase& one : list.cases) {
        const ResealedCase done = sealing.run(one);
        std::cerr << ++number << " of " << list.cases.size() << ": " << one.alias << ", "
                  << words_of(done.pieces, static_cast<std::size_t>(done.recordings)) << " sealed anew\n";
        if (done.refused) {
            std::cerr << "It stopped here; what was done is done. Run it again to go on.\n";
            return report(api);
        }
        shut += done.shut;
        elsewhere += one.elsewhere;
    }
    if (shut != 0) {
        std::cerr << shut
                  << " of them no key opens that you named: they stay as they are. Name the keys of "
                     "every older version.\n";
    }
    if (elsewhere != 0) {
        std::cerr << counted(elsewhere, "recording is", "recordings are")
                  << " not on this machine: run it on the server that has them.\n";
    }
    if (shut != 0 || elsewhere != 0) {
        return bad_data;
    }
    std::cerr
        << (list.organisation.empty() ? "No part, note, reply, recording or task in the store is sealed"
                                      : "Nothing that they have accepted is sealed")
        << " to an older version than " << list.newest.name << "." << list.newest.version
        << ". Backups and copies from before still are, until they are gone or their months' keys are.\n";
    return 0;
}

}  // namespace

int key_reseal(const ResealOptions& options, Terminal& terminal) {
    const bool has_keys = !options.keys.empty() || !options.member.empty() || !options.shares.empty();
    if (!has_keys && !options.dry_run) {
        std::cerr << "Name your keys: --member FILE with --shares FILE for each version, or --key FILE for "
                     "each. --dry-run needs none.\n";
        return usage;
    }
    PrivateKeys keys;
    if (has_keys && !options.dry_run) {
        keys = read_all_keys(options, terminal);
    }
    if (keys.code != 0) {
        return keys.code;
    }
    LocalApi api(options.socket);
    const std::optional<OlderList> list = read_list(api, options.program);
    if (!list) {
        return report(api);
    }
    if (options.dry_run) {
        return print_list(*list);
    }
    const vault::CirclePrivateKey* newest = newest_of(keys, list->newest);
    return newest == nullptr ? bad_data : seal_all(api, *list, keys, *newest);
}

}  // namespace rightsline::cli

#include "gateway/cli/keys/reseal_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <iterator>
#include <map>
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
    std::string organisation;                     // whose copies they are; "" = those whose line it is
    std::vector<vault::CirclePublicKey> circles;  // the newest of each that reports are sealed to now
    std::vector<OlderCase> cases;
};

/// Nothing: its circle's key cannot be read.
std::optional<OlderCase> read_case(const json::object& in) {
    const Result<vault::CirclePublicKey> circle = vault::parse_public_key(text_of(in, "circle"));
    if (!circle) {
        return std::nullopt;
    }
    OlderCase one{text_of(in, "id"),
                  text_of(in, "alias"),
                  *circle,
                  in.at("pieces").to_number<std::int64_t>(),
                  {},
                  in.at("elsewhere").to_number<std::int64_t>()};
    for (const json::value& id : in.at("recordings").as_array()) {
        one.recordings.emplace_back(id.as_string());
    }
    return one;
}

/// No: what the server says cannot be read.
bool read_page(const json::object& page, OlderList& list) {
    list.program = text_of(page, "program");
    list.organisation = text_of(page, "organisation");
    list.circles.clear();
    for (const json::value& text : page.at("circles").as_array()) {
        const Result<vault::CirclePublicKey> circle = vault::parse_public_key(std::string(text.as_string()));
        if (!circle) {
            return false;
        }
        list.circles.push_back(*circle);
    }
    for (const json::value& one : page.at("cases").as_array()) {
        std::optional<OlderCase> older = read_case(one.as_object());
        if (!older) {
            return false;
        }
        list.cases.push_back(std::move(*older));
    }
    return true;
}

/// Nothing: the server said no, or is not there.
std::optional<OlderList> read_list(LocalApi& api, const std::string& program) {
    OlderList list;
    for (std::optional<std::int64_t> skip = 0; skip;) {
        const Result<json::object> page =
            api.get("/api/v1/older?skip=" + std::to_string(*skip) + of_program(program, '&'));
        if (!page || !read_page(*page, list)) {
            return std::nullopt;
        }
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

std::string name_of(const vault::CirclePublicKey& circle) {
    return circle.name + "." + std::to_string(circle.version);
}

/// The key that a circle's reports are sealed to now; null when it is not among them.
const vault::CirclePrivateKey* newest_of(const PrivateKeys& keys, const vault::CirclePublicKey& newest) {
    const auto found = std::ranges::find_if(keys.keys, [&newest](const vault::CirclePrivateKey& key) {
        return key.public_key().id() == newest.id();
    });
    return found == keys.keys.end() ? nullptr : &*found;
}

/// Whether the server seals to an older version than somebody here has; said.
bool is_behind(const PrivateKeys& keys, const vault::CirclePublicKey& newest) {
    for (const vault::CirclePrivateKey& key : keys.keys) {
        const vault::CirclePublicKey its = key.public_key();
        if (its.name == newest.name && its.version > newest.version) {
            std::cerr << "The server seals to " << name_of(newest) << " still, and you have version "
                      << its.version
                      << ". Put its public key under keys_dir/circles and restart the server first.\n";
            return true;
        }
    }
    return false;
}

std::string counted(std::int64_t count, const char* one, const char* more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
}

/// Nobody seals anew for a circle whose key they have not: its cases are taken out of the list, and that is said.
struct LeftOut {
    std::int64_t cases = 0;
    bool ours = false;  // an older version of one of these circles is here: its newest ought to be named
};
LeftOut leave_out(const PrivateKeys& keys, OlderList& list) {
    std::map<std::string, std::int64_t> missing;
    LeftOut out;
    std::erase_if(list.cases, [&](const OlderCase& one) {
        const bool lacks = newest_of(keys, one.newest) == nullptr;
        if (lacks) {
            ++missing[name_of(one.newest)];
            ++out.cases;
            out.ours |= std::ranges::any_of(keys.keys, [&one](const vault::CirclePrivateKey& key) {
                return key.public_key().name == one.newest.name;
            });
        }
        return lacks;
    });
    for (const auto& [circle, cases] : missing) {
        std::cerr << counted(cases, "case is", "cases are") << " sealed to " << circle
                  << " now, and none of your keys is that one: they stay as before. Are you one of that "
                     "circle? Name "
                     "it as well: --shares (or --key) of that version, beside the older ones.\n";
    }
    return out;
}

std::string words_of(std::int64_t pieces, std::size_t recordings) {
    return counted(pieces, "piece", "pieces") + ", " +
           counted(static_cast<std::int64_t>(recordings), "recording", "recordings");
}

int print_list(const OlderList& list) {
    for (const OlderCase& one : list.cases) {
        std::cout << one.alias << "  " << name_of(one.newest) << "  "
                  << words_of(one.pieces, one.recordings.size())
                  << (one.elsewhere == 0 ? "" : "  (some recordings are not on this machine)") << "\n";
    }
    std::cout << std::flush;
    std::cerr << counted(static_cast<std::int64_t>(list.cases.size()), "case keeps", "cases keep")
              << " something that is not sealed to the newest version of its circle. Nothing was changed.\n";
    return list.cases.empty() ? 0 : found_some;
}

/// Says what is left; the exit code.
int say_left(std::int64_t shut, std::int64_t elsewhere, const LeftOut& left_out, bool of_others) {
    if (shut != 0) {
        std::cerr << shut
                  << " of them no key opens that you named: they stay as they are. Name the keys of "
                     "every older version.\n";
    }
    if (elsewhere != 0) {
        std::cerr << counted(elsewhere, "recording is", "recordings are")
                  << " not on this machine: run it on the server that has them.\n";
    }
    if (shut != 0 || elsewhere != 0 || left_out.ours) {
        return bad_data;
    }
    std::cerr
        << (of_others ? "Nothing that they have accepted"
                      : "No part, note, reply, recording or task in the store")
        << (left_out.cases == 0 ? "" : ", of the circles whose keys you named,")
        << " is sealed to an older version of its circle. Backups and copies from before still are, until "
           "they are gone or their months' keys are.\n";
    return 0;
}

int seal_all(LocalApi& api, OlderList list, const PrivateKeys& keys) {
    if (std::ranges::any_of(list.circles,
                            [&keys](const vault::CirclePublicKey& one) { return is_behind(keys, one); })) {
        return bad_data;
    }
    const LeftOut left_out = leave_out(keys, list);
    if (left_out.cases != 0 && list.cases.empty()) {
        return bad_data;
    }
    std::int64_t shut = 0;
    std::int64_t elsewhere = 0;
    std::size_t number = 0;
    for (const OlderCase& one : list.cases) {
        ResealCase sealing(api, keys, *newest_of(keys, one.newest), list.program, list.organisation);
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
    return say_left(shut, elsewhere, left_out, !list.organisation.empty());
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
    return seal_all(api, *list, keys);
}

}  // namespace rightsline::cli

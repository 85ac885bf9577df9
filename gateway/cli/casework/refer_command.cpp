#include "gateway/cli/casework/refer_command.hpp"

#include <boost/json.hpp>
#include <ctime>
#include <iostream>
#include <optional>
#include <utility>

#include "gateway/cli/casework/case_circle.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/refer_case.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int found_something = 1;
constexpr int bad_data = 65;

std::string address(const std::string& id, const std::string& program, const char* what = "") {
    return "/api/v1/cases/" + id + "/referrals" + what + of_program(program);
}

std::string day_of(const json::object& one, const char* name) {
    const std::time_t time = one.at(name).to_number<std::int64_t>();
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
    return text;
}

const json::object* find(const json::object& stands, const std::string& to) {
    std::string known;
    for (const json::value& one : stands.at("organisations").as_array()) {
        if (text_of(one.as_object(), "key") == to) {
            return &one.as_object();
        }
        known += (known.empty() ? "" : ", ") + text_of(one.as_object(), "key");
    }
    std::cerr << text_of(stands, "program") << " names no organisation " << to
              << (known.empty() ? "" : "; it has " + known) << "\n";
    return nullptr;
}

/// Their key as they gave it, which the server's must be as well; nothing: the reason was said.
std::optional<vault::CirclePublicKey> their_circle(const std::string& path,
                                                   const json::object& organisation) {
    const Result<locales::PrivateText> text = vault::read_key_file(path, vault::Exposure::open);
    const Result<vault::CirclePublicKey> given =
        text ? vault::parse_public_key(text->reveal()) : Result<vault::CirclePublicKey>(text.error());
    if (!given) {
        std::cerr << path << ": " << (text ? given.error().message() : "there is no such file")
                  << ". Name the public key that they gave you: --circle FILE.pub\n";
        return std::nullopt;
    }
    const Result<vault::CirclePublicKey> named = vault::parse_public_key(text_of(organisation, "circle"));
    const std::string wanted = text_of(organisation, "circle_name");
    if (given->name != wanted) {
        std::cerr << path << " is the key of the circle " << given->name << "; what is passed to "
                  << text_of(organisation, "name") << " is sealed to " << wanted
                  << ". Name theirs: --circle FILE.pub\n";
        return std::nullopt;
    }
    if (!named) {
        std::cerr << "This server has no public key of " << wanted << ": put " << path
                  << " under keys_dir/circles and restart it.\n";
        return std::nullopt;
    }
    if (named->id() != given->id()) {
        std::cerr << path << " is not the key that the server names for " << text_of(organisation, "name")
                  << " (" << named->name << "." << named->version
                  << "). Ask them for their newest, and nothing is sealed before the two are the same.\n";
        return std::nullopt;
    }
    return *given;
}

/// Without a named one: the plain key of the case's circle, where the demo has it.
PrivateKeys keys_of(const ReferOptions& options, const json::object& circle, Terminal& terminal) {
    KeyFiles files = options.keys;
    if (files.key.empty() && files.member.empty()) {
        files.key = key_beside(options.keys_dir, circle);
    }
    return read_private_keys(files, terminal);
}

/// Of an offer: whether somebody there hears that there is one.
void say_told(const json::object& organisation) {
    const auto told = organisation.at("told").to_number<std::int64_t>();
    std::cerr << (told == 0
                      ? "Nobody there is told by e-mail: tell them yourself, or name them in the roster's "
                        "organisations."
                      : "They are told by e-mail that something is offered, and not what: " +
                            std::to_string(told) + ".")
              << "\n";
}

void say_passed(const ReferOptions& options, const json::object& done, const Copies& copies) {
    std::cerr << copies.parts.size() << (copies.parts.size() == 1 ? " part" : " parts") << ", "
              << copies.recordings.size() << " of them recordings, sealed to " << options.to << " here.";
    if (copies.left_out != 0) {
        std::cerr << " Recordings that stay with you: " << copies.left_out << ".";
    }
    std::cerr << (text_of(done, "state") == "offered"
                      ? " They see that it is offered, and nothing of it before they accept.\n"
                      : " They can read it now.\n");
}

int print_done(const ReferOptions& options, const json::object& done) {
    if (options.json) {
        std::cout << json::serialize(done) << "\n" << std::flush;
        return 0;
    }
    std::cout << text_of(done, "alias") << " is " << text_of(done, "state") << " (" << text_of(done, "to")
              << ")\n"
              << std::flush;
    if (done.at("before").as_bool()) {
        std::cerr << "It was so already; nothing was changed.\n";
    }
    return 0;
}

int pass(LocalApi& api, const ReferOptions& options, const json::object& stands, const PrivateKeys& keys,
         const vault::CirclePublicKey& circle, const json::object& organisation) {
    const json::value& referral = organisation.at("referral");
    const std::string id = text_of(stands, "id");
    const bool known = options.more && referral.is_object();
    const auto had = [&](const char* name) {
        return known ? referral.as_object().at(name).to_number<std::int64_t>() : 0;
    };
    ReferCase copying(api, keys, circle, options.to, !options.without_recordings);
    std::optional<Copies> copies = copying.run(text_of(stands, "program"), id, had("seen"));
    if (!copies || copies->parts.empty()) {
        std::cerr << (copies ? "There is nothing to pass on.\n" : "Nothing was passed on.\n");
        return copies ? found_something : bad_data;
    }
    json::object body{{"to", options.to},
                      {"reason", options.reason},
                      {"as", options.as},
                      {"parts", copies->parts},
                      {"seen", copies->seen},
                      {"after", had("copies")},
                      {"recordings", copies->recordings}};
    const Result<json::object> done =
        api.post(address(id, options.program, options.more ? "/more" : ""), std::move(body));
    if (!done) {
        return report(api);
    }
    say_passed(options, *done, *copies);
    if (!options.more) {
        say_told(organisation);
    }
    return print_done(options, *done);
}

void print_one(const json::object& one) {
    const json::value& referral = one.at("referral");
    std::cout << text_of(one, "key") << "  " << text_of(one, "name") << "  ";
    if (!referral.is_object()) {
        std::cout << "never offered; its worker has to say yes to: " << text_of(one, "consent") << "\n";
        return;
    }
    const json::object& it = referral.as_object();
    std::cout << text_of(it, "state") << " since it was offered on " << day_of(it, "at") << " by "
              << text_of(it, "by") << " (" << text_of(it, "reason") << ")";
    const auto more = it.at("not_passed").to_number<std::int64_t>();
    std::cout << (text_of(it, "why").empty() ? "" : "; their reason: " + text_of(it, "why"))
              << (more == 0 ? "" : "; not passed on: " + std::to_string(more)) << "\n";
}

void print_waiting(const json::object& one) {
    const bool waits = text_of(one, "state") == "offered";
    std::cout << text_of(one, "alias") << "  " << text_of(one, "urgency") << "  " << text_of(one, "state")
              << "  " << text_of(one, "reason") << "  " << text_of(one, "from");
    if (!text_of(one, "to").empty()) {
        std::cout << " to " << text_of(one, "to");
    }
    std::cout << ", by " << text_of(one, "by") << (waits ? ", until " + day_of(one, "until") : "") << "\n";
}

}  // namespace

int case_refer(const ReferOptions& options, Terminal& terminal) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> stands = api.get(address(search.id, options.program));
    if (!stands) {
        return report(api);
    }
    const json::object* organisation = find(*stands, options.to);
    const auto circle = organisation == nullptr ? std::nullopt : their_circle(options.circle, *organisation);
    if (!circle) {
        return bad_data;
    }
    const Result<json::object> ours = ask_circle(api, options.program, search.id);
    if (!ours) {
        return report(api);
    }
    const PrivateKeys keys = keys_of(options, *ours, terminal);
    return keys.code != 0 ? keys.code : pass(api, options, *stands, keys, *circle, *organisation);
}

int case_answer(const ReferOptions& options, const char* answer) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    json::object body{{"to", options.to}, {"reason", options.reason}, {"as", options.as}};
    const std::string what = std::string("/") + answer;
    const Result<json::object> done =
        api.post(address(search.id, options.program, what.c_str()), std::move(body));
    if (!done) {
        return report(api);
    }
    if (text_of(*done, "state") == "accepted" && !options.json && !text_of(*done, "words").empty()) {
        std::cerr << "Its worker hears, with the code: " << text_of(*done, "words") << "\n";
    }
    return print_done(options, *done);
}

int case_referrals(const ReferOptions& options) {
    LocalApi api(options.socket);
    std::string target = "/api/v1/referrals" + of_program(options.program);
    if (!options.which.empty()) {
        const CaseSearch search = find_case(api, options.program, options.which);
        if (search.code != 0) {
            return search.code;
        }
        target = address(search.id, options.program);
    }
    const Result<json::object> found = api.get(target);
    if (!found) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*found) << "\n";
        return 0;
    }
    const bool of_one = !options.which.empty();
    for (const json::value& one : found->at(of_one ? "organisations" : "referrals").as_array()) {
        of_one ? print_one(one.as_object()) : print_waiting(one.as_object());
    }
    std::cout << std::flush;
    return 0;
}

}  // namespace rightsline::cli

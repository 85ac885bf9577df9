#include "gateway/cli/keep/audit_command.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/audit/reader.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/keep/as_owner.hpp"
#include "gateway/cli/keep/keeping.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/key_file.hpp"
#include "redis/error.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using audit::Verdict;
using PublicKeys = std::vector<vault::AuditPublicKey>;
using Verdicts = std::map<std::string, Verdict>;

constexpr int found_something = 1;
constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int misconfigured = 78;

/// What the caller vouches for; nothing when it cannot be read, which was said.
struct Trusted {
    PublicKeys keys;
    std::vector<audit::Head> heads;
};

std::optional<Trusted> read_trusted(const AuditOptions& options) {
    Trusted trusted;
    for (const std::string& path : options.keys) {
        const Result<vault::AuditPublicKey> key = vault::read_audit_public(path);
        if (!key) {
            std::cerr << path << ": " << key.error().message() << ". Name the public half: audit.1.pub\n";
            return std::nullopt;
        }
        trusted.keys.push_back(*key);
    }
    for (const std::string& text : options.heads) {
        const std::optional<audit::Head> head = audit::parse_head(text);
        if (!head) {
            std::cerr << "--head " << text
                      << ": this is no head. It is a block's number, a colon and 64 digits of hex, as `audit "
                         "verify` prints it\n";
            return std::nullopt;
        }
        trusted.heads.push_back(*head);
    }
    return trusted;
}

/// The keys of this machine, where the caller brought none. An exit code, said in words, when there is none.
int find_keys(const Keeping& keeping, Trusted& trusted) {
    if (!trusted.keys.empty()) {
        return 0;
    }
    const AsOwner owner(keeping.keys_dir);
    const Result<PublicKeys> here = vault::audit_publics_in(keeping.keys_dir);
    if (!here || here->empty()) {
        std::cerr << keeping.keys_dir << ": "
                  << (here ? "there is no key of the audit. Make one and restart the server: rightsline key "
                             "add-audit --keys-dir " +
                                 keeping.keys_dir
                           : here.error().message())
                  << "\n";
        return misconfigured;
    }
    trusted.keys = *here;
    return 0;
}

/// The programs that are meant, and what is of none of them (users, logins); a head is of a program unless that is named.
/// None: it was said why.
std::vector<std::string> programs_of(const AuditOptions& options, const Keeping& keeping) {
    std::vector<std::string> there = keeping.programs;
    if (options.heads.empty() || !options.program.empty()) {
        there.emplace_back(stores::server_wide);
    }
    std::vector<std::string> meant;
    std::ranges::copy_if(there, std::back_inserter(meant), [&options](const std::string& one) {
        return options.program.empty() || one == options.program;
    });
    if (meant.empty()) {
        std::cerr << "This server has no program " << options.program << ".\n";
    } else if (meant.size() > 1 && !options.heads.empty()) {
        std::cerr
            << "This server has several programs, and each has heads of its own: say which, --program.\n";
        meant.clear();
    }
    return meant;
}

Result<Verdicts> verify(const Keeping& keeping, const std::vector<std::string>& programs,
                        const Trusted& trusted) {
    boost::asio::io_context loop(1);
    const std::unique_ptr<redis::Client> client = redis::make_client(loop.get_executor(), keeping.keeper);
    Verdicts verdicts;
    boost::system::error_code failed;
    for (const std::string& program : programs) {
        audit::Verifier verifier(program, trusted.keys, trusted.heads);
        Result<Verdict> verdict = ops::wait_for(
            loop, audit::read_audit(*client, program, std::move(verifier), [](const audit::Entry&) {}));
        if (!verdict) {
            failed = verdict.error();
            break;
        }
        const bool empty = verdict->blocks + verdict->entries + verdict->waiting == 0 && verdict->whole();
        if (!empty || program != stores::server_wide) {  // nobody was ever made a user
            verdicts.emplace(program, std::move(*verdict));
        }
    }
    client->close();
    loop.restart();
    loop.poll();
    return failed ? Result<Verdicts>(failed) : verdicts;
}

json::object to_json(const std::string& program, const Verdict& verdict) {
    json::array findings;
    for (const audit::AuditFinding& one : verdict.findings) {
        findings.push_back(json::object{{"finding", std::string(name_of(one.fault))},
                                        {"block", one.block},
                                        {"from", one.from.str()},
                                        {"to", one.to.str()},
                                        {"what", std::string(what_of(one.fault))}});
    }
    json::object keys;
    for (const auto& [key, blocks] : verdict.keys) {
        keys[key] = blocks;
    }
    json::object out{
        {"program", program},         {"whole", verdict.whole()},        {"blocks", verdict.blocks},
        {"entries", verdict.entries}, {"waiting", verdict.waiting},      {"head", nullptr},
        {"keys", std::move(keys)},    {"findings", std::move(findings)}, {"more", verdict.more}};
    if (verdict.head) {
        out["head"] = verdict.head->str();
    }
    return out;
}

std::string signers_of(const Verdict& verdict) {
    std::string text;
    for (const auto& [key, blocks] : verdict.keys) {
        text += (text.empty() ? "" : ", ") + key + " (" + std::to_string(blocks) + ")";
    }
    return text.empty() ? "none" : text;
}

void print(const std::string& program, const Verdict& verdict) {
    for (const audit::AuditFinding& one : verdict.findings) {
        std::cout << program << ": " << name_of(one.fault) << ": " << one.str() << ".\n";
    }
    std::cout << program << ": head " << (verdict.head ? verdict.head->str() : "none: nothing is sealed yet")
              << std::endl;
    std::cerr << program << ": " << (verdict.whole() ? "whole" : "NOT whole") << ": " << verdict.blocks
              << " blocks of " << verdict.entries << " entries, signed by " << signers_of(verdict) << "; "
              << verdict.waiting << " wait for the next block.\n";
}

int show(const AuditOptions& options, const Verdicts& verdicts) {
    json::array all;
    bool whole = true;
    for (const auto& [program, verdict] : verdicts) {
        whole = whole && verdict.whole();
        options.json ? void(all.push_back(to_json(program, verdict))) : print(program, verdict);
    }
    if (options.json) {
        std::cout << json::serialize(json::object{{"whole", whole}, {"programs", std::move(all)}}) << "\n";
    } else if (!whole) {
        std::cerr
            << "Nothing was changed by this. Copy the store aside before anything else: deploy/runbook.md, "
               "\"The audit is not whole\".\n";
    }
    return whole ? 0 : found_something;
}

}  // namespace

int audit_verify(const AuditOptions& options) {
    std::optional<Trusted> trusted = read_trusted(options);
    if (!trusted) {
        return bad_data;
    }
    LocalApi api(options.socket);
    const Result<Keeping> keeping = ask_keeping(api);
    if (!keeping) {
        return report(api);
    }
    const int code = find_keys(*keeping, *trusted);
    if (code != 0) {
        return code;
    }
    const std::vector<std::string> programs = programs_of(options, *keeping);
    if (programs.empty()) {
        return bad_data;
    }
    const Result<Verdicts> verdicts = verify(*keeping, programs, *trusted);
    if (!verdicts) {
        std::cerr << "The store could not be read to its end: " << verdicts.error().message() << ".\n";
        return unavailable;
    }
    return show(options, *verdicts);
}

}  // namespace rightsline::cli

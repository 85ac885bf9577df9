#include "gateway/cli/keys/circle_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "gateway/cli/asking.hpp"
#include "gateway/cli/keys/circle_files.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {
namespace {

constexpr int failed = 1;
constexpr int usage = 2;
constexpr int bad_data = 65;

std::string names_of(const std::vector<vault::Member>& members) {
    std::string names;
    for (const vault::Member& member : members) {
        names += (names.empty() ? "" : ", ") + member.name;
    }
    return names.empty() ? "nobody" : names;
}

bool clash(const vault::Member& a, const vault::Member& b) { return a.key == b.key || a.name == b.name; }

/// The members in `paths`. Exit code 65: one cannot be read, or stands there twice.
Got<std::vector<vault::Member>> read_members(const std::vector<std::string>& paths) {
    std::vector<vault::Member> members;
    for (const std::string& path : paths) {
        Got<vault::Member> member = read_member_public(path);
        if (!member) {
            return {std::nullopt, member.code};
        }
        if (std::ranges::any_of(members, [&](const vault::Member& other) { return clash(*member, other); })) {
            std::cerr << path << ": there is a member with this name or this key already\n";
            return {std::nullopt, bad_data};
        }
        members.push_back(*member);
    }
    return {std::move(members), 0};
}

void print_members(std::ostream& out, const std::vector<vault::Member>& members) {
    for (const vault::Member& member : members) {
        out << member.name << std::string(member.name.size() < 20 ? 20 - member.name.size() : 1, ' ')
            << member.fingerprint() << "\n";
    }
}

void warn_of_one(const std::vector<vault::Member>& members) {
    if (members.size() == 1) {
        std::cerr << "One member alone: when their passphrase and recovery code are lost, so is every "
                     "report. Better two.\n";
    }
}

/// The version of a circle that is new here; 0 when keys_dir cannot be read.
std::uint32_t version_for(const NewCircleOptions& options) {
    if (options.version != 0 || options.keys_dir.empty()) {
        return std::max(1U, options.version);
    }
    const ServerCircle server = circle_on_server(options.keys_dir, options.circle);
    if (!server.known) {
        return 0;
    }
    if (server.newest) {
        std::cerr << "The server has version " << server.newest->version
                  << " of this circle. Reports sealed to it open "
                  << "with its own private key or shares\nalone: keep those.\n";
    }
    return server.newest ? server.newest->version + 1 : 1;
}

/// Whether a server that is here seals to the version that is left behind now: an old list must not come back.
bool is_newest_on_server(const RotateOptions& options, const vault::CirclePublicKey& old) {
    if (options.keys_dir.empty()) {
        return true;
    }
    const ServerCircle server = circle_on_server(options.keys_dir, old.name);
    if (server.known && (!server.newest || server.newest->key != old.key)) {
        std::cerr << options.shares << " is version " << old.version << ", and the server seals to "
                  << (server.newest ? "version " + std::to_string(server.newest->version) : "none")
                  << " of another key. Take the newest shares.\n";
        return false;
    }
    return server.known;
}

struct Plan {
    std::vector<vault::Member> stay;
    std::vector<vault::Member> leave;
};

Got<Plan> plan_of(const RotateOptions& options, const vault::Shares& shares) {
    Plan plan;
    for (const vault::Member& member : shares.members()) {
        const bool leaves = std::ranges::find(options.leave, member.name) != options.leave.end();
        (leaves ? plan.leave : plan.stay).push_back(member);
    }
    for (const std::string& name : options.leave) {
        if (std::ranges::find(plan.leave, name, &vault::Member::name) == plan.leave.end()) {
            std::cerr << "There is no member '" << name << "'. There: " << names_of(shares.members())
                      << ".\n";
            return {std::nullopt, usage};
        }
    }
    if (plan.stay.empty()) {
        std::cerr << "Nobody would stay to open reports. A circle of other people: rightsline key new-circle "
                     "--help\n";
        return {std::nullopt, usage};
    }
    return {std::move(plan), 0};
}

void tell_plan(const Plan& plan, const vault::CirclePublicKey& old, bool dry_run) {
    std::cerr << "Version " << old.version + 1 << " of circle " << old.name
              << (dry_run ? " would open" : " will open") << " to: " << names_of(plan.stay) << ".\n";
    if (!plan.leave.empty()) {
        std::cerr
            << "Not to: " << names_of(plan.leave) << ".\n"
            << "What was sealed to version " << old.version << (dry_run ? " would stay" : " will stay")
            << " open to " << names_of(plan.leave)
            << ": they may have kept its key, with their copy of the shares. That "
            << "ends only\nwhen those reports are sealed anew (`rightsline key reseal`), or are deleted.\n";
    }
    warn_of_one(plan.stay);
}

/// The circle's private key, opened by one of its members: the list is then known to be as a member wrote it.
Got<vault::CirclePrivateKey> open_as(const std::string& member, const std::string& path,
                                     const vault::Shares& shares, Terminal& terminal) {
    Got<vault::MemberFile> file = read_member_file(member);
    if (!file) {
        return {std::nullopt, file.code};
    }
    Got<vault::MemberKey> key = open_member(terminal, *file);
    if (!key) {
        return {std::nullopt, key.code};
    }
    return open_shares(path, shares, *key);
}

/// Adds one to the file. An exit code.
int admit_to(const std::string& path, const vault::Shares& shares, const vault::CirclePrivateKey& circle,
             const vault::Member& fresh) {
    const Result<std::string> wider = shares.admit(circle, fresh);
    if (!wider) {
        const bool twice = wider.error() == vault::make_error_code(vault::errc::key_exists);
        std::cerr << fresh.name << ": "
                  << (twice ? "a member with this name or this key is in it already" : "the circle is full")
                  << ". Nothing was changed.\n";
        return bad_data;
    }
    if (const Result<void> written = vault::replace_key_file(path, *wider); !written) {
        tell_file(path, written.error());
        return failed;
    }
    std::cerr << path << " opens to " << fresh.name
              << " now. Give it to every member; older copies stay good for those they name.\n";
    return 0;
}

boost::json::object to_json(const vault::Shares& shares, bool checked) {
    boost::json::array members;
    for (const vault::Member& member : shares.members()) {
        members.push_back({{"name", member.name},
                           {"id", vault::to_hex(member.id())},
                           {"fingerprint", member.fingerprint()}});
    }
    return {{"circle", shares.circle().name},
            {"version", shares.circle().version},
            {"id", vault::to_hex(shares.circle().id())},
            {"checked", checked},
            {"members", std::move(members)}};
}

}  // namespace

int key_new_circle(const NewCircleOptions& options) {
    if (!vault::is_circle_name(options.circle) || options.members.empty() ||
        options.members.size() > vault::most_members) {
        std::cerr << "A circle is called as its program (fair-food: a-z, 0-9 and '-') and has 1 to "
                  << vault::most_members << " members: --member maria.pub --member jean.pub\n";
        return usage;
    }
    Got<std::vector<vault::Member>> members = read_members(options.members);
    if (!members) {
        return members.code;
    }
    const std::uint32_t version = version_for(options);
    if (version == 0) {
        return bad_data;
    }
    const vault::NewCircle made = vault::NewCircle::make(options.circle, version, *members);
    if (const int code = write_circle(made, options.out, options.keys_dir); code != 0) {
        return code;
    }
    std::cerr << "Circle " << options.circle << ", version " << version << ", opens to:\n";
    print_members(std::cerr, *members);
    std::cerr << "Let each of them read their line to you by voice before the first report.\n";
    warn_of_one(*members);
    tell_circle_files(made, options.out, options.keys_dir);
    return 0;
}

int key_admit(const AdmitOptions& options, Terminal& terminal) {
    Got<vault::Shares> shares = read_shares(options.shares);
    if (!shares) {
        return shares.code;
    }
    Got<vault::Member> fresh = read_member_public(options.fresh);
    if (!fresh) {
        return fresh.code;
    }
    std::cerr
        << "To be admitted: " << fresh->name << "  " << fresh->fingerprint()
        << "\nLet them read this to you by voice first. Whoever is admitted can open every report of version "
        << shares->circle().version << ", the old ones too.\n";
    Got<vault::CirclePrivateKey> circle = open_as(options.member, options.shares, *shares, terminal);
    return circle ? admit_to(options.shares, *shares, *circle, *fresh) : circle.code;
}

int key_members(const MembersOptions& options, Terminal& terminal) {
    Got<vault::Shares> shares = read_shares(options.shares);
    if (!shares) {
        return shares.code;
    }
    const bool checked = !options.member.empty();
    if (checked) {
        if (const int code = open_as(options.member, options.shares, *shares, terminal).code; code != 0) {
            return code;
        }
    }
    if (options.json) {
        std::cout << boost::json::serialize(to_json(*shares, checked)) << "\n";
        return 0;
    }
    print_members(std::cout, shares->members());
    std::cout.flush();
    std::cerr << "Circle " << shares->circle().name << ", version " << shares->circle().version << ". "
              << (checked ? "The list is as a member wrote it.\n"
                          : "Whether somebody else changed the list is known only with --member FILE.\n");
    return 0;
}

int key_rotate(const RotateOptions& options, Terminal& terminal) {
    Got<vault::Shares> shares = read_shares(options.shares);
    Got<Plan> plan = shares ? plan_of(options, *shares) : Got<Plan>{std::nullopt, shares.code};
    if (!plan) {
        return plan.code;
    }
    const vault::CirclePublicKey& old = shares->circle();
    if (!is_newest_on_server(options, old)) {
        return bad_data;
    }
    tell_plan(*plan, old, options.dry_run);
    if (options.dry_run) {
        std::cerr << "Nothing was changed.\n";
        return 0;
    }
    if (const int opened = open_as(options.member, options.shares, *shares, terminal).code; opened != 0) {
        return opened;
    }
    const vault::NewCircle made = vault::NewCircle::make(old.name, old.version + 1, plan->stay);
    const int code = write_circle(made, options.out, options.keys_dir);
    if (code == 0) {
        tell_circle_files(made, options.out, options.keys_dir);
        std::cerr << "Keep " << options.shares << " too: reports of version " << old.version
                  << " open with nothing else.\n";
    }
    return code;
}

}  // namespace rightsline::cli

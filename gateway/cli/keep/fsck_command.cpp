#include "gateway/cli/keep/fsck_command.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/keep/keeping.hpp"
#include "gateway/cli/keys/house_keys.hpp"
#include "gateway/keep/check.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/vault/harden.hpp"
#include "redis/error.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr int found_something = 1;
constexpr int unavailable = 69;
constexpr int misconfigured = 78;
constexpr auto progress_rest = 2s;

std::string counts_of(const keep::Checked& checked) {
    return std::to_string(checked.keys) + " keys, " + std::to_string(checked.cases) + " cases, " +
           std::to_string(checked.drafts) + " drafts, " + std::to_string(checked.conversations) +
           " conversations, " + std::to_string(checked.recordings) + " recordings, " +
           std::to_string(checked.messages) + " records of messages, " + std::to_string(checked.audit) +
           " audit entries";
}

/// A line now and then, so that a long walk is not taken for a hang.
std::function<void(const keep::Checked&)> progress() {
    return [next = std::chrono::steady_clock::now() + progress_rest](const keep::Checked& checked) mutable {
        if (std::chrono::steady_clock::now() >= next) {
            next = std::chrono::steady_clock::now() + progress_rest;
            std::cerr << "… " << counts_of(checked) << "\n";
        }
    };
}

Result<keep::Checked> walk(boost::asio::io_context& loop, const Keeping& keeping, const House& house) {
    const std::unique_ptr<redis::Client> client = redis::make_client(loop.get_executor(), keeping.keeper);
    keep::CheckedStore store{*client,          *house.vault, house.keys,
                             keeping.programs, {},           keeping.state_dir + "/blobs"};
    for (const auto& [program, line] : keeping.lines) {
        store.lines.push_back({program, line});
    }
    Result<keep::Checked> checked = ops::wait_for(loop, keep::check_store(std::move(store), progress()));
    client->close();
    loop.restart();
    loop.poll();
    return checked;
}

json::object to_json(const keep::Checked& checked) {
    json::array findings;
    for (const keep::Finding& one : checked.findings) {
        findings.push_back(json::object{{"finding", std::string(keep::name_of(one.damage))},
                                        {"object", one.object},
                                        {"what", std::string(keep::what_of(one.damage))},
                                        {"more", one.more},
                                        {"mend", std::string(keep::mend_of(one.damage))}});
    }
    return {{"checked", json::object{{"keys", checked.keys},
                                     {"cases", checked.cases},
                                     {"drafts", checked.drafts},
                                     {"conversations", checked.conversations},
                                     {"recordings", checked.recordings},
                                     {"messages", checked.messages},
                                     {"audit", checked.audit}}},
            {"findings", std::move(findings)},
            {"more", checked.more}};
}

void print(const keep::Checked& checked) {
    for (const keep::Finding& one : checked.findings) {
        std::cout << keep::name_of(one.damage) << " " << one.object << ": " << keep::what_of(one.damage)
                  << (one.more.empty() ? "" : ": " + one.more) << ". " << keep::mend_of(one.damage) << ".\n";
    }
    std::cout << std::flush;
}

int unreadable(const boost::system::error_code& error) {
    std::cerr << "The store could not be read to its end: " << error.message() << ".\n";
    if (error == redis::make_error_code(redis::errc::server_error)) {
        std::cerr << "Its user \"keeper\" may lack a right (deploy/redis.conf names them), or the server "
                     "runs another "
                     "build of rightsline than this.\n";
    }
    return unavailable;
}

}  // namespace

int fsck(const FsckOptions& options) {
    (void)vault::harden_process();  // the server's keys are read here
    LocalApi api(options.socket);
    const Result<Keeping> keeping = ask_keeping(api);
    if (!keeping) {
        return report(api);
    }
    boost::asio::io_context loop(1);
    const ops::SystemClock clock;
    const Result<House> house = open_house(loop, clock, keeping->keys_dir, keeping->vault_socket);
    if (!house) {
        std::cerr << keeping->keys_dir << ": " << house.error().message()
                  << ". Without the server's keys nobody can tell what belongs together.\n";
        return misconfigured;
    }
    const Result<keep::Checked> checked = walk(loop, *keeping, *house);
    if (!checked) {
        return unreadable(checked.error());
    }
    options.json ? void(std::cout << json::serialize(to_json(*checked)) << "\n") : print(*checked);
    std::cerr << "Looked at " << counts_of(*checked) << ".\n"
              << (checked->findings.empty() ? "Everything fits together.\n"
                                            : std::to_string(checked->findings.size()) +
                                                  (checked->more ? " findings, and more" : " findings") +
                                                  ". Nothing was changed.\n");
    return checked->findings.empty() ? 0 : found_something;
}

}  // namespace rightsline::cli

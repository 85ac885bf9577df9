#include "gateway/cli/keep/restore_command.hpp"
#include "gateway/cli/read_config.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "gateway/cli/keys/house_keys.hpp"
#include "gateway/cli/keys/private_key.hpp"
#include "gateway/config/config.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/keep/restore.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/stores/key_check.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/harden.hpp"

namespace rightsline::cli {
namespace {

constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int taken = 75;
constexpr int misconfigured = 78;

struct Place {
    keep::RestorePlace place;
    std::string keys_dir;      // "" = not known
    std::string vault_socket;  // "" = the home keys are in keys_dir
};

std::optional<Place> place_of(const RestoreOptions& options) {
    if (!options.state_dir.empty()) {
        return Place{
            {options.state_dir, options.redis_dir.empty() ? options.state_dir + "/redis" : options.redis_dir},
            "",
            ""};
    }
    const std::optional<config::Config> config = read_config_aloud(options.config);
    if (!config) {
        return std::nullopt;
    }
    std::string redis_dir = options.redis_dir;
    if (redis_dir.empty() && config->redis.embedded) {
        redis_dir = config->redis.directory.empty() ? config->state_dir + "/redis" : config->redis.directory;
    }
    if (redis_dir.empty()) {
        std::cerr << "The store is an outside Redis: stop it, and name its folder (`dir` in its "
                     "configuration) with "
                     "--redis-dir.\n";
        return std::nullopt;
    }
    return Place{{config->state_dir, redis_dir}, config->keys_dir, config->vault.socket};
}

std::string moment(std::int64_t ms) {
    const auto at = std::chrono::floor<std::chrono::seconds>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(ms)));
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d UTC", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

/// Whether the keys on this machine are those of the store; a server would refuse to start with others.
bool keys_fit(const Place& place, const std::string& store) {
    const std::string& keys_dir = place.keys_dir;
    if (keys_dir.empty()) {
        std::cerr << "No configuration was read, for --state-dir is given: whether the keys are those of the "
                     "backup "
                     "is not known. The server needs the keys_dir of before.\n";
        return true;
    }
    boost::asio::io_context loop(1);
    const ops::SystemClock clock;
    const Result<House> house = open_house(loop, clock, keys_dir, place.vault_socket);
    if (!house && house.error() == vault::make_error_code(vault::errc::away)) {
        std::cerr << place.vault_socket
                  << ": the vault does not answer, so whether its keys are those of the "
                     "backup is not known. The server needs the keys of before.\n";
        return true;
    }
    if (!house) {
        std::cerr << "The keys are not here yet: bring the keys_dir of before from its own copy. New keys "
                     "open nothing.\n";
        return true;
    }
    const Result<std::string> name = ops::wait_for(loop, stores::name_of_keys(*house->vault));
    if (name && *name == store) {
        return true;
    }
    std::cerr << "The keys in " << keys_dir
              << " are not those of the backup's store: with them no secret number opens its "
              << "report. Nothing was changed. Bring the keys_dir of before, or move this one away to "
                 "restore without it.\n";
    return false;
}

void tell(const keep::Restored& restored, const keep::ArchiveHead& head) {
    std::cerr << "Restored: " << restored.keys << " keys, " << restored.cases << " cases, "
              << restored.recordings << " recordings, " << restored.spooled
              << " spooled files, as they were at " << moment(head.created_ms) << ".\n";
    for (const auto& [program, messages] : restored.in_doubt) {
        std::cerr << program << ": " << messages << (messages == 1 ? " message was" : " messages were")
                  << " due then and may have left since. The server asks the phone company first; an alert "
                     "that it does "
                     "not have goes again, an answer only as often as it may, a mailing never.\n";
    }
    if (restored.aside != 0) {
        std::cerr << restored.aside
                  << " of them cannot be read and were put aside: rightsline outbox names them.\n";
    }
    std::cerr
        << "What came in after that moment is not here: recordings of then may still be at the phone "
           "company, and "
           "what a worker deleted after it is here again.\n"
           "Now start the server, then: rightsline fsck, rightsline alert list, and file a test report.\n";
}

int refused(const std::string& from, const keep::RestorePlace& place,
            const boost::system::error_code& error) {
    std::cerr << from << ": nothing was changed: " << error.message() << ".\n";
    if (error == keep::make_error_code(keep::errc::there_already)) {
        std::cerr << keep::in_the_way(place)
                  << " holds data. Stop the server and move it away, with everything beside "
                  << "it: mv " << place.state_dir << " " << place.state_dir
                  << ".before. Never delete it before the restored store was checked.\n";
    }
    if (error == keep::make_error_code(keep::errc::in_use) ||
        error == keep::make_error_code(keep::errc::there_already)) {
        return taken;
    }
    const bool ours = error == keep::make_error_code(keep::errc::disk) ||
                      error == keep::make_error_code(keep::errc::store_refused) ||
                      error.category() != keep::category();
    return ours ? unavailable : bad_data;
}

}  // namespace

int restore(const RestoreOptions& options, Terminal& terminal) {
    (void)vault::harden_process();  // a private key is read here
    if (std::error_code failed; !std::filesystem::is_regular_file(options.from, failed)) {
        std::cerr
            << options.from
            << (std::filesystem::is_directory(options.from, failed)
                    ? ": this is a folder. Name one backup of those in it: --from FILE\n"
                    : ": no such file; nothing was changed. Is its disk mounted, and may you read it?\n");
        return bad_data;
    }
    const std::optional<Place> where = place_of(options);
    if (!where) {
        return misconfigured;
    }
    Result<keep::ArchiveReader> archive = keep::ArchiveReader::open(options.from);
    if (!archive) {
        return refused(options.from, where->place, archive.error());
    }
    const PrivateKeys keys = read_private_keys({options.key, options.member, options.shares}, terminal);
    if (keys.code != 0) {
        return keys.code;
    }
    if (!keys_fit(*where, archive->head().store)) {
        return bad_data;
    }
    const Result<keep::Restored> restored = keep::restore(*archive, keys.keys.front(), where->place);
    if (!restored) {
        return refused(options.from, where->place, restored.error());
    }
    tell(*restored, archive->head());
    return 0;
}

}  // namespace rightsline::cli

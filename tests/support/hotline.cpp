#include "tests/support/hotline.hpp"
#include "tests/support/free_port.hpp"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <boost/json.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/command.hpp"
#include "tests/support/plain_http.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr const char* simulator_token = "simulated";

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Ran must(Ran ran, const char* what) {
    if (ran.code != 0) {
        throw std::runtime_error(std::string(what) + " ended with " + std::to_string(ran.code) + ": " +
                                 ran.err);
    }
    return ran;
}

ServerProcess::Setup setup_of(const std::string& folder, std::uint16_t ops_port,
                              const HotlineWishes& wishes) {
    ServerProcess::Setup setup{wishes.held_socket ? folder + "/held.sh" : RIGHTSLINE_PROGRAM,
                               folder + "/rightsline.yaml", folder + "/server.log", ops_port,
                               wishes.environment};
    if (wishes.own_clock) {
        setup.environment.push_back(std::string("LD_PRELOAD=") + RIGHTSLINE_SHIFTED_CLOCK);
        setup.environment.push_back("TEST_CLOCK_SHIFT=" + folder + "/clock");
    }
    return setup;
}

/// A socket that listens on loopback and is handed on to every child.
int listening_socket(std::uint16_t port) {
    const int file = ::socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    ::setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* address = static_cast<const sockaddr*>(static_cast<const void*>(&here));
    if (::bind(file, address, sizeof here) != 0 || ::listen(file, SOMAXCONN) != 0) {
        throw std::runtime_error("no socket to hold");
    }
    return file;
}

}  // namespace

Hotline::Hotline(HotlineWishes wishes)
    : binary_(RIGHTSLINE_PROGRAM),
      flows_(source("flows/" + wishes.program, wishes.own_program)),
      locales_(source("locales", wishes.own_program)),
      twilio_{free_port(), "https://hotline.example.org", "main", sid, token},
      simulator_{twilio_.port, twilio_.public_url, "demo", "demo", simulator_token},
      ops_port_(free_port()),
      texts_(flows_, locales_),
      provider_(sid, token),
      vault_quota_(wishes.vault_quota),
      server_(setup_of(directory_.path(), ops_port_, wishes)) {
    if (wishes.audio) {
        tones_ = write_tones(texts_.pack(), path("audio"));
    }
    if (wishes.held_socket) {
        hold_socket();
    }
    move_clock(std::chrono::seconds(0));
    write_configuration(wishes);
    must(run_command({binary_, "key", "init", "--keys-dir", path("keys"), "--circle", wishes.program, "--out",
                      path("circle.key")}),
         "key init");
    if (wishes.vault) {
        fs::create_directory(path("vault-keys"));
        fs::permissions(path("vault-keys"), fs::perms::owner_all);
        for (const char* name : {"/pepper.key", "/number.key", "/state.1.key"}) {
            fs::rename(path("keys") + name, path("vault-keys") + name);
        }
        start_vault();
    }
    server_.start();
}

Hotline::~Hotline() { kill_vault(); }

void Hotline::start_vault() {
    std::vector<std::string> words{
        binary_,       "vault",      "--keys-dir", path("vault-keys"), "--socket", path("vault.sock"),
        "--state-dir", path("vault")};
    if (!vault_quota_.empty()) {
        words.push_back(vault_quota_);
    }
    vault_pid_ = start_command(words, path("vault.log"), {});
    if (!eventually([this] { return fs::is_socket(path("vault.sock")); })) {
        throw std::runtime_error("the vault did not come up:\n" + slurp(path("vault.log")));
    }
}

void Hotline::kill_vault() {
    if (const int pid = std::exchange(vault_pid_, 0); pid > 0) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        fs::remove(path("vault.sock"));
    }
}

/// A folder of the tree, or a copy of it that the test may change.
std::string Hotline::source(const std::string& name, bool copy) const {
    const std::string original = std::string(RIGHTSLINE_SOURCE_DIR) + "/" + name;
    if (!copy) {
        return original;
    }
    fs::create_directories(fs::path(path(name)).parent_path());
    fs::copy(original, path(name), fs::copy_options::recursive);
    return path(name);
}

std::vector<std::string> Hotline::heard(const Element& response) const {
    const std::string media = twilio_.public_url + "/media/";
    std::vector<std::string> names;
    for (const Element* play : response.all("Play")) {
        const std::string hash = play->text.starts_with(media) ? play->text.substr(media.size(), 64) : "";
        if (!tones_.contains(hash) || !play->text.ends_with(".wav")) {
            throw std::runtime_error("plays something unknown: " + play->text);
        }
        names.push_back(tones_.at(hash).name);
    }
    return names;
}

/// As systemd does it: the socket is the third file, and two variables say so.
void Hotline::hold_socket() {
    const int file = listening_socket(twilio_.port);
    std::ofstream(path("held.sh")) << "#!/bin/sh\nexec env LISTEN_PID=$$ LISTEN_FDS=1 " << binary_
                                   << " \"$@\" 3<&" << file << "\n";
    fs::permissions(path("held.sh"), fs::perms::owner_all);
}

void Hotline::write_configuration(const HotlineWishes& wishes) const {
    std::ofstream(path("twilio-token")) << token << "\n";
    std::ofstream(path("simulator-token")) << simulator_token << "\n";
    std::ofstream(path("roster.yaml")) << wishes.roster;
    for (const char* name : {"twilio-token", "simulator-token", "roster.yaml"}) {
        fs::permissions(path(name), fs::perms::owner_read | fs::perms::owner_write);
    }
    std::ofstream out(path("rightsline.yaml"));
    out << "public_url: " << twilio_.public_url << "\n"
        << "listen: {hooks: \"127.0.0.1:" << twilio_.port
        << "\", console: \"127.0.0.1:0\", ops: \"127.0.0.1:" << ops_port_ << "\"}\n"
        << (wishes.redis.empty() ? "redis: {embedded: true}" : "redis: {url: \"" + wishes.redis + "\"}")
        << "\nstate_dir: " << path("state") << "\nkeys_dir: " << path("keys") << "\n"
        << "accounts:\n  main: {provider: twilio, account_sid: " << sid
        << ", auth_tokens: [{file: " << path("twilio-token") << "}], api_base: \""
        << (wishes.api_base.empty() ? provider_.base() : wishes.api_base)
        << "\", provider_copies: " << (wishes.api_base.empty() ? "keep" : "redact") << "}\n"
        << "  demo: {provider: simulator, account_sid: demo, auth_tokens: [{file: " << path("simulator-token")
        << "}]}\n"
        << "lines:\n"
        << "  \"+15005550006\": {account: main, program: " << wishes.program
        << ", modes: [sms, voice], "
           "cost_to_worker: {sms: paid, voice: free}"
        << wishes.line << "}\n"
        << "  \"+15005550007\": {account: demo, program: " << wishes.program
        << ", modes: [sms, voice, ussd]}\n"
        << "programs: [" << flows_ << "]\nlocales_dir: " << locales_ << "\nlog_level: debug\n"
        << "limits: {spool_bytes: 2097152" << wishes.limits << "}\n";
    out << wishes.more;
    if (wishes.vault) {
        out << "vault: {socket: " << path("vault.sock") << "}\n";
    }
    if (!wishes.roster.empty()) {
        out << "rosters: {" << wishes.program << ": " << path("roster.yaml") << "}\n";
    }
    if (wishes.audio) {
        out << "audio_dirs: [" << path("audio") << "]\n";
    }
}

double Hotline::metric(const std::string& line) const {
    const std::string all = http_get(ops_port_, "/metrics").body;
    const std::size_t at = all.find("\n" + line + " ");
    if (at == std::string::npos) {
        throw std::runtime_error("no metric " + line);
    }
    return std::stod(all.substr(at + line.size() + 2));
}

std::string Hotline::readiness() const { return http_get(ops_port_, "/readyz").body; }

double Hotline::turns(const std::string& outcome) const {
    return metric("rightsline_turns_total{outcome=\"" + outcome + "\"}");
}

json::array Hotline::cases() const {
    const Ran ran = must(run_command({binary_, "case", "list", "--socket", path("state/api.sock"), "--json"}),
                         "case list");
    return json::parse(ran.out).as_object().at("cases").as_array();
}

json::object Hotline::show(const std::string& which) const {
    const Ran ran = must(run_command({binary_, "case", "show", which, "--socket", path("state/api.sock"),
                                      "--key", path("circle.key"), "--json"}),
                         "case show");
    return json::parse(ran.out).as_object();
}

Ran Hotline::reply(const std::string& which, const std::string& words) const {
    return run_command({binary_, "case", "reply", which, words, "--socket", path("state/api.sock")});
}

Ran Hotline::answer(const std::string& which, const std::string& key) const {
    return run_command(
        {binary_, "case", "reply", which, "--answer", key, "--socket", path("state/api.sock")});
}

std::map<std::string, std::string> Hotline::recordings(const std::string& which) const {
    const TemporaryDirectory folder;
    must(run_command({binary_, "case", "show", which, "--socket", path("state/api.sock"), "--key",
                      path("circle.key"), "--recordings", folder.path()}),
         "case show");
    std::map<std::string, std::string> out;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path())) {
        out[file.path().stem().string()] = slurp(file.path());
    }
    return out;
}

std::string Hotline::everything_kept() const {
    std::string all = server_.log();
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(path("state"))) {
        if (file.is_regular_file()) {
            all += slurp(file.path());
        }
    }
    return all;
}

std::string Hotline::append_only_bytes() const {
    std::string all;
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(path("state/redis"))) {
        if (file.path().extension() == ".aof") {
            all += slurp(file.path());
        }
    }
    return all;
}

std::vector<std::string> Hotline::sealed_files() const {
    std::vector<std::string> all;
    for (const fs::directory_entry& file : fs::directory_iterator(path("state/blobs"))) {
        all.push_back(slurp(file.path()));
    }
    return all;
}

void Hotline::move_clock(std::chrono::seconds by) {
    const std::int64_t seconds = by.count();
    std::fstream file(path("clock"), std::ios::in | std::ios::out | std::ios::binary);
    if (!file) {
        file.open(path("clock"), std::ios::out | std::ios::binary);
    }
    std::string bytes(sizeof seconds, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>((seconds >> (8 * i)) & 0xFF);
    }
    file << bytes;  // little-endian, as the machine is; in place, for it is mapped
}

}  // namespace rightsline::tests

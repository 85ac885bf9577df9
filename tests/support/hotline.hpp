// Hotline: everything an end-to-end test stands on: a folder, keys, a configuration, a running server with its store,
// a fake provider, and what an operator can ask of them.
//
// Threading: one thread, blocking. Owner: the test; nothing survives it.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/fake_provider.hpp"
#include "tests/support/program_texts.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/simulated_phone.hpp"
#include "tests/support/tone_audio.hpp"
#include "tests/support/twilio_phone.hpp"

namespace rightsline::tests {

struct HotlineWishes {
    bool audio = false;                      // tones for every prompt; else a call hears machine voices
    bool own_program = false;                // a copy of flows/ and locales/ that the test may break
    bool own_clock = false;                  // the server's wall clock can be moved
    std::string roster{};                    // of fair-food: the YAML of a roster file; none without
    std::vector<std::string> environment{};  // "NAME=value", of the server
    bool vault = false;                      // in a process of its own, with its keys
    std::string vault_quota{};               // "--numbers-a-day=5": further words for it
    bool held_socket = false;  // the hooks' socket is open before the server, and after it (LISTEN_FDS)
    std::string limits{};      // further ones, after a comma
    std::string more{};        // further lines of the configuration
    std::string line{};        // further members of the Twilio line, after a comma
    std::string program = "fair-food";  // of flows/; its circle's key is circle.key
    std::string redis{};                // url of a store of the test's own; else the embedded one
    std::string api_base{};  // of the Twilio account; else the fake provider's, which takes no sends
};

class Hotline {
 public:
    static constexpr const char* sid = "AC00000000000000000000000000000001";
    static constexpr const char* token = "f00dfeedf00dfeedf00dfeedf00dfeed";

    explicit Hotline(HotlineWishes wishes = {});
    ~Hotline();

    const TwilioAccount& twilio() const { return twilio_; }
    const SimulatorAccount& simulator() const { return simulator_; }
    TwilioPhone phone(const std::string& number) const { return {twilio_, number}; }
    TwilioCall call(const std::string& number) const { return {twilio_, number}; }
    SimulatedPhone dialer(const std::string& number) const { return {simulator_, number}; }

    ServerProcess& server() { return server_; }
    FakeProvider& provider() { return provider_; }

    /// One line of /metrics, e.g. `rightsline_turns_total{outcome="altered"}`. Throws when there is no such line.
    double metric(const std::string& line) const;
    /// What /readyz says.
    std::string readiness() const;
    double turns(const std::string& outcome) const;
    /// Answers of Redis so far, also to the server's own background work.
    double round_trips() const { return metric("rightsline_redis_commands_total"); }

    /// `rightsline case list --json`, newest first.
    boost::json::array cases() const;
    /// `rightsline case show WHICH --key FILE --json`: the opened case. Throws when the command fails.
    boost::json::object show(const std::string& which) const;
    /// `rightsline case reply WHICH WORDS`: its exit code, and what it said.
    Ran reply(const std::string& which, const std::string& words) const;
    /// `rightsline case reply WHICH --answer KEY`: likewise.
    Ran answer(const std::string& which, const std::string& key) const;
    /// As show(), with recordings saved to a folder; their bytes by recording id.
    std::map<std::string, std::string> recordings(const std::string& which) const;

    /// Every byte below the state folder (append-only files, logs, sealed files) and the server's own output.
    std::string everything_kept() const;
    std::string append_only_bytes() const;
    std::vector<std::string> sealed_files() const;

    void move_clock(std::chrono::seconds by);

    /// The vault's process (HotlineWishes::vault): SIGKILL, and another one.
    void kill_vault();
    void start_vault();
    int vault_pid() const { return vault_pid_; }

    std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
    std::string flows_folder() const { return flows_; }
    std::string program() const { return binary_; }
    /// What the program says, in its own words.
    std::string words(const std::string& key, const std::string& language) const {
        return texts_(key, language);
    }
    /// The names of the prompts that an answer plays ("hotline.main.menu.0"), in order. Throws when it plays something
    /// else than our media.
    std::vector<std::string> heard(const Element& response) const;
    const std::map<std::string, ToneClip>& tones() const { return tones_; }

 private:
    std::string source(const std::string& name, bool copy) const;
    void hold_socket();
    void write_configuration(const HotlineWishes& wishes) const;

    TemporaryDirectory directory_;
    std::string binary_;
    std::string flows_;
    std::string locales_;
    TwilioAccount twilio_;
    SimulatorAccount simulator_;
    std::uint16_t ops_port_ = 0;
    ProgramTexts texts_;
    std::map<std::string, ToneClip> tones_;
    FakeProvider provider_;
    std::string vault_quota_;
    int vault_pid_ = 0;
    ServerProcess server_;
};

}  // namespace rightsline::tests

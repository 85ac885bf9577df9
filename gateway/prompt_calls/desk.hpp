// Desk: somebody reads the script into a telephone, hears each line as a call will play it, and keeps it or does not.
//
//   the command  -> invite()       a code for two hours; "call this line", or their phone is to ring
//   a call       -> open_door()    it is asked for a code, and for nothing else
//   its pages    -> answer_page()  the code; the line and the tone; what was read, and a key
//   its end      -> hear()
//   the clock    -> work()         calls that nobody told the end of, codes whose time is over
//
// Each takes one step of the machine (machine.hpp) and keeps it in one commit. What was read is brought home beside the call and
// becomes a take that waits for a second listener (prompts::PromptDesk), synced, before "kept" is said; no worker's call knows of it.
// The provider's copy goes the way of all recordings of nobody's (conversations::RecordingDesk), also when we are killed.
// A wrong code hears what every code hears first, three times; all together may be wrong thirty times an hour. Whoever drops out
// calls again with the same code and goes on at the same line. A number is in one sealed message of the outbox alone.
// Must never: log or keep in clear a number or a code; let a take into a worker's call. Threading: the loop's. Owner: the
// composition root.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/alerts/call_page.hpp"
#include "gateway/conversations/recordings.hpp"
#include "gateway/http/client.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/rare_line.hpp"
#include "gateway/ops/workers.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/prompt_calls/machine.hpp"
#include "gateway/prompt_calls/wanted.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::prompt_calls {

/// The lines of one program.
struct Lines {
    std::string takes_calls;  // the line that is for recording; "" = there is none
    std::string calls;        // the one that rings out; "" = none
};

struct DeskServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    prompts::PromptDesk& prompts;
    conversations::RecordingDesk& recordings;  // erases the provider's copies
    http::Client& client;
    ops::Workers& worker;                // reads and writes files
    std::string folder;                  // of what was read and is not kept yet; emptied at start
    std::map<std::string, Lines> lines;  // by program
    /// The provider and credentials of an account; null when it is no longer configured.
    std::function<std::pair<const providers::Provider*, const providers::Credentials*>(const std::string&)>
        account;
    std::function<void()> posted;                // wakes the dispatcher
    std::function<void(Awaitable<void>)> spawn;  // starts what may be lost beside the rest
};

/// Somebody is to read lines.
struct Invitation {
    std::string program;
    std::string language;
    std::string spoken{};  // that they are spoken to in; "" = the program's first
    std::string by;        // who reads
    std::string asker;     // who asks for it, for the audit
    Only only = Only::missing;
    std::vector<std::string> names{};  // these lines alone
    std::optional<vault::PhoneNumber> ring{};
    Deadline deadline{};
};
struct Invited {
    locales::PrivateText code;
    std::string line;  // to be called; "" = their phone rings
    std::size_t lines = 0;
    ops::UtcMs until{};
};

/// What a page was asked with.
struct Heard {
    flows::Event event;
    std::optional<providers::RemoteRecording> recording{};
    std::string account;
    std::string call;      // the provider's name of it
    bool machine = false;  // it says that a machine has answered
    std::uint32_t nth = 0;
};
struct Said {
    std::vector<flows::Action> actions;
    alerts::CallPage page{};  // the next one
    std::uint32_t nth = 0;    // … and its number
};

/// The address of such a page, below the account's hooks.
std::string prompts_path_of(const alerts::CallPage& page, std::uint32_t nth);
bool is_prompts_page(std::string_view path);
/// What prompts_path_of() wrote there; 0 where it wrote nothing that can be read.
std::uint32_t page_number(std::string_view query);

class Desk {
 public:
    explicit Desk(DeskServices services);

    /// Errors: no_program to no_name of errc, outbox::errc, those of prompts::PromptDesk::lines, the vault's, the store's.
    Awaitable<Result<Invited>> invite(Invitation wish);
    /// A call to the line that is for recording. Errors: the vault's; errc::no_program.
    Awaitable<Result<Said>> open_door(std::string program);
    /// Nothing: the page is none of ours.
    Awaitable<std::optional<Said>> answer_page(alerts::CallPage page, Heard heard);
    /// `word`: the provider's, of how the call stands. Errors: the store's.
    Awaitable<Result<void>> hear(std::string program, std::string message, std::string call,
                                 std::string word);
    /// Looks at what is due; call it every second.
    Awaitable<void> work(std::string program);

 private:
    struct Loaded;
    struct Counters;
    struct Door;
    // ---- inviting.cpp
    Awaitable<Result<Session>> prepare(const Invitation& wish);
    Awaitable<Result<std::vector<redis::Write>>> ring(const Invitation& wish, const std::string& id,
                                                      const Session& session);
    Awaitable<Result<redis::Committed>> keep_fresh(const Invitation& wish, const std::string& id,
                                                   const Session& session, std::vector<redis::Write> writes);
    // ---- entering.cpp
    Awaitable<Result<Said>> door(std::string program, std::string session, std::uint32_t nth);
    Awaitable<Said> try_code(std::string program, Door at, Heard heard);
    Awaitable<Result<redis::Committed>> count_try(const std::string& program, Deadline deadline);
    Awaitable<Result<redis::Committed>> give_back_try(const std::string& program, Deadline deadline);
    Awaitable<Result<std::string>> session_of(std::string program, std::string code, Deadline deadline);
    Awaitable<Said> enter(std::string program, std::string id, std::string call, Deadline deadline);
    Awaitable<Result<std::string>> hash_of(const std::string& program, std::string code);
    // ---- answering.cpp
    Awaitable<Said> go_on(std::string program, std::string id, Heard heard);
    Awaitable<Event> event_of(const std::string& program, const Session& session, const Heard& heard);
    Awaitable<Event::Told> keep_sound(const std::string& program, const Session& session);
    Awaitable<Result<std::vector<redis::Write>>> erasure(const std::string& program, const std::string& id,
                                                         const Heard& heard, const std::string& job);
    Awaitable<void> erase_late(std::string program, std::string id, Heard heard);
    Awaitable<Said> say(std::string program, std::string id, const Step& step);
    Awaitable<Result<alerts::CallPage>> page_of(std::string program, std::string names);
    // ---- fetching.cpp
    Awaitable<void> bring_home(std::string program, std::string id, std::string account,
                               providers::RemoteRecording remote, std::string job);
    Awaitable<Result<std::string>> fetch(std::string account, providers::RemoteRecording remote,
                                         Deadline deadline);
    Awaitable<Result<Sound>> convert(std::string bytes, std::string job, Deadline deadline);
    void remove_sound(const Sound& sound);
    std::string came(const std::string& job) const { return services_.folder + "/" + job + ".came"; }
    // ---- keeping.cpp
    Awaitable<Result<Loaded>> load(std::string program, std::string id, Deadline deadline);
    Awaitable<Result<Step>> take(std::string program, std::string id, Event event,
                                 std::vector<redis::Write> besides, Deadline deadline);
    Awaitable<Result<Step>> take_from(Loaded loaded, std::string program, std::string id, Event event,
                                      std::vector<redis::Write> besides, Deadline deadline);
    Step step_of(const std::string& program, Session session, const Event& event) const;
    Awaitable<Result<redis::Committed>> keep(const std::string& program, const std::string& id,
                                             std::uint64_t version, const Step& step,
                                             std::vector<redis::Write> besides, Deadline deadline);
    // ---- desk.cpp
    Awaitable<void> look(std::string program, std::string id);
    Awaitable<void> forget(std::string program, std::string id);

    DeskServices services_;
    std::shared_ptr<Counters> counters_;
    ops::RareLine guessed_;
};

}  // namespace rightsline::prompt_calls

// What the tests of the turn share: a real Redis, the vault, the excerpt program, a phone and a clock that stands.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "flows/loader.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/stores/keyspace.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::conversations {

/// A WAVE file that says `words`.
std::string sound(std::string_view words);

/// What stands for the keys that Argon2id derives of a code.
CodeKeys keys_of(const std::string& code);

/// The outside world, as a list of answers. Where the list is empty nobody is at home.
class ScriptedOutside final : public http::Client {
 public:
    struct Reply {
        int status = 200;
        std::string body{};
    };
    std::deque<Reply> replies;
    std::vector<std::string> asked;              // "GET https://…"
    std::vector<std::chrono::seconds> patience;  // of each body that was asked for, rounded
    std::function<Awaitable<void>()> meanwhile;  // runs while a body is on its way
    boost::system::error_code fails{};           // every request ends so

    Awaitable<Result<http::Answer>> fetch(http::Outgoing request, Deadline deadline) override;
    Awaitable<Result<http::Answer>> stream(http::Outgoing request, http::Sink sink,
                                           Deadline deadline) override;

 private:
    Result<http::Answer> next();
};

/// Coroutines wait here until a test lets them go on.
class Gate {
 public:
    explicit Gate(boost::asio::io_context& io);
    ~Gate();
    Awaitable<void> pass();
    void open();

 private:
    struct Bar;
    std::unique_ptr<Bar> bar_;
};

/// The calendar stands still until a test moves it; deadlines are real, for the store is.
class StandingCalendar final : public ops::Clock {
 public:
    ops::UtcMs now() const override { return now_; }
    Deadline steady() const override { return std::chrono::steady_clock::now(); }
    void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
    ops::UtcMs now_{std::chrono::days(20'000)};
};

class WithTurns : public redis::WithServer {
 protected:
    static constexpr std::chrono::milliseconds head_start{20};  // of another server, with recordings
    WithTurns();
    ~WithTurns() override;
    void SetUp() override;

    static Deadline far() { return redis::in(std::chrono::seconds(10)); }
    vault::CirclePrivateKey private_key() const;
    virtual LineContext line() const;
    using WithServer::text;
    static providers::Inbound text(std::string id, const std::string& words,
                                   std::string_view from = "+15005550001");
    std::string say(providers::Inbound inbound);
    /// The next text of the same worker.
    std::string say(const std::string& words) { return say(text("SM" + std::to_string(++told), words)); }
    // What is awaited here is compiled once, in house.cpp.
    Deed await(Awaitable<Deed> work);
    std::string await(Awaitable<std::string> work);
    /// One try of a code under an event of its own; the exit. Its writes are applied as the turn's commit would.
    Awaitable<std::string> guess(std::string event, std::string code, DeedContext context);
    /// Starts `work` beside the others; `ended` is told its answer.
    void at_once(Awaitable<std::string> work, std::function<void(std::string)> ended);
    /// Both arrive at the same moment; the bodies of their answers.
    std::pair<std::string, std::string> say_at_once(providers::Inbound one, providers::Inbound other);
    /// The server as it is after a start with another script, when nobody has the one of before.
    void restart_with_other_script();
    /// The server as it is after a start with that program; what it held in memory is gone.
    void start(flows::Bundle bundle);
    /// Writes that are sure to succeed.
    void apply(std::vector<redis::Write> writes);
    /// A plain report by text under that id, without parts.
    void file_case(const std::string& id);
    /// Starts what is due, and waits until nothing is under way.
    void work();
    std::vector<std::string> keys_like(const std::string& pattern);
    std::string text_of_conversation();
    std::size_t count_of(const std::string& pattern) { return keys_like(pattern).size(); }
    stores::Keyspace keys{"fair-food"};

    vault::KeyFolder folder;
    tests::TemporaryDirectory blobs;
    StandingCalendar clock;
    ops::Metrics metrics;
    ScriptedOutside outside;
    providers::Credentials account;
    vault::CirclePublicKey public_key;
    vault::CirclePair circle;
    std::map<std::string, vault::CirclePublicKey> circles;  // beside the program's own; start() takes them
    std::unique_ptr<providers::Provider> provider;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<RecordingDesk> desk;
    std::unique_ptr<CodeStock> stock;
    std::unique_ptr<Deeds> deeds;
    std::unique_ptr<stores::PackShelf> packs;
    outbox::LineOut way_out;  // the line's; start() takes it as it is
    std::unique_ptr<outbox::Outbox> replies;
    std::unique_ptr<Turns> turns;
    std::function<Awaitable<void>()> deriving;  // runs while a code's index is derived
    int told = 0;
    int adopted = 0;
    int erased = 0;  // turns that deleted something
    int derived = 0;
    int posted = 0;  // turns with something for the outbox to send

 private:
    RecordingRoutes routes();
    void open_outbox();
};

}  // namespace rightsline::conversations

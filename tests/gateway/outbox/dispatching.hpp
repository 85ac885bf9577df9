// What the tests of the dispatcher share: a real Redis, two lines of the simulator's, and a provider that is a function.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <gtest/gtest.h>

#include <deque>

#include "gateway/net/error.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/outbox/dispatcher.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::outbox {

using namespace std::chrono_literals;

inline constexpr const char* line = "+15005550006";
inline constexpr const char* other_line = "+15005550007";

/// The provider, as a function of the request. What nothing was said about is accepted.
class FakeOutside final : public http::Pool {
 public:
    std::function<Result<http::Answer>(const http::Outgoing&)> answer;
    std::vector<http::Outgoing> asked;
    std::vector<Deadline> deadlines;                 // of each
    std::function<Awaitable<void>()> before_answer;  // runs while the answer is on its way

    Awaitable<http::Fate> send(http::Outgoing request, Deadline deadline) override {
        asked.push_back(request);
        deadlines.push_back(deadline);
        Result<http::Answer> said = answer ? answer(request) : accepted();
        if (before_answer) {
            co_await before_answer();
        }
        const bool refused = !said && said.error() == net::make_error_code(net::errc::refused);
        co_return http::Fate{std::move(said), !refused};
    }
    http::PoolCounts counts() const override { return {}; }
    Result<http::Answer> accepted() const {
        http::Answer yes;
        yes.status = 201;
        yes.body = R"({"id": "m)" + std::to_string(asked.size()) + R"(", "status": "queued"})";
        return yes;
    }
};

inline http::Answer status(int code, http::Headers headers = {}, std::string body = "{}") {
    http::Answer made;
    made.status = code;
    made.headers = std::move(headers);
    made.body = std::move(body);
    return made;
}

class Dispatching : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, redis::in(5s))));
        vault = vault::make_vault(folder.keys());
        provider = providers::make_provider(dialect);
        account = {account_sid, {"token"}, "http://127.0.0.1:1"};
        tasks = std::make_unique<ops::Supervisor>(io.get_executor());
        for (const char* number : {line, other_line}) {
            LineOut out{"fair-food",
                        number,
                        &provider->sender(),
                        &account,
                        "https://h.example/hooks/main",
                        {1000, 100},  // a thousand a second
                        {},
                        queue_of(keys, number)};
            lines.emplace(number, std::move(out));
        }
    }
    void TearDown() override {
        tasks->cancel_all();
        (void)tests::run(io, tasks->drain(redis::in(5s)));
        WithServer::TearDown();
    }
    /// Takes the lines as they are now.
    Dispatcher& start(const std::string& owner = "gw-1") {
        open_outbox();
        dispatchers.push_back(std::make_unique<Dispatcher>(
            DispatchServices{*client, *vault, clock, metrics, outside,
                             [this](Awaitable<void> task) { tasks->spawn("send", std::move(task)); }, owner},
            *outbox, io.get_executor()));
        for (const auto& [number, out] : lines) {
            tasks->spawn("sending", dispatchers.back()->keep_sending(number));
            tasks->spawn("tidy", dispatchers.back()->keep_tidy(number));
        }
        return *dispatchers.back();
    }
    void open_outbox() {
        outboxes.push_back(std::make_unique<Outbox>(*client, *vault, clock, lines));
        outbox = outboxes.back().get();
    }
    void post(const std::string& id, Message message, const std::string& number = line) {
        if (outbox == nullptr) {
            open_outbox();
        }
        const auto writes = tests::run(io, outbox->post(number, id, std::move(message), clock.now()));
        ASSERT_TRUE(writes) << writes.error().message();
        redis::Commit commit;
        commit.writes = *writes;
        const auto done = tests::run(io, redis::commit(*client, commit, redis::in(5s)));
        ASSERT_TRUE(done);
        ASSERT_EQ(done->outcome, redis::Committed::Outcome::committed);
    }
    static Message text(Lane lane, int copies = 0, const std::string& to = "+15005550001") {
        return {lane,
                *vault::PhoneNumber::parse(to),
                "phone" + to.substr(1),
                Text{locales::PrivateText("A word for you."), 600s},
                copies,
                {}};
    }
    std::optional<redis::JobState> state(const std::string& id, const std::string& number = line) {
        const auto found = tests::run(io, redis::look(*client, lines.at(number).queue, id, redis::in(5s)));
        return found ? *found : std::nullopt;
    }
    std::string note(const std::string& id) {
        const auto found = state(id);
        return found ? found->note : "(nothing)";
    }
    bool is_done(const std::string& id) {
        const auto found = state(id);
        return found && found->phase == redis::JobState::Phase::done;
    }
    void wait_done(const std::string& id) {
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (!is_done(id) && std::chrono::steady_clock::now() < until) {
            pass(20ms);
        }
        ASSERT_TRUE(is_done(id)) << id << " " << note(id);
    }
    void pass(std::chrono::milliseconds time) {
        io.restart();
        io.run_for(time);
    }
    std::string text_of_store() { return redis::shared_server().append_only_bytes(); }
    void look_at_doubts_now() {
        const auto all = ask({"ZRANGE", lines.at(line).queue.unknown, "0", "-1"});
        for (const redis::Reply& id : *all.array()) {
            ask({"ZADD", lines.at(line).queue.unknown, "1", *id.string()});
        }
    }

    const char* dialect = "simulator";
    const char* account_sid = "AC1";
    stores::Keyspace keys{"fair-food"};
    vault::KeyFolder folder;
    ops::SystemClock clock;
    ops::Metrics metrics;
    FakeOutside outside;
    providers::Credentials account;
    std::unique_ptr<providers::Provider> provider;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<ops::Supervisor> tasks;
    std::map<std::string, LineOut> lines;
    std::vector<std::unique_ptr<Outbox>> outboxes;  // a dispatcher's own lives as long as it
    Outbox* outbox = nullptr;
    std::vector<std::unique_ptr<Dispatcher>> dispatchers;
};

}  // namespace rightsline::outbox

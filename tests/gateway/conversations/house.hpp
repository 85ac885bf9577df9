// What the tests of the turn share: a real Redis, the vault, the excerpt program, a phone and a clock that stands.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <deque>
#include <map>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/turn.hpp"
#include "gateway/providers/simulator.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::conversations {

/// The outside world, as a list of answers. Where the list is empty nobody is at home.
class ScriptedOutside final : public http::Client {
 public:
    struct Reply {
        int status = 200;
        std::string body{};
    };
    std::deque<Reply> replies;
    std::vector<std::string> asked;              // "GET https://…"
    std::function<Awaitable<void>()> meanwhile;  // runs while a body is on its way

    Awaitable<Result<http::Answer>> fetch(http::Outgoing request, Deadline) override {
        asked.push_back(request.method + " " + request.url);
        co_return next();
    }
    Awaitable<Result<http::Answer>> stream(http::Outgoing request, http::Sink sink, Deadline) override {
        asked.push_back(request.method + " " + request.url);
        Result<http::Answer> answer = next();
        if (answer && answer->status == 200) {
            const Result<void> taken = co_await sink(answer->body);
            answer->body.clear();
            if (!taken) {
                co_return taken.error();
            }
            if (meanwhile) {
                co_await meanwhile();
            }
        }
        co_return answer;
    }

 private:
    Result<http::Answer> next() {
        if (replies.empty()) {
            return redis::make_error_code(redis::errc::not_sent);
        }
        http::Answer answer;
        answer.status = replies.front().status;
        answer.body = std::move(replies.front().body);
        replies.pop_front();
        return answer;
    }
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
    void SetUp() override {
        WithServer::SetUp();
        EXPECT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        vault = vault::make_vault(folder.keys());
        circle = vault::make_circle("fair-food", 1);
        const vault::CirclePublicKey opened = private_key().public_key();
        public_key = opened;
        account.api_base = "https://provider.example";
        RecordingRoutes routes{
            [this](const std::string& name) {
                return name == "main"
                           ? std::pair{static_cast<const providers::Provider*>(provider.get()),
                                       static_cast<const providers::Credentials*>(&account)}
                           : std::pair<const providers::Provider*, const providers::Credentials*>{};
            },
            [this](const std::string&) { return &public_key; }, outside, blobs.path()};
        desk = std::make_unique<RecordingDesk>(*client, *vault, clock, std::move(routes));
        stock = std::make_unique<CodeStock>(
            *client, clock,
            [this](vault::ReceiptCode code, Deadline) -> Awaitable<Result<std::string>> {
                ++derived;
                co_return "index-of-" + code.reveal();
            },
            2);
        deeds = std::make_unique<Deeds>(*client, *vault, *stock, clock);
        packs = std::make_unique<stores::PackShelf>(*client);
        flows::Bundle bundle = flows::tests::excerpt();
        flows::Compiled compiled = flows::compile(bundle);
        EXPECT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        EXPECT_TRUE(tests::run(io, packs->persist(far())));
        turns = std::make_unique<Turns>(
            TurnServices{*client, *vault, *packs, *deeds, *desk, clock, metrics,
                         [this](const std::string&) { ++adopted; }},
            std::map<std::string, ProgramContext>{{"fair-food", {public_key, [](ops::UtcMs) { return 0; }}}});
    }

    static Deadline far() { return redis::in(std::chrono::seconds(10)); }
    vault::CirclePrivateKey private_key() const {
        return vault::CirclePrivateKey::parse(circle.private_file).value();
    }
    LineContext line() const {
        LineContext one;
        one.program = "fair-food";
        one.account = "main";
        one.provider = provider.get();
        one.hooks_url = "https://h.example/hooks/main";
        one.urls.media = "https://h.example/media/";
        return one;
    }
    using WithServer::text;
    static providers::Inbound text(std::string id, const std::string& words,
                                   std::string_view from = "+15005550001") {
        providers::Inbound inbound;
        inbound.line = "+15005550006";
        inbound.worker = vault::PhoneNumber::parse(from).value();
        inbound.identity = std::move(id);
        inbound.content = words;
        inbound.event = flows::Texted{locales::PrivateText(words)};
        return inbound;
    }
    /// A turn that owns what it was given, as the hooks do.
    Awaitable<http::Response> take(providers::Inbound inbound) {
        const LineContext here = line();
        co_return co_await turns->take(here, inbound);
    }
    std::string say(providers::Inbound inbound) { return tests::run(io, take(std::move(inbound))).body; }
    /// The next text of the same worker.
    std::string say(const std::string& words) { return say(text("SM" + std::to_string(++told), words)); }
    std::vector<std::string> keys_like(const std::string& pattern) {
        std::vector<std::string> found;
        const redis::Reply all = ask({"KEYS", pattern});
        for (const redis::Reply& key : *all.array()) {
            found.push_back(*key.string());
        }
        return found;
    }
    std::string text_of_conversation() {
        return WithServer::text({"GET", keys_like("{fair-food}:c:*").front()});
    }
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
    std::unique_ptr<providers::Provider> provider = providers::make_simulator();
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<RecordingDesk> desk;
    std::unique_ptr<CodeStock> stock;
    std::unique_ptr<Deeds> deeds;
    std::unique_ptr<stores::PackShelf> packs;
    std::unique_ptr<Turns> turns;
    int told = 0;
    int adopted = 0;
    int derived = 0;
};

}  // namespace rightsline::conversations

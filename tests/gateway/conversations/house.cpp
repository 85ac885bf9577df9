#include "tests/gateway/conversations/house.hpp"

#include <exception>
#include <map>
#include <utility>

#include "gateway/providers/simulator.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::conversations {

std::string sound(std::string_view words) {
    std::string wave = "RIFF....WAVEfmt ";
    wave.resize(44, '.');
    wave.append(words);
    for (std::size_t i = 0, rest = wave.size() - 8; i < 4; ++i, rest >>= 8U) {
        wave[4 + i] = static_cast<char>(rest & 0xFFU);
    }
    return wave;
}

Awaitable<Result<http::Answer>> ScriptedOutside::fetch(http::Outgoing request, Deadline) {
    asked.push_back(request.method + " " + request.url);
    co_return next();
}

Awaitable<Result<http::Answer>> ScriptedOutside::stream(http::Outgoing request, http::Sink sink,
                                                        Deadline deadline) {
    patience.push_back(std::chrono::round<std::chrono::seconds>(deadline - std::chrono::steady_clock::now()));
    asked.push_back(request.method + " " + request.url);
    Result<http::Answer> answer = next();
    if (answer && (answer->status == 200 || answer->status == 206)) {
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

Result<http::Answer> ScriptedOutside::next() {
    if (fails) {
        return fails;
    }
    if (replies.empty()) {
        return redis::make_error_code(redis::errc::not_sent);
    }
    http::Answer answer;
    answer.status = replies.front().status;
    answer.body = std::move(replies.front().body);
    replies.pop_front();
    return answer;
}

CodeKeys keys_of(const std::string& code) {
    vault::SecretBytes opener(32);
    std::ranges::copy(code, opener.data());
    return {"index-of-" + code, std::make_shared<const vault::SecretBytes>(std::move(opener))};
}

WithTurns::WithTurns() : provider(providers::make_simulator()) {}
WithTurns::~WithTurns() = default;

RecordingRoutes WithTurns::routes() {
    return RecordingRoutes{
        [this](const std::string& name) {
            return name == "main" ? std::pair{static_cast<const providers::Provider*>(provider.get()),
                                              static_cast<const providers::Credentials*>(&account)}
                                  : std::pair<const providers::Provider*, const providers::Credentials*>{};
        },
        [this](const std::string& name) {
            const auto other = circles.find(name);
            return other == circles.end() ? &public_key : &other->second;
        },
        outside,
        blobs.path(),
        [this](Awaitable<void> task) {
            boost::asio::co_spawn(io, std::move(task), [](const std::exception_ptr& bug) {
                if (bug) {
                    std::rethrow_exception(bug);
                }
            });
        },
        head_start};
}

void WithTurns::SetUp() {
    WithServer::SetUp();
    EXPECT_TRUE(tests::run(io, redis::load_functions(*client, far())));
    vault = vault::make_vault(folder.keys());
    circle = vault::make_circle("fair-food", 1);
    public_key = private_key().public_key();
    account.api_base = "https://provider.example";
    desk = std::make_unique<RecordingDesk>(*client, *vault, clock, metrics, routes());
    stock = std::make_unique<CodeStock>(
        *client, clock,
        [this](vault::ReceiptCode code, Deadline) -> Awaitable<Result<CodeKeys>> {
            ++derived;
            if (deriving) {
                co_await deriving();
            }
            co_return keys_of(code.reveal());
        },
        2);
    start(flows::tests::excerpt());
}

void WithTurns::open_outbox() {
    way_out.program = "fair-food";
    way_out.line = "+15005550006";
    way_out.sender = &provider->sender();
    way_out.credentials = &account;
    way_out.hooks_url = "https://h.example/hooks/main";
    way_out.queue = outbox::queue_of(keys, way_out.line);
    replies = std::make_unique<outbox::Outbox>(
        *client, *vault, clock, std::map<std::string, outbox::LineOut>{{way_out.line, way_out}});
}

void WithTurns::restart_with_other_script() {
    for (const std::string& stored : keys_like("{fair-food}:p:*")) {
        ask({"DEL", stored});
    }
    flows::Bundle other = flows::tests::excerpt();
    other.files.begin()->second += "\n# another hash\n";
    start(std::move(other));
}

void WithTurns::start(flows::Bundle bundle) {
    open_outbox();
    deeds = std::make_unique<Deeds>(*client, *vault, *stock, clock, metrics);
    packs = std::make_unique<stores::PackShelf>(*client);
    flows::Compiled compiled = flows::compile(bundle);
    EXPECT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
    packs->activate(compiled.pack, std::move(bundle));
    EXPECT_TRUE(tests::run(io, packs->persist(far())));
    turns = std::make_unique<Turns>(TurnServices{*client, *vault, *packs, *deeds, *desk, clock, metrics,
                                                 [this](const std::string&) { ++adopted; },
                                                 [this] { ++erased; }, replies.get(), [this] { ++posted; }},
                                    std::map<std::string, ProgramContext>{
                                        {"fair-food", {public_key, [](ops::UtcMs) { return 0; }, circles}}});
}

vault::CirclePrivateKey WithTurns::private_key() const {
    return vault::CirclePrivateKey::parse(circle.private_file).value();
}

LineContext WithTurns::line() const {
    LineContext one;
    one.program = "fair-food";
    one.account = "main";
    one.provider = provider.get();
    one.hooks_url = "https://h.example/hooks/main";
    one.urls.media = "https://h.example/media/";
    return one;
}

providers::Inbound WithTurns::text(std::string id, const std::string& words, std::string_view from) {
    providers::Inbound inbound;
    inbound.line = "+15005550006";
    inbound.worker = vault::PhoneNumber::parse(from).value();
    inbound.identity = std::move(id);
    inbound.content = words;
    inbound.event = flows::Texted{locales::PrivateText(words)};
    return inbound;
}

std::string WithTurns::say(providers::Inbound inbound) {
    return tests::run(io, turns->take(line(), inbound)).body;
}

void WithTurns::file_case(const std::string& id) {
    cases::CaseFacts facts;
    facts.id = id;
    facts.alias = "7K4-921";
    facts.status = "received";
    facts.language = "en";
    facts.mode = "sms";
    facts.reason = "asked";
    apply(cases::filing_writes(keys, facts));
}

void WithTurns::apply(std::vector<redis::Write> writes) {
    redis::Commit commit;
    commit.writes = std::move(writes);
    ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
}

void WithTurns::work() {
    tests::run(io, desk->work("fair-food"));
    tests::run_until(io, [this] { return desk->idle(); });
}

std::vector<std::string> WithTurns::keys_like(const std::string& pattern) {
    std::vector<std::string> found;
    const redis::Reply all = ask({"KEYS", pattern});
    for (const redis::Reply& key : *all.array()) {
        found.push_back(*key.string());
    }
    return found;
}

std::string WithTurns::text_of_conversation() {
    return WithServer::text({"GET", keys_like("{fair-food}:c:*").front()});
}

}  // namespace rightsline::conversations

// outbox_tool: what tests/chaos does to an outbox from the side: posts replies, reads what became of them, puts a bug
// into the functions. Lines in, a line of JSON out for each:
//
// Replies leave by the first of its lines; states and survey are of all.
//
//   post ID NUMBER   {"done": "committed" | "unmet"} (unmet: it is there already)
//   states           {"states": {id: {"phase", "attempts", "doubts", "note"}}}
//   outside CASE…    {"outside": {case: what its alert's messages are called by}}, of those that have an alert
//   survey           {"findings": ["id: sentence", …]}
//   bug NAME         {"done": "NAME"}: one of with_bug() below
//   expand, cursor   one message to many: see expanding.hpp
//
// A failure is {"error": words}. Must never: be used outside tests. Threading: one thread, blocking.
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "gateway/alerts/alert.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/vault/local_vault.hpp"
#include "redis/functions.hpp"
#include "tests/chaos/expanding.hpp"
#include "tests/support/run.hpp"

namespace {

using namespace rightsline;
using namespace std::chrono_literals;
using chaos::must;
namespace json = boost::json;

constexpr auto patience = 500ms;  // a store that is dead is asked again by who asks

redis::Address address_of(const std::string& socket) {
    redis::Address address;
    address.unix_path = socket;
    address.user = "tester";
    address.password = "any";
    return address;
}

std::string changed(std::string source, const std::string& from, const std::string& to) {
    const std::size_t at = source.find(from);
    if (at == std::string::npos || source.find(from, at + 1) != std::string::npos) {
        throw std::runtime_error("the place for this bug is not there once: " + from);
    }
    return source.replace(at, from.size(), to);
}

struct Change {
    const char* bug;
    const char* from;
    const char* to;
};

// A rule of the functions for each line; a bug may need several.
constexpr Change changes[] = {
    {"crash_is_not_sent", "if r.phase == 'c' then\n        r.phase, r.owner = 'q', ''",
     "if r.phase == 'c' or r.phase == 's' then\n        r.phase, r.owner = 'q', ''"},
    {"live_leases_reaped", "local ids = redis.call('ZRANGEBYSCORE', queue.leased, '-inf', now_ms,",
     "local ids = redis.call('ZRANGEBYSCORE', queue.leased, '-inf', '+inf',"},
    {"destructive_pop", "redis.call('ZADD', queue.leased, unpack(leased))", ""},
    {"destructive_pop", "ends and\n                     lease_holds(tonumber(ends), now_ms)", "true"},
    {"no_owner_fencing", "local mine = r and r.owner == args[3] and r.claims == tonumber(args[4]) and",
     "local mine = r and"},
    {"dedupe_by_ttl", "redis.call('SET', guard, args[3])",
     "redis.call('SET', guard, args[3], 'EX', '172800')"},
    {"rate_is_not_charged",
     "if rate then redis.call('HSET', queue.rate, 'tat', text_of(rate.at + rate.interval)) end", ""},
};

/// The library as it is but for one rule.
std::string with_bug(const std::string& name) {
    std::string source = redis::functions::source;
    bool known = false;
    for (const Change& change : changes) {
        if (name == change.bug) {
            source = changed(std::move(source), change.from, change.to);
            known = true;
        }
    }
    if (!known) {
        throw std::runtime_error("no such bug: " + name);
    }
    return source;
}

class Tool {
 public:
    Tool(const std::string& socket, const std::string& keys, const std::string& program,
         const std::vector<std::string>& lines)
        : line_(lines.front()),
          client_(redis::make_client(io_.get_executor(), address_of(socket))),
          vault_(vault::make_vault(must(vault::Keys::load(keys)))) {
        std::map<std::string, outbox::LineOut> outs;
        for (const std::string& line : lines) {
            outbox::LineOut& out = outs[line];
            out.line = line;
            out.queue = outbox::queue_of(stores::Keyspace(program), line);
            out.program = program;
        }
        program_ = program;
        outbox_ = std::make_unique<outbox::Outbox>(*client_, *vault_, clock_, std::move(outs));
    }
    ~Tool() { client_->close(); }
    Tool(const Tool&) = delete;
    Tool& operator=(const Tool&) = delete;

    json::object obey(const std::string& command) {
        std::istringstream in(command);
        std::string verb;
        std::string one;
        std::string other;
        in >> verb >> one >> other;
        if (verb == "post") {
            return post(one, other);
        }
        if (verb == "states") {
            return states();
        }
        if (verb == "outside") {
            return outside(command.substr(verb.size()));
        }
        if (verb == "survey") {
            return survey();
        }
        if (verb == "bug") {
            const redis::Reply loaded = ask({"FUNCTION", "LOAD", "REPLACE", with_bug(one)});
            return {{loaded.error() == nullptr ? "done" : "error", one}};
        }
        if (verb == "expand" || verb == "cursor") {
            std::istringstream words(command.substr(verb.size()));
            const chaos::Expanding tools{io_, *client_, *vault_, clock_, *outbox_, line_};
            return verb == "expand" ? chaos::expand(tools, words) : chaos::tell_cursor(tools, words);
        }
        throw std::runtime_error("no such command");
    }

 private:
    static Deadline in_time() { return std::chrono::steady_clock::now() + patience; }
    redis::Reply ask(redis::Command command) {
        return must(tests::run(io_, client_->execute(std::move(command), in_time())));
    }
    json::object post(const std::string& id, const std::string& number) {
        std::vector<vault::IdRequest> who;
        who.push_back({vault::IdKind::phone, number});
        const auto ids = must(tests::run(io_, vault_->id(std::move(who))));
        outbox::Message message{outbox::Lane::reply,
                                must(vault::PhoneNumber::parse(number)),
                                ids.front().hex(),
                                outbox::Text{locales::PrivateText("A word for you, " + id + "."), 600s},
                                0,
                                {}};
        redis::Commit commit;
        commit.writes = must(tests::run(io_, outbox_->post(line_, id, std::move(message), {})));
        commit.now_ms = clock_.now().time_since_epoch().count();
        const redis::Committed done = must(tests::run(io_, redis::commit(*client_, commit, in_time())));
        const bool committed = done.outcome == redis::Committed::Outcome::committed;
        return {{"done", committed ? "committed" : "unmet"}};
    }

    json::object states() {
        json::object found;
        for (const auto& [line, out] : outbox_->lines()) {
            add_states(out.queue, found);
        }
        return {{"states", std::move(found)}};
    }

    void add_states(const redis::LeaseQueue& queue, json::object& found) {
        const redis::Reply all = ask({"HGETALL", queue.states});
        if (all.array() == nullptr) {
            throw std::runtime_error("no states");
        }
        for (std::size_t i = 0; i + 1 < all.array()->size(); i += 2) {
            const redis::JobState state = must(redis::read_job_state(*(*all.array())[i + 1].string()));
            found[*(*all.array())[i].string()] = json::object{{"phase", static_cast<int>(state.phase)},
                                                              {"attempts", state.attempts},
                                                              {"doubts", state.doubts},
                                                              {"note", state.note}};
        }
    }

    json::object outside(const std::string& cases) {
        json::object names;
        std::istringstream in(cases);
        for (std::string id; in >> id;) {
            redis::LoadKeys wanted;
            wanted.document = stores::Keyspace(program_).alert(id);
            redis::Loaded stored = must(tests::run(io_, redis::load(*client_, wanted, in_time())));
            if (stored.version == 0) {
                continue;
            }
            std::vector<vault::SealRequest> sealed;
            sealed.push_back({vault::Purpose::alert, wanted.document, std::move(stored.document)});
            const auto plain = must(tests::run(io_, vault_->open(std::move(sealed))));
            names[id] = must(alerts::parse_alert(plain.front())).outside;
        }
        return {{"outside", std::move(names)}};
    }

    json::object survey() {
        json::array findings;
        for (const auto& [line, out] : outbox_->lines()) {
            add_survey(out.queue, findings);
        }
        return {{"findings", std::move(findings)}};
    }

    void add_survey(const redis::LeaseQueue& queue, json::array& findings) {
        std::string page;
        do {
            const redis::Survey seen = must(tests::run(io_, redis::survey(*client_, queue, page, in_time())));
            for (const redis::Survey::Finding& finding : seen.findings) {
                findings.push_back(json::string(finding.id + ": " + finding.what));
            }
            page = seen.next;
        } while (!page.empty());
    }

    boost::asio::io_context io_{1};
    std::string line_;
    std::string program_;
    ops::SystemClock clock_;
    std::unique_ptr<redis::Client> client_;
    std::unique_ptr<vault::Vault> vault_;
    std::unique_ptr<outbox::Outbox> outbox_;
};

int serve(int count, char** words) {
    Tool tool(words[1], words[2], words[3], std::vector<std::string>(words + 4, words + count));
    for (std::string line; std::getline(std::cin, line);) {
        json::object answer;
        try {
            answer = tool.obey(line);
        } catch (const std::exception& failed) {
            answer = {{"error", failed.what()}};
        }
        std::cout << json::serialize(answer) << std::endl;
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count < 5) {
        std::cerr << "usage: outbox_tool SOCKET KEYS_DIR PROGRAM LINE…\n";
        return 64;
    }
    try {
        return serve(count, words);
    } catch (const std::exception& failed) {
        std::cerr << failed.what() << "\n";
        return 69;
    }
}

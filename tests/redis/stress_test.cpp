// Many callers on one connection, cancelled, late and cut off at random while Redis is killed: nobody may
// ever get somebody else's reply, nothing may be reported as not sent that happened, and every call must end.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr int callers = 64;
constexpr int calls = 150;
constexpr int kills = 4;

class Stress : public testing::Test {
 protected:
    struct Caller {
        asio::cancellation_signal cancel;
        std::optional<asio::steady_timer> timer;
        int done = 0;
    };

    std::uint32_t roll(std::uint32_t sides) { return static_cast<std::uint32_t>(random()) % sides; }

    // Every call writes a key of its own, and its reply names the call.
    void next_call(std::size_t who) {
        Caller& caller = all[who];
        if (caller.done == calls) {
            ++finished;
            return;
        }
        const std::string token = std::to_string(who) + ":" + std::to_string(caller.done++);
        const std::string padding(roll(20) == 0 ? 200000 : roll(300), 'p');
        const auto time =
            roll(5) == 0 ? std::chrono::microseconds(roll(3000)) : std::chrono::microseconds(1s);
        const auto until = std::chrono::steady_clock::now() + time;
        auto work = client->execute(
            {"EVAL", "redis.call('SET', KEYS[1], '1') return ARGV[1]", "1", token, token, padding}, until);
        asio::co_spawn(
            io, std::move(work),
            asio::bind_cancellation_slot(caller.cancel.slot(),
                                         [this, who, token](std::exception_ptr bug, Result<Reply> reply) {
                                             judge(token, bug, reply);
                                             next_call(who);
                                         }));
        if (roll(6) == 0) {
            caller.timer->expires_after(std::chrono::microseconds(roll(2000)));
            caller.timer->async_wait([this, who, call = caller.done](boost::system::error_code error) {
                if (!error && all[who].done == call) {
                    all[who].cancel.emit(asio::cancellation_type::terminal);
                }
            });
        }
    }
    void judge(const std::string& token, std::exception_ptr bug, const Result<Reply>& reply) {
        if (bug) {
            // Cancelled between the spawn and the first step of execute(): nothing was asked.
            ++outcomes["never started"];
        } else if (!reply) {
            ++outcomes[reply.error().message()];
            if (reply.error() == errc::not_sent) {
                not_sent.push_back(token);
            }
        } else {
            ++outcomes["answered"];
            ASSERT_NE(reply->string(), nullptr)
                << (reply->error() != nullptr ? reply->error()->text : "no text");
            ASSERT_EQ(*reply->string(), token);
            answered.push_back(token);
        }
    }

    asio::io_context io{1};
    std::minstd_rand random{20251};
    std::vector<Caller> all{callers};
    std::unique_ptr<Client> client;
    std::size_t finished = 0;
    std::map<std::string, int> outcomes;
    std::vector<std::string> answered;
    std::vector<std::string> not_sent;
};

TEST_F(Stress, NoMismatchNoLossNoLeakUnderKillsCancellationsAndDeadlines) {
    tests::RedisServer server;
    Address address;
    address.unix_path = server.socket();
    client = make_client(io.get_executor(), address);
    for (std::size_t who = 0; who < callers; ++who) {
        all[who].timer.emplace(io);
        next_call(who);
    }
    const auto limit = std::chrono::steady_clock::now() + 60s;
    for (int kill = 1; kill <= kills; ++kill) {
        const auto share = static_cast<std::size_t>(callers * calls * kill / (kills + 1));
        while (answered.size() < share && finished < callers && io.run_one_until(limit) != 0) {
        }
        server.kill();
        server.start();
    }
    while (finished < callers && io.run_one_until(limit) != 0) {
    }
    ASSERT_EQ(finished, static_cast<std::size_t>(callers));
    for (const std::string& token : answered) {
        const Result<Reply> there = tests::run(io, client->execute({"EXISTS", token}, in(5s)));
        ASSERT_TRUE(there && *there->integer() == 1) << "answered but lost: " << token;
    }
    for (const std::string& token : not_sent) {
        const Result<Reply> there = tests::run(io, client->execute({"EXISTS", token}, in(5s)));
        ASSERT_TRUE(there && *there->integer() == 0) << "said not sent but done: " << token;
    }
    EXPECT_GE(client->traffic().reconnects, 1U);
    EXPECT_GT(outcomes["answered"], callers * calls / 2);
    for (const auto& [outcome, count] : outcomes) {
        RecordProperty(outcome, count);
        std::cout << "    " << count << " x " << outcome << '\n';
    }
    client->close();
}

}  // namespace
}  // namespace rightsline::redis

// What the tests of the turn await, compiled once: gates, and coroutines run to their end or beside the others.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {

struct Gate::Bar {
    boost::asio::steady_timer timer;
};

Gate::Gate(boost::asio::io_context& io)
    : bar_(std::make_unique<Bar>(
          Bar{boost::asio::steady_timer(io, std::chrono::steady_clock::time_point::max())})) {}
Gate::~Gate() = default;

Awaitable<void> Gate::pass() {
    boost::system::error_code ignored;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ignored);
    co_await bar_->timer.async_wait(token);
}

void Gate::open() { bar_->timer.cancel(); }

Deed WithTurns::await(Awaitable<Deed> work) { return tests::run(io, std::move(work)); }

std::string WithTurns::await(Awaitable<std::string> work) { return tests::run(io, std::move(work)); }

Awaitable<std::string> WithTurns::guess(std::string event, std::string code, DeedContext context) {
    flows::DoRequest request;
    request.action = "report.open";
    request.secret = locales::PrivateText(code);
    context.event = std::move(event);
    std::optional<ReadyCode> none;
    const Deed deed = co_await deeds->perform(request, std::move(context), none);
    redis::Commit commit;
    commit.writes = deed.writes;
    const Result<redis::Committed> done = co_await redis::commit(*client, std::move(commit), far());
    EXPECT_TRUE(done);
    co_return deed.result.exit;
}

void WithTurns::at_once(Awaitable<std::string> work, std::function<void(std::string)> ended) {
    boost::asio::co_spawn(io, std::move(work),
                          [ended = std::move(ended)](const std::exception_ptr& bug, std::string answer) {
                              if (bug) {
                                  std::rethrow_exception(bug);
                              }
                              ended(std::move(answer));
                          });
}

namespace {

Awaitable<std::string> taken(Turns& turns, LineContext line, providers::Inbound inbound) {
    const http::Response answer = co_await turns.take(line, inbound);
    co_return answer.body;
}

}  // namespace

std::pair<std::string, std::string> WithTurns::say_at_once(providers::Inbound one, providers::Inbound other) {
    std::pair<std::string, std::string> answers;
    int answered = 0;
    at_once(taken(*turns, line(), std::move(one)), [&](std::string body) {
        answers.first = std::move(body);
        ++answered;
    });
    at_once(taken(*turns, line(), std::move(other)), [&](std::string body) {
        answers.second = std::move(body);
        ++answered;
    });
    tests::run_until(io, [&answered] { return answered == 2; });
    return answers;
}

}  // namespace rightsline::conversations

#include "gateway/keep/ask.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <span>
#include <utility>

#include "redis/error.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t at_once = 512;

/// Shared with the questions under way.
struct Round {
    Round(boost::asio::any_io_executor executor, std::size_t count)
        : replies(count), left(count), done(std::move(executor)) {
        done.expires_at(redis::Deadline::max());
    }
    void heard(std::size_t which, Result<redis::Reply> reply) {
        replies[which] = std::move(reply);
        if (--left == 0) {
            done.cancel();
        }
    }

    std::vector<Result<redis::Reply>> replies;
    std::size_t left;
    boost::asio::steady_timer done;
};

bool refused(const redis::Reply& reply) {
    return reply.error() != nullptr && !reply.error()->text.starts_with("WRONGTYPE");
}

Awaitable<Result<void>> ask_some(redis::Client& client, std::span<redis::Command> questions, Replies& all,
                                 redis::Deadline deadline) {
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    const auto round = std::make_shared<Round>(executor, questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
        boost::asio::co_spawn(executor, client.execute(std::move(questions[i]), deadline),
                              [round, i](const std::exception_ptr& bug, Result<redis::Reply> reply) {
                                  if (bug) {
                                      std::rethrow_exception(bug);
                                  }
                                  round->heard(i, std::move(reply));
                              });
    }
    boost::system::error_code woken;
    while (round->left > 0) {
        co_await round->done.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    }
    for (Result<redis::Reply>& reply : round->replies) {
        if (!reply || refused(*reply)) {
            co_return reply ? make_error_code(redis::errc::server_error) : reply.error();
        }
        all.push_back(std::move(*reply));
    }
    co_return Result<void>();
}

}  // namespace

Awaitable<Result<Replies>> ask_all(redis::Client& client, std::vector<redis::Command> questions,
                                   redis::Deadline deadline) {
    Replies all;
    all.reserve(questions.size());
    for (std::size_t from = 0; from < questions.size(); from += at_once) {
        const std::span<redis::Command> some =
            std::span(questions).subspan(from, std::min(at_once, questions.size() - from));
        const Result<void> asked = co_await ask_some(client, some, all, deadline);
        if (!asked) {
            co_return asked.error();
        }
    }
    co_return all;
}

}  // namespace rightsline::keep

#include "gateway/ops/pause.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rightsline::ops {

Awaitable<bool> pause(std::chrono::milliseconds length) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, length);
    boost::system::error_code failed;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    co_return !failed;
}

}  // namespace rightsline::ops

#include "gateway/hooks/drain.hpp"

#include <boost/asio/this_coro.hpp>
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/seeded_bugs.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "locales/private_text.hpp"

namespace rightsline::hooks {
namespace {

using namespace std::chrono_literals;

constexpr auto turn_budget = 4s;

}  // namespace

Awaitable<bool> Drain::work() {
    const auto loop = co_await boost::asio::this_coro::executor;
    for (;;) {
        Result<std::optional<spool::Record>> record = co_await services_.spool.oldest();
        if (record && !*record) {
            if (taken_ != 0) {
                ops::log(ops::Level::info, "spool_drained", {{"records", std::exchange(taken_, 0)}});
            }
            co_return true;
        }
        Result<void> taken = record ? Result<void>() : Result<void>(record.error());
        const std::uint64_t sequence = record ? (*record)->sequence : 0;
        if (taken) {
            taken = co_await take(std::move(**record));
            ops::wipe_stack_soon(loop);
        }
        if (!taken) {
            const std::int64_t times = stuck_.due(services_.clock.steady());
            if (times != 0) {
                ops::log(
                    ops::Level::warn, "spool_waits_on",
                    {{"error", taken.error()}, {"records", services_.spool.waiting()}, {"times", times}});
            }
            co_return false;
        }
        ops::test_point("mid_drain");
        services_.spool.drained(sequence);
        ++taken_;
    }
}

Awaitable<Result<void>> Drain::take(spool::Record record) {
    Result<conversations::Spooled> event = conversations::parse_spooled(record.bytes);
    locales::wipe(record.bytes);
    if (!event && event.error() == conversations::make_error_code(conversations::errc::newer)) {
        co_return event.error();
    }
    if (!event) {
        ops::log(ops::Level::error, "spool_record_not_understood", {{"error", event.error()}});
        co_return Result<void>();
    }
    if (auto* news = std::get_if<conversations::RecordingJob>(&*event)) {
        co_return co_await services_.recordings.write_news(std::move(*news));
    }
    auto text = std::get<conversations::SpooledText>(std::move(*event));
    co_return co_await take_text(std::move(text), record.kept_at);
}

Awaitable<Result<void>> Drain::take_text(conversations::SpooledText text, ops::UtcMs kept_at) {
    const conversations::LineContext line = services_.line(text);
    text.inbound.said_at = kept_at;
    if (conversations::has_bug("spool_not_deduped")) {
        vault::KeyedId another;
        ops::draw_fresh_bytes(another.bytes);
        text.inbound.identity += another.hex();
    }
    co_return co_await services_.turns.take_in(line, text.inbound, services_.clock.in(turn_budget));
}

}  // namespace rightsline::hooks

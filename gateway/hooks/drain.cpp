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
constexpr auto apart_rest = 1min;

/// Of a text; "" of anything else.
std::string program_of(std::string_view bytes) {
    const Result<conversations::Spooled> event = conversations::parse_spooled(bytes);
    const auto* text = event ? std::get_if<conversations::SpooledText>(&*event) : nullptr;
    return text != nullptr ? text->program : std::string();
}

}  // namespace

void Drain::look_again_at_all() {
    const Deadline now = services_.clock.steady();
    if (behind_ != 0 && now >= look_again_) {
        behind_ = 0;
        apart_ = 0;
        not_loaded_.clear();
    }
}

void Drain::tell_of(boost::system::error_code error) {
    const std::int64_t times = stuck_.due(services_.clock.steady());
    if (times != 0) {
        ops::log(ops::Level::warn, "spool_waits_on",
                 {{"error", error}, {"records", services_.spool.waiting()}, {"times", times}});
    }
}

Awaitable<bool> Drain::work() {
    const auto loop = co_await boost::asio::this_coro::executor;
    look_again_at_all();
    for (;;) {
        Result<std::optional<spool::Record>> record = co_await services_.spool.oldest(behind_);
        if (!record) {
            tell_of(record.error());
            co_return false;
        }
        if (!*record) {
            if (taken_ != 0) {
                ops::log(ops::Level::info, "spool_drained", {{"records", std::exchange(taken_, 0)}});
            }
            co_return apart_ == 0;
        }
        const std::uint64_t sequence = (*record)->sequence;
        const Went went = co_await take_next(std::move(**record));
        ops::wipe_stack_soon(loop);
        if (went == Went::stuck) {
            co_return false;
        }
        if (went == Went::apart) {
            look_again_ = behind_ == 0 ? services_.clock.in(apart_rest) : look_again_;
            behind_ = sequence;
            ++apart_;
            continue;
        }
        ops::test_point("mid_drain");
        services_.spool.drained(sequence);
        ++taken_;
    }
}

Awaitable<Drain::Went> Drain::take_next(spool::Record record) {
    std::string program = program_of(record.bytes);
    if (not_loaded_.contains(program)) {
        locales::wipe(record.bytes);
        co_return Went::apart;
    }
    const Result<void> taken = co_await take(std::move(record));
    if (taken) {
        co_return Went::taken;
    }
    tell_of(taken.error());
    if (taken.error() != conversations::make_error_code(conversations::errc::no_program)) {
        co_return Went::stuck;
    }
    not_loaded_.insert(std::move(program));
    co_return Went::apart;
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

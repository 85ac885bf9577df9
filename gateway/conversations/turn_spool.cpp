// What is said, and kept on this machine's own disk, when the store is gone.
#include <utility>

#include "gateway/conversations/spooled.hpp"
#include "gateway/conversations/static_answer.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/spool/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

// Behind the turn's own budget: the answer is still in time.
constexpr auto text_patience = 800ms;
constexpr auto voice_patience = 300ms;
constexpr auto news_patience = 2s;  // nobody listens

bool is_text(const providers::Inbound& inbound) {
    return inbound.hook == providers::Hook::sms && std::holds_alternative<flows::Texted>(inbound.event);
}

bool has_sound(const providers::Inbound& inbound) {
    const auto* recorded = std::get_if<flows::Recorded>(&inbound.event);
    return recorded != nullptr && !recorded->recording.empty() && inbound.recording.has_value();
}

Kept kept_after(const Result<void>& done, Kept before) {
    if (done) {
        return Kept::here;
    }
    return done.error() == spool::make_error_code(spool::errc::unsure) ? Kept::unsure : before;
}

}  // namespace

/// An unknown commit is spooled too: the event's identity makes the drain a repeat of it.
Awaitable<Kept> Turns::keep_text(const LineContext& line, const providers::Inbound& inbound, Kept kept) {
    SpooledText text{line.program, line.account, inbound};
    std::string bytes = to_bytes(text);
    const Deadline until = services_.clock.in(text_patience);
    const Result<void> done = co_await services_.spool->append(std::move(bytes), until);
    if (!done) {
        ops::log(ops::Level::error, "text_not_spooled", {{"error", done.error()}});
    }
    co_return kept_after(done, kept);
}

Awaitable<Kept> Turns::keep_news(RecordingJob news, Kept kept, std::chrono::milliseconds patience) {
    std::string bytes = spooled_bytes(news);
    const Result<void> done =
        co_await services_.spool->append(std::move(bytes), services_.clock.in(patience));
    if (!done) {
        ops::log(ops::Level::error, "recording_news_not_spooled", {{"error", done.error()}});
    }
    co_return kept_after(done, kept);
}

RecordingJob Turns::news_of(const LineContext& line, const providers::Inbound& inbound, const Names& names) {
    const auto* recorded = std::get_if<flows::Recorded>(&inbound.event);
    const bool sound = recorded != nullptr && !recorded->recording.empty();
    RecordingJob news;
    news.id = names.event_hex;
    news.program = line.program;
    news.account = line.account;
    news.conversation = names.conversation;
    news.remote = *inbound.recording;
    news.seconds = sound ? static_cast<int>(recorded->length.count()) : 0;
    return news;
}

/// Where a message goes that a caller leaves now: a step of this call that is answered with the store or without it.
Awaitable<std::string> Turns::message_url(const LineContext& line, const providers::Inbound& inbound) {
    const std::uint32_t turn = inbound.hook == providers::Hook::voice ? 0 : inbound.turn;
    const Result<std::string> mac = co_await step_mac(line.account, inbound.call, turn);
    if (!mac) {
        co_return std::string();
    }
    co_return line.hooks_url + "/voice/step?t=" + std::to_string(turn) + "&k=" + *mac +
        "&n=" + std::to_string(left_a_message);
}

Awaitable<http::Response> Turns::sorry(const LineContext& line, const providers::Inbound& inbound,
                                       const Names* names, Kept kept) {
    Gone gone{kept, ""};
    const bool spools = services_.spool != nullptr && names != nullptr;
    if (services_.spool != nullptr && is_text(inbound)) {  // also one whose phone the vault cannot name now
        gone.kept = co_await keep_text(line, inbound, kept);
    } else if (spools && has_sound(inbound) && !is_sent_back(inbound)) {
        RecordingJob news = news_of(line, inbound, *names);
        gone.kept = co_await keep_news(std::move(news), kept, voice_patience);
    } else if (spools && may_leave_message(inbound) && services_.spool->takes()) {
        gone.message_url = co_await message_url(line, inbound);
    }
    const flows::PackPtr pack = services_.packs.active(line.program);
    co_return store_gone_answer(line, inbound, pack.get(), gone);
}

/// The provider told of a recording. Kept in the store or, while that is gone, in the spool.
Awaitable<Result<void>> Turns::hear_of_recording(LineContext line, providers::Inbound inbound) {
    const Result<Names> names = co_await name(line, inbound);
    if (!names) {
        co_return names.error();
    }
    RecordingJob news = news_of(line, inbound, *names);
    if (services_.spool == nullptr) {
        co_return co_await services_.recordings.hear(std::move(news));
    }
    const Result<void> written = co_await services_.recordings.write_news(news);
    if (written) {
        co_return written;
    }
    const Kept kept = co_await keep_news(news, Kept::no, news_patience);
    if (kept == Kept::here) {
        co_return Result<void>();
    }
    co_return co_await services_.recordings.hear(std::move(news));
}

}  // namespace rightsline::conversations

// How the texts of an answer leave: in the answer to the webhook, recorded as submitted, or through the outbox. Either
// way what is known of them is in the turn's own commit.
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

constexpr auto worth_answering = 24h;  // later it would only startle whoever holds the phone then

}  // namespace

/// Whether a receipt will tell of what leaves in the answer: only then it is worth to wait for one.
bool Turns::is_recorded(const Working& work) const {
    return services_.outbox != nullptr && work.inbound.mode == flows::Mode::sms && work.inbound.worker &&
           work.line.provider->tells_of_answers() && !work.line.urls.message_status.empty() &&
           services_.outbox->find(work.inbound.line) != nullptr;
}

Awaitable<Result<http::Response>> Turns::answer_text(Working& work,
                                                     const std::vector<flows::Action>& actions) {
    const bool goes = work.leaves == outbox::Leaves::through_outbox && work.inbound.mode == flows::Mode::sms;
    providers::ReturnUrls urls = work.line.urls;
    if (goes || is_recorded(work)) {
        urls.message = outbox::reply_name(work.leaves, says_secret(actions), work.names.event_hex);
    }
    std::size_t number = 0;
    for (const flows::Action& action : actions) {
        const auto* text = std::get_if<flows::Text>(&action);
        if (text == nullptr || urls.message.empty()) {
            continue;
        }
        const Result<void> kept = co_await keep_reply(work, outbox::reply_id(urls.message, ++number), *text);
        if (!kept) {
            co_return kept.error();
        }
    }
    static const std::vector<flows::Action> nothing;
    co_return work.line.provider->encode(work.inbound.hook, goes ? nothing : actions, urls);
}

/// One text, into the outbox. What may not be sent takes nothing else of the turn with it: it is counted, and logged.
Awaitable<Result<void>> Turns::keep_reply(Working& work, const std::string& id, const flows::Text& text) {
    if (services_.outbox == nullptr || !work.inbound.worker) {
        counters_->not_posted.add();
        ops::log(ops::Level::warn, "reply_to_nobody");
        co_return Result<void>();
    }
    const bool goes = work.leaves == outbox::Leaves::through_outbox;
    outbox::Message message{outbox::Lane::reply,
                            *work.inbound.worker,
                            work.names.conversation,
                            outbox::Text{locales::PrivateText(text.body)},
                            0,
                            goes ? work.now + worth_answering : ops::UtcMs{},
                            flows::has_stopped(work.step.conversation)};
    Result<std::vector<redis::Write>> writes = errc::store_gone;
    if (goes) {
        const ops::UtcMs due = outbox::at_once(0, work.now);
        writes = co_await services_.outbox->post(work.inbound.line, id, std::move(message), due);
    } else {
        writes = co_await services_.outbox->record(work.inbound.line, id, std::move(message));
    }
    if (!writes && writes.error().category() == outbox::category()) {
        counters_->not_posted.add();
        ops::log(ops::Level::error, "reply_not_posted", {{"error", writes.error()}});
        co_return Result<void>();
    }
    if (!writes) {
        co_return writes.error();
    }
    work.posted = work.posted || goes;
    std::move(writes->begin(), writes->end(), std::back_inserter(work.writes));
    co_return Result<void>();
}

}  // namespace rightsline::conversations

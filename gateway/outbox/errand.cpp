// The way of one message: opened, marked, sent, settled.
#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/outbox/seeded_bugs.hpp"
#include "gateway/outbox/way.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/one_way.hpp"

namespace rightsline::outbox {
namespace {

using namespace dispatch;

constexpr const char* status_path = "/status?m=";
constexpr const char* tell_again = "#rc=3&rp=all";  // how often Twilio brings a receipt that we did not take

redis::Settlement final_word(Outcome outcome) {
    return {redis::Settlement::What::done, 0, true, note_of(outcome, "")};
}

std::chrono::milliseconds budget_of(Lane lane) {
    return lane == Lane::alert ? send_budget_of_alert : send_budget;
}

std::int64_t submit_lease_of(Lane lane) {
    return lane == Lane::alert ? submit_lease_of_alert_ms : submit_lease_ms;
}

redis::Settlement release() { return {redis::Settlement::What::release, 0, true, ""}; }

/// The redis room tells which guard stood in the way; what it means is known here.
redis::Settlement refused_by(const redis::Marked& marked) {
    using Outcome_ = redis::Marked::Outcome;
    switch (marked.outcome) {
        case Outcome_::in_set:
            return final_word(Outcome::stopped);
        case Outcome_::over_limit:
            return final_word(Outcome::capped);
        case Outcome_::too_late:
            return final_word(Outcome::too_late);
        case Outcome_::differs:
            return final_word(Outcome::withdrawn);
        default:
            return release();
    }
}

}  // namespace

Awaitable<void> Dispatcher::carry(Way& way, redis::Leased job) {
    struct Leaving {
        Dispatcher& dispatcher;
        Way& way;
        ~Leaving() {
            --way.under_way;
            --dispatcher.under_way_;
            way.breaker.withdrawn();
            if (way.under_way + 1 == most_at_once) {
                way.rung = true;
                way.bell.cancel();
            }
        }
    } const leaving{*this, way};
    const Result<Message> message = co_await open(way, job);
    if (!message) {
        redis::Settlement what = unopened(message.error(), false);
        co_await settle(way, std::move(job), Lane::reply, std::move(what));
        co_return;
    }
    Result<http::Outgoing> request =
        way.out.sender->build_send(outbound_of(way, job, *message), *way.out.credentials);
    ops::wipe_stack_soon(co_await boost::asio::this_coro::executor);  // number and words went over it
    if (!request) {
        ops::log(ops::Level::error, "outbox_message_impossible", {{"error", request.error()}});
        co_await settle(way, std::move(job), message->lane, final_word(Outcome::no_way));
        co_return;
    }
    ops::test_point("before_mark");
    const bool mine = co_await marked(way, job, *message);
    if (!mine) {
        co_return;
    }
    ops::test_point("submitting");
    const providers::SendResult result = co_await send(way, message->lane, std::move(*request));
    ops::test_point("sent");
    judge(way, result);
    co_await note_stop(way, *message, result);
    redis::Settlement what = co_await settlement_of(way, job, message->lane, result);
    co_await settle(way, std::move(job), message->lane, std::move(what));
}

/// While the home cannot open it, it waits and says why; else nobody ever can. `doubtful`: it may have left already.
redis::Settlement Dispatcher::unopened(const boost::system::error_code& why, bool doubtful) {
    const bool away = why == vault::make_error_code(vault::errc::away);
    const bool used_up = why == vault::make_error_code(vault::errc::used_up);
    if (!away && !used_up) {
        ops::log(ops::Level::error, "outbox_message_unreadable", {{"error", why}});
        return final_word(Outcome::no_way);
    }
    counters_->waits_for_vault.add();
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(away ? vault_rest : quota_rest);
    const auto later = doubtful ? redis::Settlement::What::unknown : redis::Settlement::What::again;
    const auto delay = rest + std::chrono::milliseconds(static_cast<std::int64_t>(random() * 1000));
    return {later, delay.count(), false, away ? "waits: vault away" : "waits: vault's quota of the day"};
}

Awaitable<Result<Message>> Dispatcher::open(const Way& way, const redis::Leased& job) {
    std::vector<vault::SealRequest> requests;
    const auto purpose = vault::is_one_way(job.payload) ? vault::Purpose::reply : vault::Purpose::outbox;
    requests.push_back({purpose, way.out.queue.jobs + job.lease.id, job.payload});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    co_return parse_message(plain->front());
}

/// The last thing before the request leaves: whose lease it is, STOP, the caps and the rate, in one call.
Awaitable<bool> Dispatcher::marked(Way& way, const redis::Leased& job, const Message& message) {
    if (closed_) {  // we end: whoever claims next sends it, and need not wait for our lease
        co_await settle(way, job, message.lane, release());
        co_return false;
    }
    redis::Guards guards = guards_of(way, message);
    put_bug_in(guards);
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Marked> answer = co_await redis::mark_submitting(
        services_.redis, way.out.queue, job.lease, submit_lease_of(message.lane), std::move(guards), in_time);
    if (!answer) {  // marked or not, nothing was sent
        redis::Settlement later{redis::Settlement::What::again, 0, false, ""};
        co_await settle(way, job, message.lane, std::move(later));
        co_return false;
    }
    if (answer->outcome == redis::Marked::Outcome::fenced) {
        co_return false;
    }
    if (answer->outcome == redis::Marked::Outcome::go) {
        co_return true;
    }
    redis::Settlement what = refused_by(*answer);
    co_await settle(way, job, message.lane, std::move(what));
    co_return false;
}

Awaitable<providers::SendResult> Dispatcher::send(Way& way, Lane lane, http::Outgoing request) {
    const auto started = services_.clock.steady();
    const http::Fate fate =
        co_await services_.outside.send(std::move(request), services_.clock.in(budget_of(lane)));
    counters_->seconds.observe(std::chrono::duration<double>(services_.clock.steady() - started).count());
    if (!fate.answer) {
        ops::log(ops::Level::warn, "outbox_unanswered",
                 {{"error", fate.answer.error()}, {"may_have_arrived", fate.may_have_arrived}});
        co_return providers::unanswered(fate.may_have_arrived);
    }
    co_return way.out.sender->read_send(*fate.answer, services_.clock.now());
}

void Dispatcher::judge(Way& way, const providers::SendResult& result) {
    const Deadline now = services_.clock.steady();
    if (const auto* stopped = std::get_if<providers::AccountStopped>(&result)) {
        counters_->stopped_accounts.add();
        ops::log(ops::Level::error, "outbox_account_stopped",
                 {{"code", stopped->reason.code}, {"status", stopped->reason.status}});
        way.breaker.hold_until(now + 60s);
        return;
    }
    const auto* retry = std::get_if<providers::Retry>(&result);
    if (retry != nullptr && retry->after) {
        way.breaker.hold_until(now + *retry->after);
    } else if (retry != nullptr || std::holds_alternative<providers::Unknown>(result)) {
        way.breaker.failed(now);
    } else {
        way.breaker.succeeded();
    }
}

Awaitable<void> Dispatcher::note_stop(const Way& way, const Message& message,
                                      const providers::SendResult& result) {
    const auto* rejected = std::get_if<providers::Rejected>(&result);
    if (rejected == nullptr || !rejected->reason.opted_out || !std::holds_alternative<Text>(message.what) ||
        message.recipient.empty()) {
        co_return;
    }
    const Result<void> noted =
        co_await outbox_.note_stop(way.out.program, message.recipient, services_.clock.in(store_budget));
    ops::log(ops::Level::warn, "outbox_stopped_by_carrier", {{"noted", static_cast<bool>(noted)}});
}

/// What is accepted and says a code is in doubt until the copy there is asked to go: whoever looks finds its name again.
Awaitable<redis::Settlement> Dispatcher::settlement_of(const Way& way, const redis::Leased& job, Lane lane,
                                                       const providers::SendResult& result) {
    redis::Settlement what = after(result, lane, job.attempts + 1, random());
    const auto* accepted = std::get_if<providers::Accepted>(&result);
    const std::string theirs = accepted == nullptr ? "" : accepted->id;
    const bool erased = co_await asked_to_erase(way, job.lease.id, theirs);
    if (!erased) {
        what = {redis::Settlement::What::unknown, doubt_rest.count(), true, ""};
    }
    put_bug_in(what);
    co_return what;
}

Awaitable<void> Dispatcher::settle(Way& way, redis::Leased job, Lane lane, redis::Settlement settlement) {
    count(lane, settlement);
    const Deadline in_time = services_.clock.in(store_budget);
    Result<redis::Settled> settled =
        co_await redis::settle(services_.redis, way.out.queue, job.lease, settlement, in_time);
    if (!settled) {  // a repeat changes nothing; and if it fails as well, the lease ends and tells what it knows
        const Deadline later = services_.clock.in(store_budget);
        settled = co_await redis::settle(services_.redis, way.out.queue, job.lease, settlement, later);
    }
    if (!settled || *settled == redis::Settled::fenced) {
        ops::log(ops::Level::warn, "outbox_settle_missed", {{"fenced", static_cast<bool>(settled)}});
    }
}

void Dispatcher::count(Lane lane, const redis::Settlement& settlement) {
    const Counters::Lane& counters = counters_->lanes[static_cast<std::size_t>(lane)];
    using What = redis::Settlement::What;
    if (settlement.what == What::again) {
        counters.tried_again.add();
    } else if (settlement.what == What::unknown) {
        counters.unknown.add();
    } else if (settlement.what == What::done && settlement.note.starts_with(name_of(Outcome::accepted))) {
        counters.accepted.add();
    } else if (settlement.what == What::done) {
        counters.refused.add();
    }
}

redis::Guards Dispatcher::guards_of(const Way& way, const Message& message) const {
    const stores::Keyspace keys(way.out.program);
    const Limits& limits = way.out.limits;
    redis::Guards guards;
    guards.not_after_ms = message.not_after.time_since_epoch().count();
    guards.rate = way.out.rate;
    // Who is on call is called of a danger, whatever they said of texts.
    const bool heeds_stop = std::holds_alternative<Text>(message.what) || message.lane != Lane::alert;
    if (heeds_stop && !message.after_stop && !message.recipient.empty()) {
        guards.not_in.push_back({keys.stopped(), message.recipient});
    }
    if (!message.only_while.key.empty()) {
        const OnlyWhile& yes = message.only_while;
        guards.holds.push_back({yes.key, yes.field, yes.value});
    }
    if (message.lane == Lane::alert) {
        return guards;
    }
    const std::int64_t day =
        std::chrono::floor<std::chrono::days>(services_.clock.now()).time_since_epoch().count();
    guards.cap_index = keys.guards();
    if (limits.texts_per_recipient_a_day > 0) {
        guards.caps.push_back({keys.sent_to(message.recipient, day), limits.texts_per_recipient_a_day, 1});
    }
    if (limits.sends_a_day > 0) {
        guards.caps.push_back({keys.sent_by_program(day), limits.sends_a_day, 1});
    }
    return guards;
}

providers::Outbound Dispatcher::outbound_of(const Way& way, const redis::Leased& job,
                                            const Message& message) const {
    const std::string& id = job.lease.id;
    if (const Call* call = std::get_if<Call>(&message.what)) {
        return {way.out.line, message.to,
                providers::CallOut{providers::Page{way.out.hooks_url + call->page}, call->ring,
                                   call->hears_machines},
                way.out.hooks_url + status_path + id + tell_again};
    }
    const Text& text = std::get<Text>(message.what);
    std::chrono::seconds validity = text.validity;
    if (message.arrive_by != ops::UtcMs{}) {
        const auto left = std::chrono::floor<std::chrono::seconds>(message.arrive_by - services_.clock.now());
        validity = std::clamp(left, std::chrono::seconds(1), validity);
    }
    return {way.out.line, message.to, providers::TextOut{text.body, validity},
            way.out.hooks_url + status_path + id + tell_again};
}

}  // namespace rightsline::outbox

// What a carrier says of a message that left us: counted, kept, and the end of a doubt.
#include <charconv>
#include <utility>

#include "gateway/hooks/hook_parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/reply.hpp"

namespace rightsline::hooks {
namespace {

constexpr std::chrono::seconds budget{2};

}  // namespace

/// The carrier blocks texts from this line to that phone.
bool Hooks::is_opted_out(const std::string& account, const providers::Inbound& inbound) const {
    std::uint32_t code = 0;
    const std::string& said = inbound.delivery_error;
    std::from_chars(said.data(), said.data() + said.size(), code);
    return code != 0 && inbound.worker && inbound.mode == flows::Mode::sms &&
           directory_.accounts.at(account).provider->sender().explain(code).opted_out;
}

/// An answer that says a receipt code does not stay at the provider. It may not go there before its fate is known.
std::vector<redis::Write> Hooks::erasure_of(const Line& line, const providers::Inbound& inbound,
                                            const outbox::Delivery& said) const {
    std::vector<redis::Write> writes;
    const Account& account = directory_.accounts.at(line.account);
    if (outbox::says_code(inbound.ours) && account.copies != outbox::CopyPolicy::keep &&
        !inbound.message.empty()) {
        const ops::UtcMs now = services_.clock.now();
        writes.push_back(outbox::request_erasure(stores::Keyspace(line.program), line.account,
                                                 inbound.message,
                                                 said.terminal() ? now : now + outbox::until_delivered));
    }
    return writes;
}

/// Whoever made the call that it is of.
Awaitable<Result<void>> Hooks::tell_desks(const std::string& program, const providers::Inbound& receipt) {
    Result<void> told;
    if (services_.live != nullptr) {  // a phone that rings for a caller
        told = co_await services_.live->hear(program, receipt.ours, receipt.message, receipt.delivery);
    }
    if (told && services_.back != nullptr) {  // a call to a worker
        told = co_await services_.back->hear(program, receipt.ours, receipt.message, receipt.delivery);
    }
    if (told && services_.prompts != nullptr) {  // a call to somebody who records
        told = co_await services_.prompts->hear(program, receipt.ours, receipt.message, receipt.delivery);
    }
    if (told) {  // a call after a missed one
        told = co_await hear_of_missed(program, receipt);
    }
    co_return told;
}

/// Kept beside the message that it is of; the provider tells again what we could not keep.
Awaitable<http::Response> Hooks::receipt(const providers::Inbound& inbound) {
    const outbox::Delivery said = outbox::Delivery::of(inbound.delivery);
    if (said.arrived()) {
        counters_->delivered.add();
    } else if (said.terminal()) {
        counters_->undelivered.add();
        ops::log(ops::Level::warn, "text_undelivered");
    }
    const auto line = directory_.lines.find(inbound.line);
    if (inbound.ours.empty() || line == directory_.lines.end()) {
        co_return refuse(204, "");
    }
    const std::string event = "r:" + inbound.ours + ":" + inbound.message + ":" + inbound.delivery;
    outbox::Receipt receipt{services_.clock.now(), inbound.delivery, inbound.delivery_error};
    const Deadline in_time = services_.clock.in(budget);
    std::vector<redis::Write> besides = erasure_of(line->second, inbound, said);
    // A truth that comes late: nobody need wonder about it any more.
    const std::string never_known =
        outbox::never_known_of(stores::Keyspace(line->second.program), line->first);
    besides.push_back({redis::Op::zrem, never_known, {inbound.ours}});
    Result<void> kept = co_await services_.outbox.hear(line->second.program, inbound.ours, event, receipt,
                                                       in_time, std::move(besides));
    if (kept && outbox::left_in_answer(inbound.ours)) {
        kept = co_await services_.outbox.end_doubt(line->first, inbound.ours, inbound.message,
                                                   std::move(receipt), in_time);
    }
    if (kept) {
        kept = co_await tell_desks(line->second.program, inbound);
    }
    const bool stopped = kept && is_opted_out(line->second.account, inbound);
    if (stopped) {
        ops::log(ops::Level::warn, "outbox_stopped_by_carrier");
        kept = co_await services_.outbox.note_stop(line->second.program, *inbound.worker, in_time);
    }
    co_return kept ? refuse(204, "") : refuse(503, "");
}

}  // namespace rightsline::hooks

#include "gateway/outbox/retry.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;
using redis::Settlement;
using What = redis::Settlement::What;

constexpr std::chrono::milliseconds longest_backoff = 5min;
constexpr std::int64_t urgent_attempts =
    12;  // of an alert: somebody waits for help while a provider stumbles
constexpr std::chrono::milliseconds urgent_backoff = 10s;
constexpr std::chrono::milliseconds once_more = 10min;      // a handset that was off may be on again
constexpr std::chrono::milliseconds stopped_account = 60s;  // until a person has looked
constexpr std::int64_t most_looks = 10;                     // at a list that cannot be read
constexpr std::int64_t restored_looks = 4;                  // at one; with their rests some seconds

Settlement done(Outcome outcome, std::string_view more) {
    return {What::done, 0, true, note_of(outcome, more)};
}

Settlement again(std::chrono::milliseconds delay, bool counts) {
    return {What::again, delay.count(), counts, ""};
}

std::string words_of(const providers::Reason& reason) {
    return std::to_string(reason.code) + "/" + std::to_string(reason.status) + " " + std::string(reason.what);
}

Settlement after_retry(const providers::Retry& retry, Lane lane, std::int64_t attempts, double random) {
    const std::int64_t most = lane == Lane::alert ? most_attempts_of_alert : most_attempts;
    if (retry.counts && attempts >= most) {
        return done(Outcome::given_up, words_of(retry.reason));
    }
    const std::chrono::milliseconds asked = retry.after.value_or(0s);
    return again(std::max(asked, backoff(lane, attempts, random)), retry.counts);
}

Settlement after_rejection(const providers::Rejected& rejected, std::int64_t attempts) {
    if (rejected.reason.again == providers::Again::once && attempts < 2) {
        return again(once_more, true);
    }
    return done(Outcome::rejected, words_of(rejected.reason));
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return "accepted";
        case Outcome::rejected:
            return "rejected";
        case Outcome::given_up:
            return "given_up";
        case Outcome::unknown:
            return "unknown";
        case Outcome::stopped:
            return "stopped";
        case Outcome::capped:
            return "capped";
        case Outcome::too_late:
            return "too_late";
        case Outcome::withdrawn:
            return "withdrawn";
        case Outcome::no_way:
            return "no_way";
    }
    return "";
}

std::string note_of(Outcome outcome, std::string_view more) {
    std::string note(name_of(outcome));
    if (!more.empty()) {
        note.append(" ").append(more.substr(0, redis::lease_limits::note_bytes - note.size() - 1));
    }
    return note;
}

std::chrono::milliseconds backoff(Lane lane, std::int64_t attempts, double random) {
    std::chrono::milliseconds longest = longest_backoff;
    if (lane == Lane::alert && attempts <= urgent_attempts) {
        longest = urgent_backoff;
    }
    const double ceiling =
        std::min(static_cast<double>(longest.count()),
                 1000.0 * std::exp2(static_cast<double>(std::clamp<std::int64_t>(attempts, 1, 20))));
    return std::chrono::milliseconds(1000 +
                                     static_cast<std::int64_t>(random * std::max(0.0, ceiling - 1000.0)));
}

redis::Settlement after(const providers::SendResult& result, Lane lane, std::int64_t attempts,
                        double random) {
    if (const auto* accepted = std::get_if<providers::Accepted>(&result)) {
        return done(Outcome::accepted, accepted->id + " " + accepted->status);
    }
    if (const auto* retry = std::get_if<providers::Retry>(&result)) {
        return after_retry(*retry, lane, attempts, random);
    }
    if (const auto* rejected = std::get_if<providers::Rejected>(&result)) {
        return after_rejection(*rejected, attempts);
    }
    if (std::holds_alternative<providers::AccountStopped>(result)) {
        return again(stopped_account, false);
    }
    return {What::unknown, lane == Lane::reply ? doubt_rest.count() : 0, true, ""};
}

std::optional<redis::Settlement> by_receipt(const Receipt& receipt, std::string_view theirs,
                                            const providers::Sender& sender) {
    const DeliveryState said = Delivery::of(receipt.word).state();
    if (said == DeliveryState::none) {
        return std::nullopt;  // a word that nobody knows
    }
    if (said == DeliveryState::failed || said == DeliveryState::canceled) {
        std::uint32_t code = 0;
        std::from_chars(receipt.code.data(), receipt.code.data() + receipt.code.size(), code);
        return done(Outcome::rejected, words_of(sender.explain(code)));
    }
    return done(Outcome::accepted, std::string(theirs) + " " + receipt.word);
}

redis::Settlement resolve(const Evidence& evidence, const Message& message, std::int64_t doubts,
                          std::int64_t looks, double random) {
    if (!evidence.receipt && evidence.failed) {
        return done(Outcome::rejected, words_of(*evidence.failed));
    }
    if (evidence.receipt || !evidence.found.empty()) {
        return done(Outcome::accepted, evidence.found.empty()    ? "by its receipt"
                                       : evidence.status.empty() ? evidence.found
                                                                 : evidence.found + " " + evidence.status);
    }
    // An alert waits for no list, but for one that came back with a backup and for a moment only.
    const std::int64_t patience = message.lane == Lane::reply ? most_looks
                                  : evidence.restored         ? restored_looks
                                                              : 0;
    if (evidence.asked_in_vain && looks < patience) {
        return {What::unknown, backoff(message.lane, looks, random).count(), true, ""};
    }
    if (doubts <= message.copies) {
        return again(0ms, true);
    }
    return done(Outcome::unknown, "");
}

}  // namespace rightsline::outbox

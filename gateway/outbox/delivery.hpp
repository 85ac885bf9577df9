// Delivery: what the carrier has said about one message or call, whatever the order in which it arrived.
//
//     none < accepted < sending < sent < canceled < failed < undelivered < delivered < read
//                                        |------------------ terminal -------------------|
//
// Each receipt is a fact that was said; a Delivery is the set of the facts that were said, and joining two of them is the
// union. So the join is commutative, associative and idempotent by construction: order, repeats, lateness and a receipt
// before the API's own answer do not matter. The state is the highest fact of the set.
//
// Two terminals that contradict each other: the better one is the state, for a handset that took a text cannot give it
// back, a "failed" may be said of one part or one attempt, and to text a shared phone a second time is the greater harm.
// contradictory() then says so, so that a person can be shown it.
// A word that nobody here knows moves nothing, and strange() says that there was one; the raw words stay in the receipts.
//
// Words of calls stand beside those of texts: "ringing" is sent, an answered call (in-progress, completed) is delivered
// whoever or whatever answered, busy and no-answer are undelivered. "delivered" is the carrier's word, not proof that
// somebody read it. Must never: be taken for an acknowledgement of an alert. Threading: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::outbox {

enum class DeliveryState : std::uint8_t {
    none,         // nothing was said yet
    accepted,     // the provider has it
    sending,      // it gives it to the carrier
    sent,         // the carrier has it; of a call: it rings
    canceled,     // taken back before it was sent
    failed,       // it never left the provider
    undelivered,  // the carrier could not deliver it; of a call: nobody answered
    delivered,    // the carrier says that the phone has it; of a call: it was answered
    read,         // the phone says that it was shown
};

class Delivery {
 public:
    Delivery() = default;
    /// Of one word as the provider says it ("delivered"); `code`: the error that came with it, or 0.
    static Delivery of(std::string_view word, std::uint32_t code = 0);
    friend Delivery join(const Delivery& a, const Delivery& b);

    DeliveryState state() const;
    /// No word can lower it any more; only a better one, or a contradiction, can still come.
    bool terminal() const { return state() >= DeliveryState::canceled; }
    bool arrived() const { return state() >= DeliveryState::delivered; }
    /// Both that it arrived and that it did not were said.
    bool contradictory() const;
    /// A word that is not in the table was among them.
    bool strange() const { return (facts_ & strange_bit) != 0; }
    /// The error that was named, the greatest of several; 0 when none was.
    std::uint32_t code() const { return code_; }

    friend bool operator==(const Delivery&, const Delivery&) = default;

 private:
    static constexpr std::uint16_t strange_bit = 1U << 15U;

    std::uint16_t facts_ = 0;  // one bit for each state but none, and strange_bit
    std::uint32_t code_ = 0;
};

Delivery join(const Delivery& a, const Delivery& b);

/// "none", "accepted" …: for people and for metrics.
std::string_view name_of(DeliveryState state);

/// One receipt as it is kept. Every one is.
struct Receipt {
    std::chrono::sys_time<std::chrono::milliseconds> at{};  // when we got it
    std::string word;                                       // as it was said, at most 64 bytes
    std::string code;  // as it was said, at most 64 bytes; "" without one

    friend bool operator==(const Receipt&, const Receipt&) = default;
};

/// Bounded bytes; what is over the bounds, or is no visible ASCII, is cut away.
std::string encode_receipt(const Receipt& receipt);
/// Errors: std::errc::bad_message when these are no bytes of encode_receipt.
Result<Receipt> decode_receipt(std::string_view bytes);

/// The join over all of them.
Delivery delivery_of(std::span<const Receipt> receipts);

}  // namespace rightsline::outbox

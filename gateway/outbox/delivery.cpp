#include "gateway/outbox/delivery.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace rightsline::outbox {
namespace {

using Word = std::pair<std::string_view, DeliveryState>;

constexpr std::array words{
    // texts
    Word{"queued", DeliveryState::accepted},
    Word{"accepted", DeliveryState::accepted},
    Word{"scheduled", DeliveryState::accepted},
    Word{"sending", DeliveryState::sending},
    Word{"sent", DeliveryState::sent},
    Word{"partially_delivered", DeliveryState::sent},
    Word{"canceled", DeliveryState::canceled},
    Word{"failed", DeliveryState::failed},
    Word{"undelivered", DeliveryState::undelivered},
    Word{"delivered", DeliveryState::delivered},
    Word{"read", DeliveryState::read},
    // calls
    Word{"initiated", DeliveryState::accepted},
    Word{"ringing", DeliveryState::sent},
    Word{"busy", DeliveryState::undelivered},
    Word{"no-answer", DeliveryState::undelivered},
    Word{"answered", DeliveryState::delivered},
    Word{"in-progress", DeliveryState::delivered},
    Word{"completed", DeliveryState::delivered},
};

constexpr std::array<std::string_view, 9> names{"none",   "accepted",    "sending",   "sent", "canceled",
                                                "failed", "undelivered", "delivered", "read"};

constexpr std::size_t most_kept = 64;

constexpr std::uint16_t bit(DeliveryState state) {
    return state == DeliveryState::none ? 0 : static_cast<std::uint16_t>(1U << static_cast<unsigned>(state));
}

constexpr std::uint16_t arrivals =
    static_cast<std::uint16_t>(bit(DeliveryState::delivered) | bit(DeliveryState::read));
constexpr std::uint16_t losses = static_cast<std::uint16_t>(
    bit(DeliveryState::canceled) | bit(DeliveryState::failed) | bit(DeliveryState::undelivered));

std::string kept(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c > ' ' && c < 0x7F && out.size() < most_kept) {
            out += c;
        }
    }
    return out;
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && stop == text.data() + text.size() ? std::optional<Number>(number)
                                                                     : std::nullopt;
}

}  // namespace

Delivery Delivery::of(std::string_view word, std::uint32_t code) {
    const auto known = std::ranges::find(words, word, &Word::first);
    Delivery delivery;
    delivery.facts_ = known == words.end() ? strange_bit : bit(known->second);
    delivery.code_ = code;
    return delivery;
}

Delivery join(const Delivery& a, const Delivery& b) {
    Delivery both;
    both.facts_ = static_cast<std::uint16_t>(a.facts_ | b.facts_);
    both.code_ = std::max(a.code_, b.code_);
    return both;
}

DeliveryState Delivery::state() const {
    const auto facts = static_cast<std::uint16_t>(facts_ & ~strange_bit);
    return facts == 0 ? DeliveryState::none : static_cast<DeliveryState>(std::bit_width(facts) - 1);
}

bool Delivery::contradictory() const { return (facts_ & arrivals) != 0 && (facts_ & losses) != 0; }

std::string_view name_of(DeliveryState state) { return names.at(static_cast<std::size_t>(state)); }

std::string encode_receipt(const Receipt& receipt) {
    return std::to_string(receipt.at.time_since_epoch().count()) + " " + kept(receipt.word) + " " +
           kept(receipt.code);
}

Result<Receipt> decode_receipt(std::string_view bytes) {
    const boost::system::error_code bad = make_error_code(boost::system::errc::bad_message);
    const std::size_t first = bytes.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : bytes.find(' ', first + 1);
    if (second == std::string_view::npos) {
        return bad;
    }
    const auto at = whole_number<std::int64_t>(bytes.substr(0, first));
    Receipt receipt;
    receipt.word = bytes.substr(first + 1, second - first - 1);
    receipt.code = bytes.substr(second + 1);
    if (!at || kept(receipt.word) != receipt.word || kept(receipt.code) != receipt.code) {
        return bad;
    }
    receipt.at = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(*at));
    return receipt;
}

Delivery delivery_of(std::span<const Receipt> receipts) {
    Delivery all;
    for (const Receipt& receipt : receipts) {
        all = join(all, Delivery::of(receipt.word, whole_number<std::uint32_t>(receipt.code).value_or(0)));
    }
    return all;
}

}  // namespace rightsline::outbox

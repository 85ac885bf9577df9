#include "gateway/outbox/reply.hpp"

namespace rightsline::outbox {
namespace {

constexpr std::size_t event_digits = 32;

/// The beginning of an id, before the event; "" when it is no reply's.
std::string_view kind_of(std::string_view id) {
    const std::size_t dash = id.rfind('-');
    if (dash == std::string_view::npos || dash < event_digits + 1) {
        return {};
    }
    return id.substr(0, dash - event_digits);
}

}  // namespace

std::string reply_name(Leaves leaves, bool says_code, std::string_view event) {
    std::string name = leaves == Leaves::in_answer ? "w" : "t";
    return name.append(says_code ? "c" : "").append(event);
}

std::string reply_id(const std::string& name, std::size_t number) {
    return name + "-" + std::to_string(number);
}

bool left_in_answer(std::string_view id) {
    const std::string_view kind = kind_of(id);
    return kind == "w" || kind == "wc";
}

bool says_code(std::string_view id) {
    const std::string_view kind = kind_of(id);
    return kind == "wc" || kind == "tc";
}

}  // namespace rightsline::outbox

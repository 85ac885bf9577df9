// The state record of a lease queue's job, read as strictly as redis/functions/1_lease.lua reads it.
#include <charconv>

#include "redis/error.hpp"
#include "redis/lease_call.hpp"

namespace rightsline::redis {
namespace {

constexpr std::int64_t largest_count = 999'999'999;
constexpr std::int64_t largest_time = 1LL << 52;
constexpr std::string_view phases = "qcsuld";  // in the order of JobState::Phase

std::string_view next_word(std::string_view& rest, bool& whole) {
    const std::size_t space = rest.find(' ');
    whole = whole && space != std::string_view::npos;
    const std::string_view word = rest.substr(0, space);
    rest.remove_prefix(whole ? space + 1 : rest.size());
    return word;
}

std::int64_t number(std::string_view text, std::int64_t highest, bool& whole) {
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool zeros = text.size() > 1 && text.front() == '0';
    whole = whole && error == std::errc{} && end == text.data() + text.size() && !zeros &&
            within(value, 0, highest);
    return value;
}

}  // namespace

Result<JobState> read_job_state(std::string_view record) {
    bool whole = record.size() <= 1024;
    JobState state;
    const std::string_view head = next_word(record, whole);
    const std::size_t phase = head.empty() ? std::string_view::npos : phases.find(head.front());
    if (head.size() != 3 || phase == std::string_view::npos || !within(head[1], '0', '7') ||
        !within(head[2], '0', '1')) {
        return errc::unexpected_reply;
    }
    state.phase = static_cast<JobState::Phase>(phase);
    state.lane = static_cast<std::size_t>(head[1] - '0');
    state.paid = head[2] == '1';
    state.claims = number(next_word(record, whole), largest_count, whole);
    state.attempts = number(next_word(record, whole), largest_count, whole);
    state.doubts = number(next_word(record, whole), largest_count, whole);
    state.at_ms = number(next_word(record, whole), largest_time, whole);
    state.owner = next_word(record, whole);
    state.note = record;
    if (!whole || (!state.owner.empty() && !usable_owner(state.owner))) {
        return errc::unexpected_reply;
    }
    return state;
}

}  // namespace rightsline::redis

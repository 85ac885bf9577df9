#include "gateway/cases/unanswered.hpp"

#include <charconv>

namespace rightsline::cases {
namespace {

constexpr std::int64_t hour = 3600;
constexpr std::size_t longest_name = 200;  // with the time it fits the smallest padding: all look alike

/// Until the full hour after the day: when it will go tells no more than the hour in which it was written.
std::int64_t seconds_kept(std::int64_t at) { return unanswered_kept + hour - at % hour; }

}  // namespace

redis::Write unanswered_write(const stores::Keyspace& keys, const std::string& case_id,
                              const vault::MailboxPublicKey& mailbox, std::string_view question,
                              std::int64_t at) {
    const std::string key = keys.unanswered(case_id);
    std::string plain = std::to_string(at) + " ";
    plain += question.size() <= longest_name ? question : "";
    return {redis::Op::set_for,
            key,
            {vault::seal_to_mailbox(mailbox, key, plain), std::to_string(seconds_kept(at))}};
}

std::string read_unanswered(const vault::CirclePrivateKey& mailbox, const stores::Keyspace& keys,
                            const std::string& case_id, std::string_view stored, std::int64_t now) {
    const Result<std::string> plain = mailbox.open(keys.unanswered(case_id), stored);
    if (!plain) {
        return {};
    }
    std::int64_t at = 0;
    const char* const end = plain->data() + plain->size();
    const auto [space, failed] = std::from_chars(plain->data(), end, at);
    if (failed != std::errc() || space == end || *space != ' ' || now - at >= unanswered_kept) {
        return {};
    }
    return {space + 1, end};
}

}  // namespace rightsline::cases

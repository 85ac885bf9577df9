#include "gateway/cases/reply.hpp"

#include <array>
#include <boost/json.hpp>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

constexpr char version = 1;
constexpr std::size_t id_bytes = 16;
constexpr std::size_t circle_at = 1 + id_bytes + 4;
constexpr std::string_view digits = "0123456789abcdef";
constexpr char ready = '\x01';  // before and behind the key of a ready answer

std::string hex_of(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) {
        hex += digits[static_cast<std::uint8_t>(c) >> 4U];
        hex += digits[static_cast<std::uint8_t>(c) & 15U];
    }
    return hex;
}

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(digits.find(hex[i]) << 4U | digits.find(hex[i + 1]));
    }
    return bytes;
}

std::string fresh_id() {
    std::array<std::uint8_t, id_bytes> id{};
    ops::draw_fresh_bytes(id);
    return hex_of({reinterpret_cast<const char*>(id.data()), id.size()});
}

}  // namespace

std::string thread_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|thread";
}

std::string mailbox_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|mailbox";
}

std::string reply_context(std::string_view program, std::string_view case_id, std::string_view reply_id) {
    return std::string(program) + "|" + std::string(case_id) + "|reply|" + std::string(reply_id);
}

Reply seal_reply(const vault::CirclePublicKey& circle, const vault::MailboxPublicKey& mailbox,
                 std::string_view program, std::string_view case_id, const OpenedReply& words) {
    Reply reply;
    reply.id = fresh_id();
    const std::string context = reply_context(program, case_id, reply.id);
    json::object whole{{"text", words.text}, {"by", words.by}, {"at", words.at}};
    if (!words.answer.empty()) {
        whole["answer"] = words.answer;
    }
    std::string plain = json::serialize(whole);
    std::string for_worker = to_bytes(ReplyWords{words.text, words.answer});
    reply.for_circle = vault::seal_to_circle(circle, context, plain);
    reply.for_mailbox = vault::seal_to_mailbox(mailbox, context, for_worker);
    locales::wipe(plain);
    locales::wipe(for_worker);
    return reply;
}

std::string to_bytes(const ReplyWords& words) {
    return words.answer.empty() ? words.text : ready + words.answer + ready + words.text;
}

ReplyWords parse_reply_words(std::string bytes) {
    const std::size_t end = bytes.starts_with(ready) ? bytes.find(ready, 1) : std::string::npos;
    if (end == std::string::npos) {
        return {std::move(bytes), ""};
    }
    ReplyWords words{bytes.substr(end + 1), bytes.substr(1, end - 1)};
    locales::wipe(bytes);
    return words;
}

Result<OpenedReply> open_reply(const vault::CirclePrivateKey& key, std::string_view program,
                               std::string_view case_id, std::string_view reply_id, std::string_view sealed) {
    Result<std::string> plain = key.open(reply_context(program, case_id, reply_id), sealed);
    if (!plain) {
        return plain.error();
    }
    boost::system::error_code failed;
    const json::value value = json::parse(*plain, failed);
    if (failed || !value.is_object()) {
        return stores::errc::damaged;
    }
    const json::object& object = value.get_object();
    const json::value* at = object.if_contains("at");
    return OpenedReply{ops::text_of(object, "text"), ops::text_of(object, "by"),
                       at != nullptr && at->is_int64() ? at->get_int64() : 0, ops::text_of(object, "answer")};
}

std::string to_bytes(const Reply& reply) {
    std::string bytes{version};
    bytes += bytes_of(reply.id);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes += static_cast<char>(reply.for_circle.size() >> shift & 0xFFU);
    }
    return bytes + reply.for_circle + reply.for_mailbox;
}

Result<Reply> parse_reply(std::string_view bytes) {
    if (bytes.size() < circle_at || bytes[0] != version) {
        return stores::errc::damaged;
    }
    std::size_t length = 0;
    for (const char c : bytes.substr(1 + id_bytes, 4)) {
        length = length << 8U | static_cast<std::uint8_t>(c);
    }
    if (length > bytes.size() - circle_at) {
        return stores::errc::damaged;
    }
    return Reply{hex_of(bytes.substr(1, id_bytes)), std::string(bytes.substr(circle_at, length)),
                 std::string(bytes.substr(circle_at + length))};
}

std::vector<redis::Write> replying_writes(const stores::Keyspace& keys, const CaseFacts& facts,
                                          const Reply& reply, std::string who, std::int64_t at) {
    const std::string& case_id = facts.id;
    const std::string hour = std::to_string(at / 3600 * 3600);
    redis::Write written{redis::Op::hset, keys.case_facts(case_id), {"wrote", hour}};
    if (facts.answered_hour == 0) {
        written.arguments.insert(written.arguments.end(), {"answered", hour});
    }
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::must_exist, keys.mailbox(case_id), {}});
    writes.push_back({redis::Op::rpush, keys.replies(case_id), {to_bytes(reply)}});
    writes.push_back({redis::Op::hincrby, keys.case_facts(case_id), {"replies", "1"}});
    writes.push_back(std::move(written));
    writes.push_back(clocks_looked_at(keys, case_id, at));
    // A look of its own for each, so that none is lost while another is looked at.
    writes.push_back({redis::Op::zadd, keys.to_reach(), {"0", case_id + ":" + reply.id}});
    audit::add_entry(writes, keys, {audit::What::replied, case_id, std::move(who)});
    return writes;
}

std::vector<redis::Write> reading_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         std::int64_t number, std::int64_t read, std::int64_t hour) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back(
        {redis::Op::hset, keys.replies_read(case_id), {std::to_string(number), std::to_string(hour)}});
    writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"replies_read", std::to_string(read)}});
    audit::add_entry(writes, keys, {audit::What::reply_read, case_id, std::string(audit::worker)});
    return writes;
}

}  // namespace rightsline::cases

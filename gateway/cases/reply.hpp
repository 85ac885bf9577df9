// Reply: what the team writes to the worker of a case. It waits, sealed, until the worker gives the receipt code.
//
// Whoever writes seals it twice, before it reaches the server: to the circle, so that the others can read what was said, and
// to the case's mailbox, which only the receipt code opens. Both copies are bound to program, case and reply. The server
// keeps what it gets and can read neither; while the worker reads it opens the mailbox's copy with the code it was just given.
// A ready answer is a sentence of the program (flows/pack.hpp) that is sent as it stands: both copies name its key beside its
// words in the language of the report, so that whoever comes back hears it in whatever language, and a program that has dropped
// it leaves its words. The mailbox's copy of written words is these words; of a ready answer: 0x01 | key | 0x01 | words,
// which no written words are, for they hold no control character.
// In the store: version 1 | id 16 | length of the circle's copy 4, big endian | circle's copy | mailbox's copy.
// Pure: values and the writes they become. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cases/case_file.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/mailbox.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

inline constexpr std::int64_t most_replies = 200;  // of one case; all of them are one answer of the API

struct Reply {
    std::string id;  // hex, 32 characters: drawn by its writer, so that one sent twice is one
    std::string for_circle;
    std::string for_mailbox;
};

/// The words, as the circle's copy has them.
struct OpenedReply {
    std::string text;
    std::string by;        // "uid:1000", as the audit says it
    std::int64_t at = 0;   // seconds since 1970
    std::string answer{};  // the key of the ready answer that it is; "" = somebody's own words
};

/// What the worker's copy says.
struct ReplyWords {
    std::string text;
    std::string answer;  // as above
    friend bool operator==(const ReplyWords&, const ReplyWords&) = default;
};
std::string to_bytes(const ReplyWords& words);
/// Bytes of another form are somebody's own words: nobody's reply is lost for its form.
ReplyWords parse_reply_words(std::string bytes);

/// What the lock of a month around a case's replies, and around its mailbox, is bound to.
std::string thread_context(std::string_view program, std::string_view case_id);
std::string mailbox_context(std::string_view program, std::string_view case_id);

std::string reply_context(std::string_view program, std::string_view case_id, std::string_view reply_id);

/// Seals both copies, under an id of its own.
Reply seal_reply(const vault::CirclePublicKey& circle, const vault::MailboxPublicKey& mailbox,
                 std::string_view program, std::string_view case_id, const OpenedReply& words);
/// The circle's copy. Errors: as CirclePrivateKey::open, stores::errc::damaged.
Result<OpenedReply> open_reply(const vault::CirclePrivateKey& key, std::string_view program,
                               std::string_view case_id, std::string_view reply_id, std::string_view sealed);

std::string to_bytes(const Reply& reply);
/// Errors: stores::errc::damaged.
Result<Reply> parse_reply(std::string_view bytes);

/// The writes that add a reply to a case that is there, with their audit entry; whether its worker is to be told of it is
/// looked at once (gateway/reach), and what the clocks say after it. `at`: seconds since 1970, kept by the hour.
std::vector<redis::Write> replying_writes(const stores::Keyspace& keys, const CaseFacts& facts,
                                          const Reply& reply, std::string who, std::int64_t at);
/// The writes that say that the worker has read the `number`th reply (from 1), at `hour` (seconds), and with it `read` of them:
/// not always the first ones, for a call passes over what no voice can say.
std::vector<redis::Write> reading_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         std::int64_t number, std::int64_t read, std::int64_t hour);

}  // namespace rightsline::cases

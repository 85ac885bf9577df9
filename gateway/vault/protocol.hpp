// Protocol: what a gateway and the vault's process say to each other, as bytes. One question, one answer, on a unix socket.
//
//     frame      length of the rest (4, big endian, at most most_frame) | version 1 | question or answer
//     question   op (1)                      lend: nothing more
//                                            name: count (2), then each: kind (1), canonical (2 + bytes)
//                                            open: count (2), then each: purpose (1), context (2 + bytes), sealed (4 + bytes)
//     answer     status (1) | used (1)       done of lend: the keys; of name: 16 bytes each; of open: count (2), each (4 + bytes)
//
// `used`: percent of the fullest quota of the day, so that every answer tells. What is left over after a question's last byte
// is an error, and so is everything that is not written here. An open names what it is for: purpose and context, which are the
// send or the case that the blob was sealed for; another opens nothing.
// A new operation: an Op at the end, its fields in Question and Answer, a case in each of the four functions of protocol.cpp
// (the compiler asks for them), one in VaultDesk::answer, and what it may be asked a day in quota.hpp. The version changes when
// the bytes of an old one do. Must never: log a frame. Threading: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

inline constexpr std::size_t frame_head = 4;
inline constexpr std::size_t most_frame = 256U << 10U;
inline constexpr std::size_t most_asked = 256;  // names or blobs in one question

enum class Op : std::uint8_t { lend = 1, name = 2, open = 3 };
enum class Status : std::uint8_t {
    done = 0,
    bad_question = 1,      // not of this protocol, or of what the home does not do
    used_up = 2,           // the quota of the day
    sealed_otherwise = 3,  // as Vault::open
    unknown_key = 4,
};

struct Question {
    Op op = Op::lend;
    std::vector<IdRequest> names{};
    std::vector<SealRequest> blobs{};
};
struct Answer {
    Status status = Status::done;
    std::uint8_t used_percent = 0;
    std::string lent{};  // to_bytes(LentKeys)
    std::vector<KeyedId> ids{};
    std::vector<std::string> plains{};
};

/// Whole frames, with their length. Wipe what holds a number.
std::string to_frame(const Question& question);
std::string to_frame(Op asked, const Answer& answer);

/// Bytes of a frame after its head. Errors: errc::bad_frame (nothing, or more than most_frame).
Result<std::size_t> rest_of_frame(std::string_view head);
/// `rest`: a frame after its head. Errors: errc::bad_frame.
Result<Question> parse_question(std::string_view rest);
Result<Answer> parse_answer(Op asked, std::string_view rest);

/// Overwrites what the question or the answer says.
void wipe(Question& question);
void wipe(Answer& answer);

}  // namespace rightsline::vault

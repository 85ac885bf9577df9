// Notes: what monitors write down for each other about a case.
//
// A note is sealed to the circle where it is written, before it leaves the writer's machine: the server never sees its words,
// and holds no key that opens them. It stands under a key of its own and is bound to the word "note", so that it opens
// neither as a part nor in another case. What answers workers has no way to it: it includes no file of this page and reads no
// such key (tests/architecture/notes.py). Who wrote it stands in the audit; the name inside is the writer's own word.
// Padded as parts are. Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

struct Note {
    std::string by;    // "maria"
    std::string text;  // words
    std::int64_t at = 0;
};

inline constexpr std::size_t longest_note = 16'000;  // bytes of text
inline constexpr std::size_t longest_sealed_note =
    40'000;                              // quotes take two bytes in JSON; padded and sealed
inline constexpr int most_notes = 1000;  // of one case

std::string note_context(std::string_view program, std::string_view case_id);
/// On the writer's machine.
std::string seal_note(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, const Note& note);
/// Errors: as CirclePrivateKey::open, stores::errc::damaged.
Result<Note> open_note(const vault::CirclePrivateKey& key, std::string_view program, std::string_view case_id,
                       std::string_view sealed);

/// What a server can tell of a note: it has a sealed part's form, is no longer than a note and opens with that key.
/// Errors: errc::bad_note.
Result<void> check_note(const vault::CirclePublicKey& circle, std::string_view sealed);
/// The writes of one more note on a case that is there, with its audit entry.
std::vector<redis::Write> note_writes(const stores::Keyspace& keys, const std::string& case_id,
                                      std::string sealed, const std::string& who);

}  // namespace rightsline::cases

// Relay: what the team wrote, read to the worker who has just given the code: a piece at a time, in the order written.
//
// The piece that is read is a value of the answer and of nothing else: the engine keeps no word of it, and the answer is
// kept for repeats as one that says a receipt code is. A reply counts as read when its last piece was given out; it can be
// read again until the case is deleted. On a call those that a voice can say are read (letter.hpp), and of the others the caller is told
// after them.
// Threading: the loop's. Owner: Deeds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/conversations/letter.hpp"
#include "gateway/conversations/open_mailboxes.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "redis/client.hpp"

namespace rightsline::conversations {

struct Deed;
struct DeedContext;

/// Which piece of which reply, both from 0; as the conversation keeps it between two of them: "1.0", "1.0+".
struct ReadingPlace {
    std::size_t reply = 0;
    std::size_t piece = 0;
    bool all = false;  // they are read from the first one on, not only those that wait
    friend bool operator==(const ReadingPlace&, const ReadingPlace&) = default;
};
std::string to_text(ReadingPlace place);
/// The beginning, when it is no place.
ReadingPlace parse_place(std::string_view text);

class Relay {
 public:
    Relay(redis::Client& client, vault::Vault& vault, ops::Clock& clock)
        : client_(client), vault_(vault), clock_(clock) {}

    /// The worker of `case_id` has just given its code.
    void open(const DeedContext& context, const cases::CaseFacts& facts,
              std::shared_ptr<const vault::SecretBytes> opener);

    /// with: which = new | first | next | again, at = the place before, mode, language. Exits: ok (the last piece of all), more,
    /// over (there is no further), code (it must be given once more), unspoken (no voice may read what is left), else.
    Awaitable<Deed> read(flows::DoRequest request, DeedContext context);

 private:
    struct Box;
    struct Found {
        ReadingPlace at;
        Letter letter;
    };
    struct Reading {
        ReadingPlace at;      // the piece of before, or the one that is wanted
        bool onward = false;  // the one after it
        bool unread = false;  // only those that wait
    };
    Awaitable<Result<Box>> load(OpenMailbox open, Listener listener, Deadline deadline);
    Deed give(const Box& box, const Reading& reading) const;

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    OpenMailboxes open_;
};

}  // namespace rightsline::conversations

// Conversation: one worker's live position in a flow; a value that is packed after every turn.
//
// Holds no words of the worker: sealed answers are ids of parts, plain answers are choices that only route.
// Invariant: pack() of a worker in a menu is at most limits::packed_bytes; unpack(pack(c)) == c.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flows/pack.hpp"
#include "locales/result.hpp"

namespace rightsline::flows {

/// One plain answer that routes: which block, which choice (by index; pick_many: a bit set) or a small number.
struct Answer {
    BlockIndex block = no_block;
    std::int64_t value = 0;
    friend bool operator==(const Answer&, const Answer&) = default;
};

/// What the wait at Conversation::block is for, when it is not simply the block's own question.
enum class Phase : std::uint8_t {
    asking,      // the block's own question
    tone,        // voice: nobody pressed or spoke at this menu; a tone was played and a message may come
    speaking,    // voice: a message-only language was chosen; the message is the whole report
    first_text,  // SMS: the opening text was taken as the story; 2 deletes it
    opener,      // SMS: the neutral opener was sent instead of the block's question
    paging,      // USSD: the last words of an ended conversation take more than one screen
    left,        // voice: a message in another language was filed; 2 deletes it
    stopped,     // SMS: STOP. Nothing is answered until START; it never expires
    talking,     // voice: with a person, in a room of ours; nothing comes from the phone until that is over
    proving,     // voice: calls come in a flood, and a key comes before anything else
};

struct Conversation {
    PackHash pack{};
    Mode mode = Mode::sms;
    LanguageIndex language = 0;
    bool language_chosen = false;
    BlockIndex block = no_block;  // the block that waits; no_block: not begun or ended
    Phase phase = Phase::asking;
    std::uint8_t attempt = 0;         // tries used up at this block
    std::uint8_t page = 0;            // USSD: which screen of the question is shown
    std::uint32_t turn = 0;           // of a call: the number that the next callback must carry
    std::vector<BlockIndex> stack;    // blocks to return to, innermost last
    std::vector<BlockIndex> history;  // a few blocks back, for the back key
    // say blocks heard just before `block`, for the repeat key and further screens
    std::vector<BlockIndex> said;
    std::vector<Answer> answers;
    Urgency urgency = Urgency::p3;
    bool files = false;  // a hang-up or silence files the draft
    bool filed = false;
    bool returned = false;      // the draft is a case that was opened with its code
    std::uint8_t filed_as = 0;  // the urgency that the case has, as far as is known here; 0: not filed
    bool code_said = false;
    bool warned = false;              // the emergency number was said about words of danger in this report
    bool comforted = false;           // "we are sorry" was said about them
    bool answered = false;            // voice: a key was pressed, or something was said
    BlockIndex then = no_block;       // where the answer to the language menu leads, when not to its `next`
    std::uint8_t parts = 0;           // sealed parts so far
    std::uint8_t story_messages = 0;  // texts of the running story
    std::array<std::uint8_t, 16> draft{};  // id of the draft, all zero = none; given by the shell in Context
    // of the case that was filed: the key that its worker's code answers to, all zero = it has none here
    std::array<std::uint8_t, 32> mailbox{};
    BlockIndex question = no_block;  // of the case that was filed: the first question that was not answered
    std::string circle;              // that the draft is sealed to, of the program's others; "" = its own
    std::string pending;             // packed DoRequest that the next event performs ("one moment"), or ""
    // packed arguments from a DoResult that later blocks say (code, status); cleared at end
    std::string values;
    Instant touched{};  // last event of the worker
    Instant expires{};
    Instant begun{};  // of a call, anew after a talk with a person; the epoch: of a text, or nobody knows
    /// What the worker of a call that lasts too long has heard of it.
    enum class OfTime : std::uint8_t { nothing, warning, is_over, end } of_time = OfTime::nothing;

    friend bool operator==(const Conversation&, const Conversation&) = default;
};

std::string pack(const Conversation& conversation);
/// Errors: flows::errc::bad_conversation (schema newer than ours, truncated, out of range).
Result<Conversation> unpack(std::string_view bytes);

}  // namespace rightsline::flows

// The engine: one event in; the conversation after it, what to do, and what to keep out. Pure and deterministic.
//
// Re-running a step after a lost compare-and-set is free and gives the same bytes. An ended conversation comes back
// with block == no_block. Bad input is never an error here: it takes the block's retry.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "flows/conversation.hpp"
#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"

namespace rightsline::flows {

/// What the world gives a step: everything random or measured is drawn by the shell.
struct Context {
    Instant now{};
    std::array<std::uint8_t, 16> fresh_id{};     // becomes the draft's id if this step begins one
    std::optional<LanguageIndex> line_language;  // the line's own language
    /// When the event was said, where that is long before `now`: it waited while the store was gone. Nothing: now.
    std::optional<Instant> said_at{};
    bool key_first = false;      // a call begins in a flood: its caller shows first that they are no machine
    bool case_gone = false;      // the case of the conversation was deleted from another phone
    unsigned parts_pending = 0;  // recordings of this draft that are not yet held
    /// A text asked this phone whether all is well, and it was not answered yet.
    struct CheckIn {
        LanguageIndex language = 0;
        Instant at{};
        std::string circle{};  // of the report that it was about
    };
    std::optional<CheckIn> check_in{};
    int utc_offset_minutes = 0;  // of the program's zone at `now`
    bool costs_nothing =
        false;  // the line is declared free for the worker in this mode; undeclared is not free
};

struct Step {
    Conversation conversation;
    std::vector<Action> actions;
    std::vector<Part> parts;
    std::optional<Filing> filing;
    std::optional<Raise> raise;
    std::optional<Spoken> spoken;
    std::optional<Unanswered> unanswered;  // when it is otherwise than before this step
    std::optional<DoRequest> pending;
    Timer timer;
    Facts facts;
    bool discard_draft = false;  // the worker deleted what was told
    bool ended = false;
    bool silent = false;  // answer nothing (STOP: the carrier has answered already)
};

/// Begins a conversation on `pack` with its first event (Called, or the opening Texted).
Step start(const Pack& pack, Mode mode, const Event& event, const Context& context);
/// Continues a conversation that is pinned to `pack`.
Step step(const Pack& pack, const Conversation& conversation, const Event& event, const Context& context);

/// Whoever sent STOP waits in no script: the next text is read by the newest pack, however old the STOP is.
bool has_stopped(const Conversation& conversation);
Conversation stopped_on(const Pack& pack, Conversation conversation);

}  // namespace rightsline::flows

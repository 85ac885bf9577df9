// Reply: what an answer of a turn is called in the outbox, and how it left.
//
//   w<event>-1   it travelled in the answer to the webhook of that event: recorded as submitted, never sent by us
//   t<event>-1   it goes through the outbox: the webhook was long over (spool, recovery)
//   wc…, tc…     the same of one that says a receipt code: the provider's copy of it goes when its fate is known
//
// So the id of a delivery receipt tells what is to be done, and an event gives the same ids however often it is repeated.
// The event is its keyed hash. Must never: be made of anything that a worker said. Threading: pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::outbox {

/// How an answer leaves.
enum class Leaves : std::uint8_t {
    in_answer,       // in the answer to the webhook
    through_outbox,  // nobody waits for an answer any more
};

/// Of all texts of one answer; each adds "-" and its number, from 1.
std::string reply_name(Leaves leaves, bool says_code, std::string_view event);
std::string reply_id(const std::string& name, std::size_t number);
bool left_in_answer(std::string_view id);
bool says_code(std::string_view id);

}  // namespace rightsline::outbox

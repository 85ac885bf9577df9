// EarlyNumber: what is kept of a receipt code that was said before the tone, until what it opens is filed.
//
// No Argon2id runs on a turn, so the code's index and its mailbox are kept with it: in the conversation's values, sealed as
// they are, and with the call that a hang-up ended (ended_call.cpp), for a recording may come after it. Nothing of it is in
// the store by a name of its own before the report is: who says nothing after the tone leaves no trace.
// The index leads to no code, and the mailbox opens by none but that. Pure. Threading: values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flows/conversation.hpp"
#include "gateway/conversations/code_stock.hpp"

namespace rightsline::conversations {

struct EarlyNumber {
    std::string index;    // of the code, as in ReadyCode
    std::string mailbox;  // as it is stored beside the case
};
/// What a script's `number` is among the values of its conversation.
inline constexpr const char* number_value = "number";

std::string to_bytes(const EarlyNumber& number);
/// Nothing: it is none.
std::optional<EarlyNumber> parse_early_number(std::string_view bytes);
/// That of the report `case_id` (hex), should it have one that was said early and not settled since.
std::optional<EarlyNumber> early_number_of(const flows::Conversation& conversation, std::string_view case_id);

}  // namespace rightsline::conversations

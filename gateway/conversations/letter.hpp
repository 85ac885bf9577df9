// Letter: a reply as its worker meets it in this conversation: in which words, in which language, in which pieces.
//
// Somebody's own words stand in the language of the report, and a call says them where a machine may speak it. A ready answer is a
// text of the program: it is shown and said in the language of this conversation, on a call by its recordings; where this
// language has neither recording nor machine, in that of the report; and in its stored words once the program has dropped it.
// Pure values. Owner: Relay.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/pack.hpp"
#include "gateway/cases/reply.hpp"

namespace rightsline::conversations {

/// Who reads, and how.
struct Listener {
    const flows::Pack* pack = nullptr;  // of the conversation; null: there are no ready answers
    std::string mode;                   // "sms", "voice", "ussd"
    std::string here;                   // the language of the conversation
    std::string reported;               // and of the report

    /// Whether written words reach them: a text shows them, a call needs a machine that speaks the report's language.
    bool takes_written_words() const;
};

struct Letter {
    std::vector<std::string> pieces;
    std::string answer;    // a call plays the recordings of that ready answer; "" = these words are all
    std::string language;  // of the words
    bool silent = false;   // a call has no voice for it
};

Letter letter_for(cases::ReplyWords words, const Listener& listener);

/// A reply in pieces that leave room for the question after each: two SMS parts, a USSD screen, or some 20 s of speech.
std::vector<std::string> pieces_of(std::string_view text, std::string_view mode);

}  // namespace rightsline::conversations

// case enter: what a worker tells somebody of the team, on the phone or face to face, becomes a report of theirs.
//
// Asks the running server for the program's own questions, seals the answers here, to the circle, and shows the worker's
// code once, on the terminal, to be read out. Answers come from stdin, never from an option, which other users of the machine
// could read. Must never: write the code anywhere but on the terminal. Threading: one command per process.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct EnterOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one
    std::string language;  // that the worker speaks, BCP-47; "" = it is asked
    std::string as;        // who enters it: a name of the roster; "" = the user of this machine
    std::string call{};    // in which it was told, as roster calls names it; "" = in none
};

/// What came back when it was sent: the server's answer, or the exit code of what was said.
struct SentEntry {
    std::optional<boost::json::object> entered;
    int code = 0;
};
/// Whether a report may be entered of a call, by the form's word of those that whoever asks took; why not is said.
bool may_be_entered_of(const std::string& call, const boost::json::object& form);

/// Sends until the server has answered, for what was typed stands in this process' memory alone: while nobody answers it asks
/// `in` whether to try again (an empty line), or to give up ("stop", or the end of it).
SentEntry send_until_answered(const std::function<SentEntry()>& send, std::istream& in);

/// Exit codes: 0 it is saved; 1 it may not be; 2 no terminal; 65 what was typed; 69 the server is not there.
int case_enter(const EnterOptions& options, std::istream& in, Terminal& terminal);

}  // namespace rightsline::cli

// reply: what a monitor writes to the worker of a case. It waits until the worker gives the receipt code.
//
// Own words, or a ready answer of the program, which a call also says in a language that no voice speaks. Own words are screened;
// either is sealed here, twice (to the circle and to the case's mailbox); what leaves this process is
// sealed. Must never: send what was refused, or words in plain. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

namespace rightsline::cli {

struct ReplyOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one
    std::string which;     // alias ("7K4-921") or id
    std::string as;        // who writes: a name of the roster or a user; "" = the user of this machine
    std::string words;     // "-": from stdin
    std::string answer;    // the key of a ready answer, instead of words; "" = none
    bool answers = false;  // nothing is sent: those that there are, are listed
    std::vector<std::string> names;  // that must not stand in it
    bool confirm = false;            // what is only a doubt is meant so
    bool json = false;
};

/// Exit codes: 0; 1 there is a doubt, or the case has no mailbox; 65 refused, too long, no such answer or case; 69 no server.
int case_reply(const ReplyOptions& options);

}  // namespace rightsline::cli

// case status, assign, recuse, exclude, readmit, link, note, log: what the team does with a case, on the machine itself.
//
// Asks the running server over its local socket. A note is sealed here, to the circle, before it leaves; its words come from
// stdin, never from an option, which other users of the machine could read. Threading: one command per process.
#pragma once

#include <iosfwd>
#include <string>

namespace rightsline::cli {

struct CaseworkOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    std::string which;    // alias ("7K4-921") or id
    std::string value;    // the status, the person, or the other case
    std::string as;       // who does it: a name of the roster; "" = the user of this machine
    bool nobody = false;  // assign: back into the pool; site: of none
    bool undo = false;    // link: part them again
    bool json = false;
};

// Exit codes: 0 done, or it was so already; 1 it may not be (409); 2 usage; 65 no such case, status or person; 69 the server
// is not there.
int case_status(const CaseworkOptions& options);
int case_assign(const CaseworkOptions& options);
int case_recuse(const CaseworkOptions& options);
/// Its worker, who asked for it, is called: `as` hears their own phone ring first.
int case_call(const CaseworkOptions& options);
/// `value`: the site; "" with `nobody`: of none.
int case_site(const CaseworkOptions& options);
/// `value`: the category; "" with `nobody`: none.
int case_category(const CaseworkOptions& options);
int case_exclude(const CaseworkOptions& options);
int case_readmit(const CaseworkOptions& options);
int case_link(const CaseworkOptions& options);
/// Of all reports together; `which` is not asked.
int case_figures(const CaseworkOptions& options);
/// `in`: the words of the note, to its end.
int case_note(const CaseworkOptions& options, std::istream& in);
/// What was done to it, and by whom, as the audit has it.
int case_log(const CaseworkOptions& options);

}  // namespace rightsline::cli

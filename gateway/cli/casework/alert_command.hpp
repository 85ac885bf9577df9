// alert, roster, outbox: what a person on call does on the machine itself, when the phone does not tell enough.
//
// Asks the running server over its local socket. Data go to stdout, talk to stderr. No number of a person is shown, for
// the server tells none. Exit codes: 0; 1 somebody else has it, or the outbox has findings; 65 no such case, name or
// roster; 69 the server is not there. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct AlertOptions {
    std::string socket;   // the server's api.sock
    std::string program;  // "" when the server has only one
    std::string which;    // alias ("7K4-921") or id
    std::string person;   // who takes it
    std::string urgency = "P1";
    std::string at;  // "2026-11-22 03:00"; "" = now
    bool json = false;
};

int alert_list(const AlertOptions& options);
int alert_show(const AlertOptions& options);
int alert_take(const AlertOptions& options);
int roster_now(const AlertOptions& options);
int outbox_show(const AlertOptions& options);

}  // namespace rightsline::cli

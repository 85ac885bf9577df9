// Organisation: who else may be asked to work on a program's reports: people, roles and a circle of their own.
//
// Its program names it; it gets nothing of a report before the worker has said yes to that purpose, and sees it only since it
// accepted it. Plain values. Owner: the pack.
#pragma once

#include <chrono>
#include <string>

namespace rightsline::flows {

struct Organisation {
    std::string key;      // "investigators": in commands and roles
    std::string name;     // what staff read
    std::string circle;   // the circle that its copies are sealed to
    std::string consent;  // the purpose that its worker must have said yes to (flows/consent_words.hpp)
    std::string status;   // what a report has once it is accepted; "" = what it had
    std::chrono::seconds answer_within{std::chrono::days(7)};  // an offer that waits longer lapses
};

}  // namespace rightsline::flows

// Crowd: very many calls at once, each a caller of its own who thinks, presses and waits as people do, and the phones that ring for
// those who ask for a person.
//
// Open: a step is due when its caller means to press, whatever the server does meanwhile, and its time counts from then; so a server
// that stands still cannot hide it, and a busy machine that wakes a caller late counts against us too. Every webhook is signed.
// Callers: two of five ask for a person (who is put through talks until the end; who waits for long leaves a message), one tells a
// report by voice, one walks in the menus, one says nothing. Whose call is over calls again, so that all of them are on the line.
// Threading: a thread each; the server and the emulator are elsewhere. Owner: a test or a benchmark.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace rightsline::tests {

struct CrowdWishes {
    unsigned callers = 300;
    std::chrono::milliseconds arrive{10'000};  // they begin to call evenly within this
    std::chrono::milliseconds hold{30'000};    // and all of them stay for so long after that
    std::chrono::milliseconds think{2000};     // between two keys, on average
};

struct CrowdOutcome {
    std::vector<double> ms;  // of every answer that a caller or a phone waited for, sorted
    unsigned not_200 = 0;    // answered otherwise, or not at all
    unsigned at_once = 0;    // calls that were on the line together, at most
    double seconds = 0;      // from the first ring on
    double disk_p99_ms =
        0;  // of a hundred moments, in the worst so long until the disk had written what it then wrote
    double disk_max_ms = 0;                   // a write and its fsync, at most
    std::map<std::string, unsigned> came_to;  // "talked", "message", "report", "walked", "silent": calls
    std::map<std::string, std::vector<double>> by_step;  // "dial", "key", "recording", "end" …: of ms, sorted
    std::string first_failure;                           // in words; "": none

    double at(double quantile) const;
    /// A line for each kind of step, the slowest first; then when answers were slow, and when the disk was.
    std::string steps() const;

    struct Span {
        double from = 0;  // seconds since the first ring
        double to = 0;
    };
    std::vector<Span> slow;  // answers that took longer than 250 ms
    std::vector<Span> disk;  // writes that took longer than 50 ms
    double per_second() const { return static_cast<double>(ms.size()) / seconds; }
};

/// Starts a hotline with a roster whose phones are answered, lets the crowd call and hang up. Throws std::runtime_error when it does
/// not start.
CrowdOutcome let_call(const CrowdWishes& wishes);

}  // namespace rightsline::tests

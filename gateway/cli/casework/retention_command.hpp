// case retention, hold, release, and key destroy-epoch: what time does to cases, and what it frees.
//
// Asks the running server over its local socket. Data on stdout, talk on stderr. Exit codes: 0 done; 1 refused, for somebody
// needs it still; 65 no such case; 69 the server is not there. Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cli/casework/casework_command.hpp"

namespace rightsline::cli {

struct RetentionOptions {
    std::string socket;
    std::string program;  // "" when the server has only one
    bool dry_run = false;
    bool now = false;  // all of it, whatever the day's measure
    bool json = false;
};
struct DestroyEpochOptions {
    std::string socket;
    std::string month;  // "2026-03"; "" = list them
    bool dry_run = false;
    bool move = false;          // lock anew first what is kept
    bool backups_gone = false;  // those that need the key
    bool json = false;
};

int case_retention(const RetentionOptions& options);
int case_hold(const CaseworkOptions& options, bool on);
int key_destroy_epoch(const DestroyEpochOptions& options);

/// One case as a line: "7K4-921  everything  parts=4 recordings=1 notes=0 replies=2 numbers=1".
std::string aged_line(const boost::json::object& one);
/// What became of a month, in words; several lines.
std::string month_words(const boost::json::object& answer, const DestroyEpochOptions& options);

}  // namespace rightsline::cli

// restore: brings a backup back, onto a machine that has no data yet.
//
// The server must not run. Says on stderr what came back and what waits. Exit codes: 0; 65 the file, the key or both cannot
// be used; 69 the disk refused, or redis-server does not load it; 75 there is data in the way, or a server runs; 78 the
// configuration. After any of them but 0 nothing has changed. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct RestoreOptions {
    std::string from;
    std::string key;                  // private half of the backup key, or "" and
    std::string member;               // a member's file with
    std::vector<std::string> shares;  // the shares of the backup key
    std::string config;               // names state_dir and redis.directory, unless they are given
    std::string state_dir;            // "" = the configuration's
    std::string redis_dir;            // "" = the configuration's; for an outside Redis it must be given
};

int restore(const RestoreOptions& options, Terminal& terminal);

}  // namespace rightsline::cli

// backup: one sealed file of everything that must survive, made while the server runs.
//
// Needs the public half of the backup key only. Progress and talk go to stderr, the file's name to stdout. Exit codes: 0;
// 65 the key cannot be used, or the file is there already; 69 the server or its store is not there, or the disk refused.
// Must never: print a secret. Threading: one command per process.
#pragma once

#include <string>

namespace rightsline::cli {

struct BackupOptions {
    std::string socket;  // the server's api.sock
    std::string to;      // a folder, or the name of a file that is not there
    std::string key;     // public half; "" = the one in the server's keys_dir
    int keep_hourly = 0;
    int keep_daily = 0;  // both 0: nothing is deleted
};

int backup(const BackupOptions& options);

}  // namespace rightsline::cli

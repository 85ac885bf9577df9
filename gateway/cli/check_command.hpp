// check and test: what an author runs before a worker meets the script.
//
// Both read files only; no server and no store is needed. Must never: write beside the program. Findings go to
// stdout, talk to stderr. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

namespace rightsline::cli {

struct CheckOptions {
    std::vector<std::string> paths;  // programs' folders, folders of programs, or a configuration file
    std::vector<std::string> audio;  // further audio folders (drafts)
    bool json = false;
    bool production = false;  // drafts and missing audio are errors
};

/// Findings as "file:line: rule: what. mend" on stdout; exit code 0 or 1.
int check(const CheckOptions& options);

struct TestOptions {
    std::vector<std::string> paths;
    std::vector<std::string> audio;
    double least_coverage = 0;  // percent; below it the exit code is 1
    bool verbose = false;
};

/// Runs every *.test.yaml beside the programs; the last line is "coverage: NN.N%".
int test(const TestOptions& options);

}  // namespace rightsline::cli

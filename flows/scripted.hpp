// Scripted tests: conversations written down as `*.test.yaml`, run against a pack without any provider or store.
//
// A small shell in memory answers `do` requests, dedupes events and packs and unpacks the conversation between all
// turns, so that nothing can live only in memory. Must never: count a prompt as covered that no test asserted.
// Threading: one run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flows/coverage.hpp"
#include "flows/pack.hpp"
#include "locales/authored.hpp"

namespace rightsline::flows {

struct ScriptedResult {
    std::string test;  // its title, with the language where it ran in several
    std::string file;
    int line = 0;  // of the step that failed, else of the test
    bool passed = false;
    std::string failure;  // what was expected and what came
    std::string transcript;
};

struct ScriptedRun {
    std::vector<ScriptedResult> results;
    Coverage coverage;
    locales::Complaints complaints;  // tests that could not be read; an error here means nothing was proved

    bool ok() const;
};

/// Runs every test of `files` (path -> YAML, several tests divided by `---`) that names this program.
ScriptedRun run_scripted(const Pack& pack, const std::map<std::string, std::string>& files);

}  // namespace rightsline::flows

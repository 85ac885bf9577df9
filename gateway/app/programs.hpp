// Programs: from the folders that the configuration names to packs.
//
// Used at start and on SIGHUP. A program with a mistake keeps the pack it has; the mistakes are printed for a person.
// Blocking: reads and compiles files. Threading: the loop's, between turns, or a worker's: nothing is shared.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "flows/loader.hpp"
#include "gateway/config/config.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::app {

struct LoadedProgram {
    std::string name;
    stores::SourceRoots roots;
    flows::Bundle bundle;
    flows::PackPtr pack;  // null when a complaint is an error
    locales::Complaints complaints;
};

std::vector<LoadedProgram> load_programs(const config::Config& config);
/// The same words, with the recordings that lie on the disk now: whoever edits a script there has not yet said that it shall
/// be spoken. Its pack is null when that does not compile.
void renew_audio(LoadedProgram& program);
/// Audio files of all programs, by hash.
std::map<std::string, std::string> load_audio(const config::Config& config);
/// Minutes to add to UTC where the program is, at an instant; UTC itself where its place is unknown.
std::function<int(ops::UtcMs)> utc_offset_of(const LoadedProgram& program);
/// A provider on this machine, for tests and the demo, is spoken to without TLS.
bool has_loopback_provider(const config::Config& config);
/// Hashes of what is heard when the store is gone.
std::vector<std::string> emergency_audio(const flows::Pack& pack);
/// Prints what is wrong to stderr. false: there is no program, or a line names one that is not there.
bool usable(const config::Config& config, const std::vector<LoadedProgram>& programs);
/// Prints complaints of level error to stderr.
void print_errors(const std::vector<LoadedProgram>& programs);

}  // namespace rightsline::app

// Sources: reads a program's files from the disk into a Bundle.
//
// The only place that knows how a repository is laid out on a disk. Used at start, by check and by test; never on a turn.
// Threading: blocking reads; call before the loop runs or from a command.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flows/loader.hpp"
#include "locales/authored.hpp"

namespace rightsline::stores {

struct SourceRoots {
    std::string program_directory;  // ".../flows/fair-food"
    std::string locales_directory;  // ".../locales"
    std::vector<std::string>
        audio_directories;  // laid out as locales_directory is; a recorded clip wins over a draft, an earlier folder over a later
};

/// Reads the sources; a file that cannot be read or is over the limit becomes a complaint.
flows::Bundle read_bundle(const SourceRoots& roots, locales::Complaints& complaints);

/// The folders under `path` that hold a program.yaml (or `path` itself). Sorted.
std::vector<std::string> program_directories(const std::string& path);

/// What the program in a folder is called: ".../flows/fair-food" and ".../flows/fair-food/" -> "fair-food".
std::string program_name(const std::string& program_directory);

/// The locales folder that belongs to a program folder: ".../flows/x" -> ".../locales".
std::string locales_beside(const std::string& program_directory);

/// Audio files by content hash, as the audio indexes of `roots` name them.
std::map<std::string, std::string> audio_files(const SourceRoots& roots);

/// The scripted tests beside a program, by path.
std::map<std::string, std::string> scripted_tests(const std::string& program_directory);

}  // namespace rightsline::stores

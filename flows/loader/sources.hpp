// Sources: a bundle's files as trees, sorted by what they are. Used by the loader, and by lint for lines.
//
// Must never: touch the disk (a bundle is bytes), guess what a file is. Threading: plain values; nodes keep
// their own tree alive.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flows/loader.hpp"
#include "flows/loader/fields.hpp"

namespace rightsline::flows {

struct FlowSource {
    std::string name;  // what `flow:` says
    Node root;
};

/// The files of one language tag; a missing node where there is no file.
struct LocaleSource {
    Node common;
    Node program;
    // By the folder that they came from: recorded ones first, further folders (drafts) after them.
    std::map<unsigned, Node> common_audio;
    std::map<unsigned, Node> program_audio;
};

struct Sources {
    Node program;
    std::vector<FlowSource> flows;                // in the order of their paths
    std::map<std::string, LocaleSource> locales;  // by tag
};

/// Complains about files that cannot be read, belong nowhere or are absent.
Sources read_sources(const Bundle& bundle, Complaints& complaints);

}  // namespace rightsline::flows

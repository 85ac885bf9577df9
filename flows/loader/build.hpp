// Build: everything one compile holds between its stages; the pack is what is left of it at the end.
//
// Stages, in this order: read_sources, build_program, build_common, build_flows, build_texts, build_words,
// build_audio. Each appends its complaints and leaves the build usable for the next, so that one run shows
// every mistake. Owner: one call of compile() or lint(); never shared.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flows/loader/sources.hpp"
#include "flows/pack.hpp"

namespace rightsline::flows {

/// A text of the base language where its author wrote it.
struct TextSource {
    std::string key;
    std::string text;
    std::string file;
    int line = 0;
    bool fixed = false;   // the same words in every language
    bool common = false;  // a shared string
};

/// Where the words of one text in one language come from.
struct TextOrigin {
    std::string file;
    int line = 0;
    std::string text;
    std::string tag;              // the language the words are in
    bool fallback = false;        // not the language that was asked for
    const Node* entry = nullptr;  // in a locale file: may carry review, source, reviewed
};

/// A recording whose words have changed since.
struct StaleClip {
    const Node* node = nullptr;
    LanguageIndex language = 0;
    TextIndex text = no_text;
};

struct Build {
    Sources sources;
    std::shared_ptr<Pack> pack = std::make_shared<Pack>();
    Complaints complaints;
    bool fallback = false;                         // missing strings may fall back to the base language
    std::vector<TextSource> texts;                 // by TextIndex
    std::vector<std::vector<TextOrigin>> origins;  // [language][text]
    std::vector<StaleClip> stale;
    std::vector<const Node*> block_nodes;  // by BlockIndex, into sources

    /// Takes the text at `node` in under `key`; no_text for a missing node. Complains about a key used twice.
    TextIndex add_text(const std::string& key, const Node& node, bool fixed = false);
    void complain(const Node& node, std::string rule, std::string what, std::string mend);
    void warn(const Node& node, std::string rule, std::string what, std::string mend);
};

void build_program(Build& build);
void read_check_ins(Build& build);
void read_organisations(Build& build);
void read_circles(Build& build);
void read_ready_answers(Build& build);
void read_retention(Build& build);
void build_common(Build& build);
void build_flows(Build& build);
void build_texts(Build& build);
void build_words(Build& build);
void build_audio(Build& build);

/// All stages; the pack in it is complete only when there is no error among the complaints.
Build build_all(const Bundle& bundle);

}  // namespace rightsline::flows

// PromptMatrix: prompts × languages: what a call hears of each line, and whether a take of it waits to be heard.
//
// Pure: from a script and what is known of its takes. A line is a piece of a text; languages may cut a text
// into different pieces, so a cell can be empty. Threading: values.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/prompts/script_sheet.hpp"
#include "gateway/prompts/take.hpp"

namespace rightsline::prompts {

struct PromptCell {
    ScriptLine::State state = ScriptLine::State::missing;
    std::string take;  // "", "waiting", "outdated" (of other words), "rejected", "unreadable"

    /// "stale", or "stale+waiting".
    std::string text() const;
    friend bool operator==(const PromptCell&, const PromptCell&) = default;
};

struct PromptRow {
    std::string name;                              // "hotline.main.menu.0"
    std::vector<std::optional<PromptCell>> cells;  // by language
};

struct PromptCount {
    std::size_t lines = 0;
    std::map<ScriptLine::State, std::size_t> states;
    std::size_t waiting = 0;  // takes that can be approved
};

struct PromptMatrix {
    std::vector<std::string> languages;  // in the order of the script
    std::vector<PromptRow> rows;         // in the order of the script
    std::vector<PromptCount> counts;     // by language
};

struct ScriptedLine {
    ScriptLine line;
    std::optional<Take> take;
};

using TakeOf = std::function<std::optional<Take>(const ScriptLine&)>;

PromptMatrix prompt_matrix(const std::vector<ScriptLine>& script, const TakeOf& take_of);
PromptMatrix prompt_matrix(const std::vector<ScriptedLine>& script);

/// Tab-separated, a heading first: a line per language and how many of each state.
std::string counts_table(const PromptMatrix& matrix);
/// Tab-separated, a heading first: a line per prompt and a column per language; "-" where a language has no such piece.
std::string lines_table(const PromptMatrix& matrix);
/// {"languages": [{"language", "lines", "recorded", …}], "prompts": [{"name", "cells": {"st": {"state", "take"?}}}]}
boost::json::object matrix_object(const PromptMatrix& matrix);
/// The same as a line of text.
std::string matrix_json(const PromptMatrix& matrix);

}  // namespace rightsline::prompts

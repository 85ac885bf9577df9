#include "gateway/prompts/prompt_matrix.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

namespace json = boost::json;
using State = ScriptLine::State;

constexpr std::array shown{State::recorded, State::stale, State::draft, State::missing, State::untranslated};

/// An approved take is part of the program now: the cell's own state says what became of it.
std::string take_word(const ScriptLine& line, const std::optional<Take>& take) {
    if (!take || take->state == Take::State::approved) {
        return "";
    }
    const bool outdated =
        take->state == Take::State::waiting && take->text_hash != locales::hash_text(line.text);
    return outdated ? "outdated" : std::string(word(take->state));
}

std::size_t place_of(std::vector<std::string>& languages, const std::string& language) {
    const auto found = std::find(languages.begin(), languages.end(), language);
    const auto place = static_cast<std::size_t>(found - languages.begin());
    if (found == languages.end()) {
        languages.push_back(language);
    }
    return place;
}

json::object counts_of(const std::string& language, const PromptCount& count) {
    json::object one{{"language", language}, {"lines", count.lines}};
    for (const State state : shown) {
        const auto found = count.states.find(state);
        one[word(state)] = found == count.states.end() ? 0 : found->second;
    }
    one["waiting"] = count.waiting;
    return one;
}

}  // namespace

std::string PromptCell::text() const { return std::string(word(state)) + (take.empty() ? "" : "+" + take); }

PromptMatrix prompt_matrix(const std::vector<ScriptedLine>& script) {
    PromptMatrix matrix;
    std::map<std::string, std::size_t> row_of;
    for (const auto& [line, take] : script) {
        const std::size_t language = place_of(matrix.languages, line.language);
        matrix.counts.resize(matrix.languages.size());
        const auto [row, fresh] = row_of.emplace(line.name(), matrix.rows.size());
        if (fresh) {
            matrix.rows.push_back({line.name(), {}});
        }
        const PromptCell cell{line.state, take_word(line, take)};
        auto& cells = matrix.rows[row->second].cells;
        cells.resize(std::max(cells.size(), language + 1));
        cells[language] = cell;
        PromptCount& count = matrix.counts[language];
        ++count.lines;
        ++count.states[line.state];
        count.waiting += cell.take == word(Take::State::waiting) ? 1 : 0;
    }
    for (PromptRow& row : matrix.rows) {
        row.cells.resize(matrix.languages.size());
    }
    return matrix;
}

PromptMatrix prompt_matrix(const std::vector<ScriptLine>& script, const TakeOf& take_of) {
    std::vector<ScriptedLine> all;
    all.reserve(script.size());
    for (const ScriptLine& line : script) {
        all.push_back({line, take_of(line)});
    }
    return prompt_matrix(all);
}

std::string counts_table(const PromptMatrix& matrix) {
    std::string table = "language\tlines";
    for (const State state : shown) {
        table += "\t" + std::string(word(state));
    }
    table += "\twaiting\n";
    for (std::size_t i = 0; i < matrix.languages.size(); ++i) {
        const PromptCount& count = matrix.counts[i];
        table += matrix.languages[i] + "\t" + std::to_string(count.lines);
        for (const State state : shown) {
            const auto found = count.states.find(state);
            table += "\t" + std::to_string(found == count.states.end() ? 0 : found->second);
        }
        table += "\t" + std::to_string(count.waiting) + "\n";
    }
    return table;
}

std::string lines_table(const PromptMatrix& matrix) {
    std::string table = "prompt";
    for (const std::string& language : matrix.languages) {
        table += "\t" + language;
    }
    table += "\n";
    for (const PromptRow& row : matrix.rows) {
        table += row.name;
        for (const auto& cell : row.cells) {
            table += "\t" + (cell ? cell->text() : "-");
        }
        table += "\n";
    }
    return table;
}

json::object matrix_object(const PromptMatrix& matrix) {
    json::array languages;
    for (std::size_t i = 0; i < matrix.languages.size(); ++i) {
        languages.push_back(counts_of(matrix.languages[i], matrix.counts[i]));
    }
    json::array prompts;
    for (const PromptRow& row : matrix.rows) {
        json::object cells;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i]) {
                json::object cell{{"state", word(row.cells[i]->state)}};
                if (!row.cells[i]->take.empty()) {
                    cell["take"] = row.cells[i]->take;
                }
                cells[matrix.languages[i]] = std::move(cell);
            }
        }
        prompts.push_back(json::object{{"name", row.name}, {"cells", std::move(cells)}});
    }
    return {{"languages", std::move(languages)}, {"prompts", std::move(prompts)}};
}

std::string matrix_json(const PromptMatrix& matrix) { return json::serialize(matrix_object(matrix)) + "\n"; }

}  // namespace rightsline::prompts

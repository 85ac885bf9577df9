#include "gateway/prompt_calls/wanted.hpp"

#include <algorithm>
#include <optional>

#include "gateway/prompt_calls/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompt_calls {
namespace {

using prompts::ScriptedLine;
using prompts::ScriptLine;

bool is_named(const ScriptLine& line, const std::string& name) {
    return line.name() == name || line.key == name;
}

bool waits(const ScriptedLine& one) {
    return one.take && one.take->state == prompts::Take::State::waiting &&
           one.take->text_hash == locales::hash_text(one.line.text);
}

bool lacks(const ScriptedLine& one, Only only) {
    const bool stale = one.line.state == ScriptLine::State::stale;
    const bool wants = only == Only::stale ? stale : one.line.state != ScriptLine::State::recorded;
    return wants && !waits(one);
}

}  // namespace

std::optional<Only> parse_only(std::string_view word) {
    return word == "missing" ? std::optional(Only::missing)
           : word == "stale" ? std::optional(Only::stale)
                             : std::nullopt;
}

Result<std::vector<std::string>> wanted(const std::vector<ScriptedLine>& script, Only only,
                                        const std::vector<std::string>& names) {
    const auto known = [&](const std::string& name) {
        return std::ranges::any_of(script, [&](const ScriptedLine& one) { return is_named(one.line, name); });
    };
    if (!std::ranges::all_of(names, known)) {
        return errc::no_such_prompt;
    }
    std::vector<std::string> lines;
    for (const ScriptedLine& one : script) {
        const bool named =
            std::ranges::any_of(names, [&](const std::string& name) { return is_named(one.line, name); });
        const bool takes = names.empty() ? lacks(one, only) : named;
        if (takes && one.line.state != ScriptLine::State::untranslated && lines.size() < most_lines) {
            lines.push_back(one.line.name());
        }
    }
    return lines.empty() ? Result<std::vector<std::string>>(errc::nothing_wanted) : std::move(lines);
}

}  // namespace rightsline::prompt_calls

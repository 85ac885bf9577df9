#include "flows/scripted.hpp"

#include <algorithm>

#include "flows/scripted/play.hpp"

namespace rightsline::flows {
namespace {

using locales::Complaints;
using locales::Node;

/// The documents of a file, each padded with empty lines so that its line numbers are the file's.
std::vector<std::string> documents(const std::string& text) {
    std::vector<std::string> all(1);
    std::size_t lines = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size() - 1) + 1;
        const std::string_view line(text.data() + from, end - from);
        ++lines;
        if (line == "---\n" || line == "---") {
            all.emplace_back(lines, '\n');
        } else {
            all.back() += line;
        }
        from = end;
    }
    return all;
}

std::optional<Mode> mode_of(const Node& node) {
    for (const Mode mode : {Mode::sms, Mode::voice, Mode::ussd}) {
        if (node.text() == to_string(mode)) {
            return mode;
        }
    }
    return std::nullopt;
}

bool is_readable(const Node& test, Complaints& complaints) {
    locales::refuse_unknown_keys(
        test, {"test", "program", "mode", "languages", "language", "open", "asked", "steps"}, complaints);
    if (test["test"].text().empty() || test["steps"].items().empty()) {
        complaints.push_back(
            test.complain("bad-test", "a test has a name and steps", "add `test:` and `steps:`"));
        return false;
    }
    if (!mode_of(test["mode"])) {
        complaints.push_back(
            test["mode"].complain("bad-test", "the test has no mode", "write `mode: sms`, voice or ussd"));
        return false;
    }
    return true;
}

std::vector<std::optional<LanguageIndex>> languages_of(const Pack& pack, const Node& test,
                                                       Complaints& complaints) {
    std::vector<std::optional<LanguageIndex>> languages;
    const Node& one = test["language"];
    std::vector<Node> named = test["languages"].items();
    if (one) {
        named.push_back(one);
    }
    for (const Node& name : named) {
        const auto tag = LanguageTag::parse(name.text());
        const auto found = tag ? pack.find_language(*tag) : std::nullopt;
        if (found) {
            languages.emplace_back(*found);
        } else {
            complaints.push_back(name.complain(
                "bad-test", "the program has no language `" + name.text() + "`", "name one of program.yaml"));
        }
    }
    if (languages.empty()) {
        languages.emplace_back(std::nullopt);
    }
    return languages;
}

/// A script is tested by its words: that a language has no recordings yet is for lint to say.
Pack with_every_voice(Pack pack) {
    for (Block& block : pack.blocks) {
        auto* menu = std::get_if<MenuBlock>(&block.kind);
        for (std::size_t i = 0; menu != nullptr && i < menu->choices.size(); ++i) {
            menu->choices[i].mute = false;
        }
    }
    return pack;
}

}  // namespace

bool ScriptedRun::ok() const {
    return !locales::has_errors(complaints) &&
           std::all_of(results.begin(), results.end(),
                       [](const ScriptedResult& result) { return result.passed; });
}

ScriptedRun run_scripted(const Pack& written, const std::map<std::string, std::string>& files) {
    const Pack pack = with_every_voice(written);
    ScriptedRun run;
    run.coverage = Coverage(pack);
    for (const auto& [path, text] : files) {
        for (const std::string& document : documents(text)) {
            const std::size_t errors = run.complaints.size();
            const Node test = locales::read_yaml(document, path, run.complaints);
            if (run.complaints.size() != errors && locales::has_errors(run.complaints)) {
                continue;
            }
            if (test.missing() || (test.has("program") && test["program"].text() != pack.program) ||
                !is_readable(test, run.complaints)) {
                continue;
            }
            for (const auto& language : languages_of(pack, test, run.complaints)) {
                run.results.push_back(
                    ScriptedPlay(pack, test, *mode_of(test["mode"]), language, run.coverage).run());
            }
        }
    }
    return run;
}

}  // namespace rightsline::flows

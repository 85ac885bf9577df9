// The section `operator`: who keeps the machine.
#include <algorithm>

#include "gateway/config/sections.hpp"
#include "gateway/config/shapes.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

constexpr std::size_t most_numbers = 10;

bool sends_texts(const Config& config, const Line& line) {
    const bool texts = line.modes.empty() || line.modes.contains(Mode::sms);
    return texts && config.accounts.contains(line.account);
}

/// "+" and 8 to 15 digits.
bool is_phone(std::string_view text) {
    return text.size() >= 9 && text.size() <= 16 && text.front() == '+' &&
           text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

void take_numbers(const Node& node, Complaints& complaints, Config& config) {
    for (const Node& number : node["numbers"].items()) {
        if (!is_phone(number.text())) {
            complaints.push_back(number.complain("bad-number", "this is no phone number of an operator",
                                                 "write it in quotes with its country: \"+15005550101\""));
            continue;
        }
        config.operators.numbers.emplace_back(number.text());
    }
    if (node["numbers"].items().size() > most_numbers) {
        complaints.push_back(node["numbers"].complain("too-many-numbers",
                                                      "more than ten operators would be told",
                                                      "leave those who can do something about it"));
    }
}

}  // namespace

void read_operators(const Node& node, Settings& settings, Complaints& complaints, Config& config) {
    refuse_unknown_keys(node, {"numbers", "line"}, complaints);
    settings.take("operator__line", config.operators.line);
    take_numbers(node, complaints, config);
    if (config.operators.numbers.empty()) {
        if (node["numbers"].items().empty() && (node.has("line") || node.has("numbers"))) {
            settings.complain("operator__numbers", "no-operator-number",
                              "operator names no number, so nobody is told",
                              "write numbers: [\"+15005550101\"], or leave operator out");
        }
        return;
    }
    if (config.operators.line.empty()) {
        const auto first = std::ranges::find_if(
            config.lines, [&](const auto& one) { return sends_texts(config, one.second); });
        config.operators.line = first == config.lines.end() ? std::string() : first->first;
    }
    const auto line = config.lines.find(config.operators.line);
    if (line == config.lines.end() || !sends_texts(config, line->second)) {
        settings.complain("operator__line", "no-operator-line",
                          "the operator is told by a line that sends no texts",
                          "name one of lines that has sms among its modes");
    }
}

}  // namespace rightsline::config

// Lines: our numbers and short codes, and what each is for.
#include <charconv>
#include <utility>

#include "gateway/config/sections.hpp"
#include "gateway/config/shapes.hpp"
#include "locales/language.hpp"

namespace rightsline::config {
namespace {

using locales::Complaints;
using locales::Node;

std::optional<Mode> mode_of(std::string_view name) {
    if (name == "sms") {
        return Mode::sms;
    }
    if (name == "voice") {
        return Mode::voice;
    }
    if (name == "ussd") {
        return Mode::ussd;
    }
    return std::nullopt;
}

void cost_of(const std::string& name, const Node& cost, Line& line, Complaints& complaints) {
    const auto mode = mode_of(name);
    if (!mode || (cost.text() != "free" && cost.text() != "paid")) {
        complaints.push_back(
            cost.complain("unknown-cost", "this is not a cost of a mode", "write {sms: paid, voice: free}"));
        return;
    }
    line.cost_to_worker[*mode] = cost.text() == "free" ? Cost::free : Cost::paid;
}

std::size_t per_second(const Node& node, Complaints& complaints) {
    std::size_t rate = 0;
    const std::string& text = node.text();
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), rate);
    if (failed != std::errc{} || end != text.data() + text.size() || rate < 1 || rate > 10'000) {
        complaints.push_back(
            node.complain("bad-rate", "this is no number of sends a second",
                          "write what the provider allows the number: 1 for an ordinary one"));
        return 1;
    }
    return rate;
}

/// Whoever can fake a caller id has us call any country that is not shut out: so the countries must be named.
bool calls_back(const Node& line_node, const Line& line, const Config& config, Complaints& complaints) {
    const Node& node = line_node["missed_call"];
    if (node.text() != "call_back" && node.text() != "answer") {
        complaints.push_back(node.complain("bad-missed-call", "this is nothing that a line does with a call",
                                           "write answer, or call_back: it is not answered, and whoever "
                                           "rang is called"));
        return false;
    }
    if (node.text() == "answer") {
        return false;
    }
    if (!line.modes.contains(Mode::voice)) {
        complaints.push_back(node.complain("no-voice", "this line calls back and takes no calls",
                                           "add voice to its modes, or take missed_call out"));
    }
    if (config.sending.prefixes.empty()) {
        complaints.push_back(node.complain(
            "no-prefixes",
            "this line calls back, and may call every country: whoever fakes a number has you pay",
            "name the countries that your workers call from, as in sending: {prefixes: [\"+266\"]}"));
    }
    return true;
}

/// Workers do not call such a line, and whoever records does not call theirs: no menu grows for it.
bool is_for_recording(const Node& line_node, const Line& line, Complaints& complaints) {
    const Node& node = line_node["calls"];
    if (node.text() != "record" && node.text() != "workers") {
        complaints.push_back(
            node.complain("bad-calls", "this is nobody that a line takes calls of",
                          "write workers, or record: whoever records the script, by a code"));
        return false;
    }
    const bool records = node.text() == "record";
    if (records && (!line.modes.contains(Mode::voice) || line.calls_back)) {
        complaints.push_back(node.complain("no-calls", "this line is for recording and answers no calls",
                                           "add voice to its modes, and take missed_call out"));
    }
    return records;
}

void check_line(const Node& node, const Line& line, const Config& config, Complaints& complaints) {
    if (!config.accounts.contains(line.account)) {
        complaints.push_back(node.complain("unknown-account",
                                           "this line names an account that does not exist",
                                           "name one of those under accounts"));
    }
    if (line.program.empty() || line.modes.empty()) {
        complaints.push_back(node.complain("incomplete-line", "this line has no program or no modes",
                                           "write program: name and modes: [sms, voice]"));
    }
    if (!line.language.empty() && !locales::LanguageTag::parse(line.language)) {
        complaints.push_back(
            node.complain("bad-language", "this line's language is no language", "write language: es"));
    }
}

}  // namespace

std::vector<std::string> read_texts(const Node& list, Complaints& complaints) {
    std::vector<std::string> found;
    if (list.kind() == Node::Kind::scalar) {
        complaints.push_back(list.complain("not-a-list", "this must be a list", "write [first, second]"));
    }
    for (const Node& item : list.items()) {
        found.push_back(item.text());
    }
    return found;
}

void read_line(const std::string& number, const Node& node, Complaints& complaints, Config& config) {
    refuse_unknown_keys(
        node,
        {"account", "program", "modes", "language", "cost_to_worker", "per_second", "missed_call", "calls"},
        complaints);
    Line line;
    line.account = node["account"].text();
    line.program = node["program"].text();
    line.language = node["language"].text();
    line.file_line = node.line();
    for (const Node& name : node["modes"].items()) {
        if (const auto mode = mode_of(name.text())) {
            line.modes.insert(*mode);
        } else {
            complaints.push_back(
                name.complain("unknown-mode", "this is not a mode", "write sms, voice or ussd"));
        }
    }
    if (node.has("per_second")) {
        line.per_second = per_second(node["per_second"], complaints);
    }
    if (node.has("missed_call")) {
        line.calls_back = calls_back(node, line, config, complaints);
    }
    if (node.has("calls")) {
        line.for_recording = is_for_recording(node, line, complaints);
    }
    for (const auto& [name, cost] : node["cost_to_worker"].entries()) {
        cost_of(name, cost, line, complaints);
    }
    check_line(node, line, config, complaints);
    if (!is_line(number)) {
        complaints.push_back(node.complain(
            "bad-line", "this line is no phone number",
            "write it in quotes with + and the country, as in \"+15005550006\"; or a short code of 3 "
            "to 8 digits"));
    }
    config.lines.emplace(number, std::move(line));
}

}  // namespace rightsline::config

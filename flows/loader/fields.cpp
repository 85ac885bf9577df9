#include "flows/loader/fields.hpp"

#include <algorithm>
#include <charconv>

namespace rightsline::flows {

namespace {

std::optional<std::int64_t> to_whole(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

std::optional<Seconds> to_duration(std::string_view text) {
    if (text.size() < 2) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> count = to_whole(text.substr(0, text.size() - 1));
    constexpr std::int64_t most = 366;  // of any unit: keeps the product far from overflow
    constexpr std::int64_t most_seconds = 86400;
    if (!count || *count < 0) {
        return std::nullopt;
    }
    switch (text.back()) {
        case 's':
            return *count <= most_seconds ? std::optional(Seconds(*count)) : std::nullopt;
        case 'm':
            return *count <= most_seconds / 60 ? std::optional(Seconds(*count * 60)) : std::nullopt;
        case 'h':
            return *count <= most ? std::optional(Seconds(*count * 3600)) : std::nullopt;
        case 'd':
            return *count <= most ? std::optional(Seconds(*count * 86400)) : std::nullopt;
        default:
            return std::nullopt;
    }
}

bool is_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return false;
    }
    const auto hour = to_whole(text.substr(0, 2));
    const auto minute = to_whole(text.substr(3, 2));
    return hour && minute && *hour >= 0 && *hour <= 24 && *minute >= 0 && *minute <= 59;
}

}  // namespace

std::string read_text(const Node& node, Complaints& complaints) {
    if (node.kind() == Node::Kind::list || node.kind() == Node::Kind::map) {
        complaints.push_back(
            node.complain("not-a-text", "a text belongs here, not a list or a map",
                          "write one text; put it in quotes when it holds ': ' or begins with {"));
    }
    return node.text();
}

bool read_flag(const Node& node, bool fallback, Complaints& complaints) {
    if (node.missing()) {
        return fallback;
    }
    if (node.text() == "true") {
        return true;
    }
    if (node.text() != "false") {
        complaints.push_back(node.complain("bad-value", "'" + node.text() + "' is neither true nor false",
                                           "write true or false"));
        return fallback;
    }
    return false;
}

std::optional<std::int64_t> read_whole(const Node& node, Complaints& complaints) {
    if (node.missing()) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> value = to_whole(node.text());
    if (!value) {
        complaints.push_back(node.complain("bad-value", "'" + node.text() + "' is not a whole number",
                                           "write digits, such as 2"));
    }
    return value;
}

std::optional<Seconds> read_duration(const Node& node, Complaints& complaints) {
    if (node.missing()) {
        return std::nullopt;
    }
    const std::optional<Seconds> value = to_duration(node.text());
    if (!value) {
        complaints.push_back(node.complain("bad-value", "'" + node.text() + "' is not a length of time",
                                           "write a number and its unit: 6s, 3m, 24h or 2d"));
    }
    return value;
}

std::chrono::seconds read_kept(const Node& node, Complaints& complaints) {
    const std::optional<Seconds> kept = read_duration(node, complaints);
    if (kept && *kept < std::chrono::days(1)) {
        complaints.push_back(node.complain("bad-value", "what is closed is kept for a day at least",
                                           "write days, such as 365d; leave it out to keep it for ever"));
        return std::chrono::seconds(0);
    }
    return kept ? std::chrono::seconds(*kept) : std::chrono::seconds(0);
}

std::optional<Urgency> read_urgency(const Node& node, Complaints& complaints) {
    if (node.missing()) {
        return std::nullopt;
    }
    if (node.text() == "P1") {
        return Urgency::p1;
    }
    if (node.text() == "P2") {
        return Urgency::p2;
    }
    if (node.text() != "P3") {
        complaints.push_back(node.complain("bad-value", "'" + node.text() + "' is not an urgency",
                                           "write P1 (danger now), P2 (soon) or P3"));
    }
    return Urgency::p3;
}

std::optional<Mode> read_mode(const Node& node, Complaints& complaints) {
    if (node.text() == "sms") {
        return Mode::sms;
    }
    if (node.text() == "voice") {
        return Mode::voice;
    }
    if (node.text() == "ussd") {
        return Mode::ussd;
    }
    complaints.push_back(
        node.complain("bad-value", "'" + node.text() + "' is not a mode", "write sms, voice or ussd"));
    return std::nullopt;
}

std::uint8_t read_modes(const Node& node, Complaints& complaints) {
    constexpr std::uint8_t all = 7;
    if (node.missing()) {
        return all;
    }
    unsigned bits = 0;
    const auto add = [&](const Node& word) {
        if (const std::optional<Mode> mode = read_mode(word, complaints)) {
            bits |= 1U << static_cast<unsigned>(*mode);
        }
    };
    if (node.kind() == Node::Kind::list) {
        std::for_each(node.items().begin(), node.items().end(), add);
    } else {
        add(node);
    }
    return bits == 0 ? all : static_cast<std::uint8_t>(bits);
}

std::vector<std::string> read_list(const Node& node, Complaints& complaints) {
    std::vector<std::string> texts;
    if (node.missing()) {
        return texts;
    }
    if (node.kind() != Node::Kind::list) {
        texts.push_back(read_text(node, complaints));
        return texts;
    }
    for (const Node& item : node.items()) {
        texts.push_back(read_text(item, complaints));
    }
    return texts;
}

bool is_map(const Node& node, Complaints& complaints) {
    if (node.missing()) {
        return false;
    }
    if (node.kind() != Node::Kind::map) {
        complaints.push_back(
            node.complain("not-a-map", "named values belong here", "write 'name: value' lines, indented"));
        return false;
    }
    return true;
}

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

bool is_hours(const std::string& text) {
    return text.size() == 11 && text[5] == '-' && is_clock(std::string_view(text).substr(0, 5)) &&
           is_clock(std::string_view(text).substr(6));
}

std::string suggest(const std::string& typed, const std::vector<std::string>& known) {
    if (const auto near = locales::nearest(typed, known)) {
        return "did you mean '" + *near + "'?";
    }
    std::string list;
    for (const std::string& word : known) {
        list += (list.empty() ? "" : ", ") + word;
    }
    return list.empty() ? "there is none to choose from" : "known are: " + list;
}

}  // namespace rightsline::flows

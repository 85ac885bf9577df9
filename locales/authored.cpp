#include "locales/authored.hpp"

#include <algorithm>
#include <array>

#include "locales/authored_builder.hpp"

namespace rightsline::locales {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row[b.size()];
}

}  // namespace

bool has_errors(const Complaints& complaints) {
    return std::any_of(complaints.begin(), complaints.end(),
                       [](const Complaint& c) { return c.level == Complaint::Level::error; });
}

std::string to_line(const Complaint& complaint) {
    return complaint.file + ":" + std::to_string(complaint.line) + ": " + complaint.rule + ": " +
           complaint.what + ". " + complaint.mend;
}

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known) {
    constexpr std::size_t far = 3;
    std::size_t best = far;
    std::optional<std::string> found;
    for (const std::string& word : known) {
        const std::size_t gap =
            word.size() > typed.size() ? word.size() - typed.size() : typed.size() - word.size();
        if (gap >= best) {
            continue;
        }
        const std::size_t distance = edit_distance(typed, word);
        if (distance < best &&
            distance < typed.size()) {  // "go" is not a typo of "no" and of everything else
            best = distance;
            found = word;
        }
    }
    return found;
}

const Node& Node::operator[](std::string_view key) const {
    for (const auto& [name, value] : entries_) {
        if (name == key) {
            return value;
        }
    }
    // One absent node per place would cost an allocation per question, so a few are kept per thread for the
    // caller.
    thread_local std::array<Node, 16> absent;
    thread_local std::size_t next = 0;
    Node& node = absent[next++ % absent.size()];
    node = NodeBuilder::make(Kind::missing, line_, file_);
    return node;
}

Complaint Node::complain(std::string rule, std::string what, std::string mend) const {
    return {*file_, line_, std::move(rule), std::move(what), std::move(mend), Complaint::Level::error};
}

void refuse_unknown_keys(const Node& map, const std::vector<std::string>& known, Complaints& complaints) {
    for (const auto& [key, value] : map.entries()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) {
            continue;
        }
        std::string list;
        for (const std::string& word : known) {
            list += (list.empty() ? "" : ", ") + word;
        }
        const auto near = nearest(key, known);
        complaints.push_back(value.complain("unknown-key", "'" + key + "' is not known here",
                                            near ? "did you mean '" + *near + "'?" : "known are: " + list));
    }
}

}  // namespace rightsline::locales

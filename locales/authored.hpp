// Authored YAML: what people wrote, with the place where they wrote it.
//
// A strict tree over yaml-cpp: every scalar is a string (yes, no, on and 08 stay what was typed), maps keep their
// order, a repeated key, an alias, a tag or a file over 1 MiB or 32 levels is a complaint with file and line.
// Used for flows, locales and the configuration alike, so that one mistake has one wording.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rightsline::locales {

/// One finding, worded for the person who wrote the file: what is wrong and how to mend it.
struct Complaint {
    enum class Level { error, warning };
    std::string file;
    int line = 0;      // 1-based; 0: the file as a whole
    std::string rule;  // stable kebab-case name, e.g. "unknown-target"
    std::string what;
    std::string mend;
    Level level = Level::error;
};
using Complaints = std::vector<Complaint>;

bool has_errors(const Complaints& complaints);
/// "file:line: rule: what. mend"
std::string to_line(const Complaint& complaint);
/// The nearest of `known` for a "did you mean" (edit distance at most 2), or nothing.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& known);

class Node {
 public:
    enum class Kind { missing, scalar, list, map };
    Kind kind() const { return kind_; }
    bool missing() const { return kind_ == Kind::missing; }
    explicit operator bool() const { return !missing(); }
    int line() const { return line_; }
    const std::string& file() const { return *file_; }

    /// The scalar's text; "" for any other kind.
    const std::string& text() const { return text_; }
    bool quoted() const { return quoted_; }
    const std::vector<Node>& items() const { return items_; }                              // list
    const std::vector<std::pair<std::string, Node>>& entries() const { return entries_; }  // map, in order
    /// The entry under `key`, or a missing node that still knows its file and line.
    const Node& operator[](std::string_view key) const;
    bool has(std::string_view key) const { return !(*this)[key].missing(); }

    Complaint complain(std::string rule, std::string what, std::string mend) const;

 private:
    friend struct NodeBuilder;
    Kind kind_ = Kind::missing;
    int line_ = 0;
    bool quoted_ = false;
    std::string text_;
    std::vector<Node> items_;
    std::vector<std::pair<std::string, Node>> entries_;
    std::shared_ptr<const std::string> file_ = std::make_shared<const std::string>();
};

/// Reads one YAML document. On any complaint of level error the returned tree must not be used.
Node read_yaml(std::string_view text, std::string file, Complaints& complaints);

/// Complains about every key of `map` that is not in `known` (rule "unknown-key", with "did you mean").
void refuse_unknown_keys(const Node& map, const std::vector<std::string>& known, Complaints& complaints);

}  // namespace rightsline::locales

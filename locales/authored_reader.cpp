#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <sstream>
#include <unordered_set>

#include "locales/authored.hpp"
#include "locales/authored_builder.hpp"
#include "locales/authored_bytes.hpp"

namespace rightsline::locales {

namespace {

constexpr std::size_t most_bytes = 1U << 20U;
constexpr std::size_t most_levels = 32;
constexpr std::size_t most_nodes = 20000;

/// Ends the parse after a complaint that leaves nothing sensible to read on; never leaves read_yaml.
struct Stop {};

/// Turns yaml-cpp's events into nodes. The event interface is used, not YAML::Node: it is the only one that
/// still sees repeated keys and aliases, and it stops at the first level too deep instead of building it.
class Reader : public YAML::EventHandler {
 public:
    Reader(std::string_view source, std::shared_ptr<const std::string> file, Complaints& complaints)
        : source_(source), file_(std::move(file)), complaints_(complaints) {}

    Node take_root() { return std::move(root_); }

    /// yaml-cpp lets a quote that never ends run to the end of the file: a cut-off file would look whole.
    void refuse_open_quote() {
        const auto begin = static_cast<std::size_t>(std::max(last_scalar_.pos, 0));
        const char quote = begin < source_.size() ? source_[begin] : ' ';
        if (quote != '"' && quote != '\'') {
            return;
        }
        for (std::size_t at = begin + 1; at < source_.size(); ++at) {
            const bool escaped = quote == '"' && source_[at] == '\\';
            const bool doubled = quote == '\'' && source_.substr(at, 2) == "''";
            if (escaped || doubled) {
                ++at;  // the next one belongs to the text
            } else if (source_[at] == quote) {
                return;
            }
        }
        complain(last_scalar_, "bad-yaml", "a text in quotes does not end", "close the quote");
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ > 1) {
            complain(mark, "two-documents", "the file goes on after its first document has ended",
                     "mend the indentation here, or move the rest to a file of its own");
            throw Stop{};
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { scalar(mark, word_of_null(mark), false); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        complain(mark, "no-alias", "an alias (*name) points at text elsewhere", "write the text out here");
        scalar(mark, "", false);
    }
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        complain(mark, "no-anchor", "'&" + name + "' is an anchor",
                 "write the text out, or put it in quotes");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        last_scalar_ = mark;
        scalar(mark, value, tag == "!");
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, Node::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, Node::Kind::map);
    }
    void OnMapEnd() override { close(); }

 private:
    struct Level {
        Node node;
        bool has_key = false;
        std::string key;
        int key_line = 0;
        std::unordered_set<std::string> seen;
    };

    void complain(const YAML::Mark& mark, std::string rule, std::string what, std::string mend) {
        complaints_.push_back({*file_, mark.line + 1, std::move(rule), std::move(what), std::move(mend),
                               Complaint::Level::error});
    }

    bool expects_key() const {
        return !levels_.empty() && levels_.back().node.kind() == Node::Kind::map && !levels_.back().has_key;
    }

    /// yaml-cpp hides what was typed behind a null; `null` and `~` are words like any other here. For a value
    /// that was left out the mark is on what follows, which may be a key that is spelt like one of them.
    std::string word_of_null(const YAML::Mark& mark) const {
        const auto at = static_cast<std::size_t>(std::max(mark.pos, 0));
        for (std::string_view word : {"null", "Null", "NULL", "~"}) {
            if (at <= source_.size() && source_.substr(at, word.size()) == word &&
                (source_.substr(at + word.size(), 1) == ":") == expects_key()) {
                return std::string(word);
            }
        }
        return {};
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            complain(mark, "no-tag", "'" + tag + "' is a tag; every value here is text", "take the tag away");
        }
    }

    void scalar(const YAML::Mark& mark, std::string value, bool quoted) {
        if (expects_key()) {
            take_key(mark, std::move(value));
            return;
        }
        Node node = NodeBuilder::make(Node::Kind::scalar, mark.line + 1, file_);
        NodeBuilder::set_text(node, std::move(value), quoted);
        place(mark, std::move(node));
    }

    void take_key(const YAML::Mark& mark, std::string key) {
        Level& level = levels_.back();
        if (!level.seen.insert(key).second) {
            complain(mark, "repeated-key", "'" + key + "' stands here twice; only one of them can count",
                     "keep one of the two");
        }
        level.has_key = true;
        level.key = std::move(key);
        level.key_line = mark.line + 1;
    }

    void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
        refuse_tag(mark, tag);
        if (levels_.size() >= most_levels) {
            complain(mark, "too-deep", "lists and maps are nested more than 32 levels deep",
                     "flatten this part");
            throw Stop{};
        }
        if (expects_key()) {
            complain(mark, "bad-key", "a key is a list or a map", "use plain text as the key");
            throw Stop{};
        }
        levels_.push_back({NodeBuilder::make(kind, mark.line + 1, file_), false, {}, 0, {}});
    }

    void close() {
        Node node = std::move(levels_.back().node);
        levels_.pop_back();
        place(YAML::Mark{}, std::move(node));
    }

    void place(const YAML::Mark& mark, Node node) {
        if (++nodes_ > most_nodes) {
            complain(mark, "too-many-values", "the file holds more than 20,000 values",
                     "split it into several files");
            throw Stop{};
        }
        if (levels_.empty()) {
            root_ = std::move(node);
            return;
        }
        Level& level = levels_.back();
        if (level.node.kind() == Node::Kind::list) {
            NodeBuilder::append(level.node, std::move(node));
            return;
        }
        // The key's line is where a person looks for a value, also when the value begins a line further down.
        NodeBuilder::move_to_line(node, level.key_line);
        NodeBuilder::insert(level.node, std::move(level.key), std::move(node));
        level.has_key = false;
        level.key.clear();
    }

    std::string_view source_;
    std::shared_ptr<const std::string> file_;
    Complaints& complaints_;
    std::vector<Level> levels_;
    Node root_;
    YAML::Mark last_scalar_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

/// The parser's terse words, for a person who writes menus.
std::pair<std::string, std::string> explain(std::string_view message) {
    struct Row {
        std::string_view part, what, mend;
    };
    static constexpr std::array<Row, 12> rows{{
        {"illegal map value", "there is a colon where no new key can begin",
         "put a text that holds ': ' in double quotes, and check the indentation"},
        {"tab", "a tab stands where the indentation should be", "indent with spaces"},
        {"end of map", "a map that was opened with { or by indentation does not end",
         "close it with }, and line its keys up"},
        {"end of sequence", "a list that was opened with [ does not end", "close it with ]"},
        {"EOF in scalar", "a text in quotes does not end", "close the quote"},
        {"anchor", "& and * at the start of a text mean something else in YAML",
         "put the text in double quotes"},
        {"alias", "& and * at the start of a text mean something else in YAML",
         "put the text in double quotes"},
        {"escape", "a backslash in double quotes is followed by a letter that means nothing",
         "use single quotes, or write \\\\"},
        {"block entry", "a dash begins a list item where no list can be", "check the indentation"},
        {"map key", "a new key begins where none can be", "check the indentation"},
        {"unknown token", "a character here means something else in YAML, such as ? before ] or }",
         "put the text in double quotes"},
        {"scanning", "a text begins with a character that means something else in YAML",
         "put the text in double quotes"},
    }};
    for (const Row& row : rows) {
        if (message.find(row.part) != std::string_view::npos) {
            return {std::string(row.what), std::string(row.mend)};
        }
    }
    return {"this cannot be read as YAML (" + std::string(message) + ")",
            "check the indentation, and put texts with special characters in double quotes"};
}

void parse(std::string_view text, const std::string& file, Reader& reader, Complaints& complaints) {
    const auto complain = [&](int line, std::string what, std::string mend) {
        complaints.push_back(
            {file, line, "bad-yaml", std::move(what), std::move(mend), Complaint::Level::error});
    };
    try {
        std::istringstream input{std::string(text)};
        YAML::Parser parser(input);
        while (parser.HandleNextDocument(reader)) {
        }
        reader.refuse_open_quote();
    } catch (const Stop&) {
        return;  // the complaint is in the list already
    } catch (const YAML::Exception& error) {
        const auto [what, mend] = explain(error.msg);
        complain(std::max(error.mark.line, 0) + 1, what, mend);
    } catch (const std::exception&) {
        complain(0, "the parser gave up on this file", "make it smaller, and check the indentation");
    }
}

}  // namespace

Node read_yaml(std::string_view text, std::string file, Complaints& complaints) {
    auto name = std::make_shared<const std::string>(std::move(file));
    Node nothing = NodeBuilder::make(Node::Kind::missing, 1, name);
    if (text.size() > most_bytes) {
        complaints.push_back(
            nothing.complain("too-large", "the file is over 1 MiB", "split it into several files"));
        return nothing;
    }
    if (text.substr(0, 3) == "\xef\xbb\xbf") {  // a byte order mark of some editors
        text.remove_prefix(3);
    }
    if (refuse_bytes(text, *name, complaints)) {
        return nothing;
    }
    Reader reader(text, name, complaints);
    parse(text, *name, reader, complaints);
    Node root = reader.take_root();
    return root.missing() ? nothing : root;
}

}  // namespace rightsline::locales

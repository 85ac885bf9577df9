// NodeBuilder: the one way into a Node's insides, shared by the reader and the tree. Private to the two of
// them.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "locales/authored.hpp"

namespace rightsline::locales {

struct NodeBuilder {
    static Node make(Node::Kind kind, int line, std::shared_ptr<const std::string> file) {
        static const Node blank;  // copied: a fresh Node would allocate its own empty file name
        Node node = blank;
        node.kind_ = kind;
        node.line_ = line;
        node.file_ = std::move(file);
        return node;
    }
    static void set_text(Node& node, std::string text, bool quoted) {
        node.text_ = std::move(text);
        node.quoted_ = quoted;
    }
    static void append(Node& list, Node item) { list.items_.push_back(std::move(item)); }
    static void insert(Node& map, std::string key, Node value) {
        map.entries_.emplace_back(std::move(key), std::move(value));
    }
    static void move_to_line(Node& node, int line) { node.line_ = line; }
};

}  // namespace rightsline::locales

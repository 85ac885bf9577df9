#include "tests/support/twiml.hpp"

#include <stdexcept>

namespace rightsline::tests {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Walk {
 public:
    explicit Walk(const std::string& xml) : xml_(xml) {}

    Element document() {
        constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
        if (rest().starts_with(declaration)) {
            at_ += declaration.size();
        }
        Element root = element();
        if (at_ != xml_.size()) {
            fail("something after the document");
        }
        return root;
    }

 private:
    std::string_view rest() const { return std::string_view(xml_).substr(at_); }
    char next() const { return at_ < xml_.size() ? xml_[at_] : '\0'; }

    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error("XML at byte " + std::to_string(at_) + ": " + why + " in " + xml_);
    }

    void expect(std::string_view text) {
        if (!rest().starts_with(text)) {
            fail("expected '" + std::string(text) + "'");
        }
        at_ += text.size();
    }

    std::string name() {
        std::string out;
        while (is_letter(next())) {
            out += xml_[at_++];
        }
        if (out.empty()) {
            fail("expected a name");
        }
        return out;
    }

    void append_entity(std::string& out) {
        static const std::map<std::string_view, char> known{
            {"&amp;", '&'},  {"&lt;", '<'},  {"&gt;", '>'},   {"&quot;", '"'}, {"&apos;", '\''},
            {"&#39;", '\''}, {"&#9;", '\t'}, {"&#10;", '\n'}, {"&#13;", '\r'}};
        for (const auto& [entity, character] : known) {
            if (rest().starts_with(entity)) {
                out += character;
                at_ += entity.size();
                return;
            }
        }
        fail("an unknown entity or a bare ampersand");
    }

    std::string text_until(char end) {
        std::string out;
        while (at_ < xml_.size() && next() != end) {
            const auto byte = static_cast<unsigned char>(next());
            if (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') {
                fail("a forbidden character");
            }
            if (next() == '<') {
                fail("a bare <");
            }
            if (next() == '&') {
                append_entity(out);
            } else {
                out += xml_[at_++];
            }
        }
        return out;
    }

    Element element() {
        expect("<");
        Element made;
        made.name = name();
        while (next() == ' ') {
            ++at_;
            const std::string key = name();
            expect("=\"");
            if (!made.attributes.emplace(key, text_until('"')).second) {
                fail(key + " twice");
            }
            expect("\"");
        }
        if (next() == '/') {
            expect("/>");
            return made;
        }
        expect(">");
        while (!rest().starts_with("</")) {
            if (at_ >= xml_.size()) {
                fail("the end is missing");
            }
            if (next() == '<') {
                made.children.push_back(element());
            } else {
                made.text += text_until('<');
            }
        }
        expect("</" + made.name + ">");
        return made;
    }

    const std::string& xml_;
    std::size_t at_ = 0;
};

void collect(const Element& from, std::string_view tag, std::vector<const Element*>& into) {
    for (const Element& child : from.children) {
        if (child.name == tag) {
            into.push_back(&child);
        }
        collect(child, tag, into);
    }
}

}  // namespace

const std::string& Element::attribute(const std::string& key) const {
    const auto found = attributes.find(key);
    if (found == attributes.end()) {
        throw std::runtime_error(name + " has no attribute " + key);
    }
    return found->second;
}

const Element& Element::child(std::string_view tag) const {
    for (const Element& one : children) {
        if (one.name == tag) {
            return one;
        }
    }
    throw std::runtime_error(name + " has no " + std::string(tag));
}

std::vector<const Element*> Element::all(std::string_view tag) const {
    std::vector<const Element*> found;
    collect(*this, tag, found);
    return found;
}

Element parse_twiml(const std::string& xml) { return Walk(xml).document(); }

}  // namespace rightsline::tests

// twiml: a strict walk over an XML answer. Anything that is not plainly well-formed throws.
//
// Knows elements, attributes, text and the entities that TwiML needs. No comments, no
// CDATA, no processing instruction but the declaration. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::tests {

struct Element {
    std::string name;
    std::map<std::string, std::string> attributes;
    std::vector<Element> children;
    std::string text;

    /// Throws when there is none.
    const std::string& attribute(const std::string& key) const;
    /// The first child of that name; throws when there is none.
    const Element& child(std::string_view tag) const;
    /// All elements of that name below this one, in order.
    std::vector<const Element*> all(std::string_view tag) const;
};

/// Throws std::runtime_error that says where and why.
Element parse_twiml(const std::string& xml);

}  // namespace rightsline::tests

// XmlWriter: the only way to XML. Names are ours (literals), values are anybody's: escaped, and without the
// characters that XML 1.0 forbids, so that no text of a worker, an author or a monitor can become markup or
// break the document.
//
// Invariant: str() is a well-formed document when every open() had its close().
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rightsline::providers {

class XmlWriter {
 public:
    XmlWriter();
    void open(std::string_view name);
    /// Right after open() only.
    void attribute(std::string_view name, std::string_view value);
    void attribute(std::string_view name, long long value);
    void text(std::string_view value);
    void close();
    /// open, text, close.
    void element(std::string_view name, std::string_view value);
    std::string str() &&;

 private:
    void end_tag_head();
    std::string out_;
    std::vector<std::string> names_;
    bool in_head_ = false;
};

}  // namespace rightsline::providers

#include "gateway/providers/xml.hpp"

#include <algorithm>

#include "gateway/providers/clean_text.hpp"

namespace rightsline::providers {
namespace {

// The Char production of XML 1.0.
bool is_xml(char32_t point) {
    return point == '\t' || point == '\n' || point == '\r' ||
           (point >= 0x20 && point != 0xFFFE && point != 0xFFFF);
}

void append_escaped(std::string& out, char32_t point) {
    switch (point) {
        case '&':
            out += "&amp;";
            return;
        case '<':
            out += "&lt;";
            return;
        case '>':
            out += "&gt;";
            return;
        case '"':
            out += "&quot;";
            return;
        case '\t':
        case '\n':
        case '\r':
            // As references, so that an attribute's line break is not folded into a space.
            out += "&#" + std::to_string(static_cast<unsigned>(point)) + ";";
            return;
        default:
            append_code_point(out, point);
    }
}

constexpr bool is_plain(char c) {
    return c >= 0x20 && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"';
}

void append_value(std::string& out, std::string_view value) {
    out.reserve(out.size() + value.size());
    while (true) {
        const auto plain =
            static_cast<std::size_t>(std::ranges::find_if_not(value, is_plain) - value.begin());
        out += value.substr(0, plain);
        value.remove_prefix(plain);
        if (value.empty()) {
            return;
        }
        const char32_t point = take_code_point(value);
        if (is_xml(point)) {
            append_escaped(out, point);
        }
    }
}

}  // namespace

XmlWriter::XmlWriter() : out_(R"(<?xml version="1.0" encoding="UTF-8"?>)") {}

void XmlWriter::end_tag_head() {
    if (in_head_) {
        out_ += '>';
        in_head_ = false;
    }
}

void XmlWriter::open(std::string_view name) {
    end_tag_head();
    out_ += '<';
    out_ += name;
    names_.emplace_back(name);
    in_head_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    append_value(out_, value);
    out_ += '"';
}

void XmlWriter::attribute(std::string_view name, long long value) { attribute(name, std::to_string(value)); }

void XmlWriter::text(std::string_view value) {
    end_tag_head();
    append_value(out_, value);
}

void XmlWriter::close() {
    if (in_head_) {
        out_ += "/>";
        in_head_ = false;
    } else {
        out_ += "</" + names_.back() + ">";
    }
    names_.pop_back();
}

void XmlWriter::element(std::string_view name, std::string_view value) {
    open(name);
    text(value);
    close();
}

std::string XmlWriter::str() && { return std::move(out_); }

}  // namespace rightsline::providers

// Label: a text that was written in the source code. It is the only kind of text that a log or a metric
// takes.
//
// A literal was chosen by us at compile time, so it cannot be a number, a worker's words or a code. The
// constructor is consteval: a std::string, a string_view, a char pointer or a buffer filled at run time does
// not compile. Threading: a plain value; the bytes live as long as the program.
#pragma once

#include <cstddef>
#include <string_view>

namespace rightsline::ops {

class Label {
 public:
    template <std::size_t N>
    consteval Label(const char (&literal)[N]) : text_(literal, N - 1) {}  // NOLINT: meant to be implicit
    template <std::size_t N>
    Label(char (&buffer)[N]) = delete;

    constexpr std::string_view view() const { return text_; }
    friend constexpr bool operator==(Label a, Label b) { return a.text_ == b.text_; }

 private:
    std::string_view text_;
};

}  // namespace rightsline::ops

// Circles: to which of a program's circles a report is sealed. Who holds a circle's key opens its reports, and nobody else.
//
// A program names them with the most sensitive first. A family says whose it is; one that says nothing is sealed to the
// program's own circle, which has the program's name and is written "" here. What a worker tells before anybody knows what it is
// about (words of danger, a call that ends early) goes to the first that is named: it may be the worst of all, what the smaller
// circle has it can pass on, and what the larger one has read cannot be taken back. A report stays where it began.
// Pure: plain values. Owner: the pack.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::flows {

struct Circles {
    std::vector<std::string>
        names;  // the most sensitive first; none: everything is the program's own circle's
    std::map<std::string, std::string, std::less<>> of_family;

    /// Of a family's key; "" is a report of which nobody knows yet what it is about.
    std::string of(std::string_view family) const;
    /// The more sensitive of two: of a report that goes on from another. One that the program no longer names stays.
    std::string stricter(const std::string& one, const std::string& other) const;
};

}  // namespace rightsline::flows

// CaseScreen: how cases and their parts stand in a terminal.
//
// Rows and parts go to stdout, the head of the rows to stderr. Must never: let words of a worker look like a line of ours.
// Threading: none; writes where it stands.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cases/case_file.hpp"

namespace rightsline::cli {

/// Talk, and so on stderr: what a program reads on stdout are the rows.
void print_head();
/// One case, as the server lists it.
void print_row(const boost::json::object& one);
void print_part(const cases::OpenedPart& part);

/// How the worker may be reached, where they asked for it; nothing for those who come back by themselves.
void print_contact(const std::string& contact);
/// The lines of a text below each other, all but the first behind a margin.
std::string indented(const std::string& text);

}  // namespace rightsline::cli

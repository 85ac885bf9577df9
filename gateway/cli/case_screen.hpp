// CaseScreen: how cases and their parts stand in a terminal.
//
// Rows and parts go to stdout, the head of the rows to stderr. Must never: let words of a worker look like a line of ours.
// Threading: none; writes where it stands.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/reply.hpp"

namespace rightsline::cli {

/// Talk, and so on stderr: what a program reads on stdout are the rows.
void print_head();
/// One case, as the server lists it.
void print_row(const boost::json::object& one);
void print_part(const cases::OpenedPart& part);
/// A reply of the team, and whether its worker has read it. `read_hour`: seconds, cut to the hour; 0 = not yet.
void print_reply(const cases::OpenedReply& reply, std::int64_t read_hour);

/// The lines of a text below each other, all but the first behind a margin.
std::string indented(const std::string& text);

}  // namespace rightsline::cli

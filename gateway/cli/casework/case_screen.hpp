// CaseScreen: how cases and their parts stand in a terminal.
//
// Rows and parts go to stdout, the head of the rows to stderr. Must never: let words of a worker look like a line of ours.
// Threading: none; writes where it stands.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/reply.hpp"

namespace rightsline::cli {

/// Talk, and so on stderr: what a program reads on stdout are the rows.
void print_head();
/// One case, as the server lists it.
void print_row(const boost::json::object& one);
/// `whole`: the case as the server tells it, which says where each recording is.
void print_part(const cases::OpenedPart& part, const boost::json::object& whole);
/// On stderr: "a part cannot be opened: …". What is locked under a month still is of one that was destroyed.
void say_shut(const char* what, const boost::system::error_code& why, std::string_view sealed);
/// Below the row of a case that is shown: what it is linked with, check-ins, who may not have it, its further clocks.
void print_standing(const boost::json::object& one);
/// When its worker was asked how they are, and what they said.
void print_check_ins(const boost::json::object& one);
/// Plainly apart from what a worker told.
void print_notes_head();
void print_note(const cases::Note& note);
/// Below the notes.
void print_tasks_head();
/// "  2. by 2026-11-25 09:00, jean: Ask the clinic"; what the server set says so in words. `words`: what is to be done.
void print_task(const boost::json::object& task, int number, const std::string& words);
/// When, and what, as log_words() has it.
void print_log_line(const boost::json::object& entry);
/// "2026-11-22 03:00", UTC.
std::string shown_time(std::int64_t seconds);
/// A reply of the team, and whether its worker has read it. `read_hour`: seconds, cut to the hour; 0 = not yet.
void print_reply(const cases::OpenedReply& reply, std::int64_t read_hour);

/// "maria; update overdue by 3 h; 2 tasks, 1 late": who has it, the clock that presses most, what is to be done; "" when there
/// is none of it.
std::string standing_words(const boost::json::object& one, std::int64_t now);
/// "answer due in 22 h", "update overdue by 3 days", "resolve-14 stands still": of one clock.
std::string clock_words(const boost::json::object& clock, std::int64_t now);

/// How the worker of a case that is shown may be reached, where they asked for it; nothing for those who come back by
/// themselves. Whether their phone has said STOP, and what they were texted.
void print_contact(const boost::json::object& one);
/// The lines of a text below each other, all but the first behind a margin.
std::string indented(const std::string& text);

}  // namespace rightsline::cli

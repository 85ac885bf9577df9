// CaseFilter: which cases of a list are meant, and what is wrong with the words that it is asked by.
//
// Private to the room. Threading: values; wrong_word() is the loop's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/message.hpp"

namespace rightsline::api {

/// Of the query: ?status=waiting&assignee=maria&site=sol-farm&unassigned=1&overdue=1; what is not named is not asked.
struct CaseFilter {
    std::string status;
    std::string assignee;
    std::string site;
    bool unassigned = false;  // and not closed
    bool overdue = false;
};
CaseFilter filter_of(const http::Request& request);
/// Overdue: a clock of it, or a task.
bool is_meant(const CaseFilter& filter, const cases::CaseFacts& facts, const cases::Standing& standing,
              const std::vector<flows::CaseStatus>& statuses, std::int64_t now);

struct KnownWords {
    cases::CaseDesk& desk;
    access::UserStore& users;
    std::string actor;  // who is logged in; "" on the local socket
};
/// Where nothing was found: a status or a site that the program lacks, or a person whom nobody knows, with those that there are.
Awaitable<std::optional<http::Response>> wrong_word(KnownWords known, std::string program, CaseFilter filter,
                                                    Deadline deadline);

}  // namespace rightsline::api

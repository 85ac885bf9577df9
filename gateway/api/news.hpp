// News: what pages are told of while somebody looks at them: that something changed, never what it is.
//
// It comes from the audit, where every act stands by the commit of its effect, whichever server did it. News that were not
// told yet are one: a thousand acts upon a case are its id, once. Too many of them are "fetch everything anew".
// Must never: hold what a case is about, or a name. Pure. Threading: plain values.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "gateway/audit/entry.hpp"

namespace rightsline::api {

inline constexpr std::size_t most_cases_told = 100;  // in one event

struct News {
    std::set<std::string> cases;  // ids of those that changed, by somebody else's act
    bool list = false;            // some case did, by whomever
    bool alerts = false;          // somebody was told, or took one
    bool login = false;           // somebody logged in with the listener's own name
    std::string call{};   // the listener's own talk with a caller is over: what it is called; the last one
    bool reload = false;  // more changed than is told

    void add_case(const std::string& id);
    bool empty() const { return cases.empty() && !list && !alerts && !login && call.empty() && !reload; }
};

/// What an act is to who looks at a page. Nothing is told of looking itself.
struct Touches {
    bool its_case = false;
    bool alerts = false;
};
Touches touches_of(const audit::Entry& entry);
/// Whether it may make a case another's: who has it before them is told, though it is there for them no more.
bool takes_out_of_sight(const audit::Entry& entry);

/// Whether it may be of another site from then on: who had it in their list looks anew, and is not told which it is.
bool moves_away(const audit::Entry& entry);

/// Whose talk with a caller is over by it, and goes on with nobody; "" = nobody's, or no word was spoken.
std::string whose_talk(const audit::Entry& entry);

/// The user whose logins it may end, or whose roles it changes; "" = it is no such act.
std::string user_of(const audit::Entry& entry);

/// Who logged in by it; "" = nobody did.
std::string whose_login(const audit::Entry& entry);

/// One server-sent event, with `at` as its id.
std::string event_of(const News& news, const audit::StreamId& at);

}  // namespace rightsline::api

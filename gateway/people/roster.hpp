// Roster: the people of a program who are told of a report, in the order in which they are woken.
//
// Read from a file of its own, for it holds the numbers of people: it never enters a pack, the store or a log, and a
// file that others may read is refused like any secret. Names are what staff call each other; they stand in the audit.
// Threading: const after it was read. Owner: the composition root.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mail/address.hpp"
#include "gateway/people/hours.hpp"
#include "gateway/vault/phone_number.hpp"
#include "locales/authored.hpp"
#include "locales/language.hpp"

namespace rightsline::people {

struct Person {
    std::string name;  // "maria"
    vault::PhoneNumber phone;
    bool texts = true;
    bool calls = true;
    locales::LanguageTag language;
    Hours hours;
    int line_at = 0;                             // where they stand in the file
    std::optional<mail::Address> email{};        // told there as well
    std::vector<locales::LanguageTag> speaks{};  // with workers; none stated: the program's first alone
    std::string gender{};  // a word that the program's script may ask a caller for; "" = not stated
};

/// How often people may be woken for callers. Over a cap is the message, never nothing.
struct LiveCaps {
    std::int64_t caller_hour = 4;  // of one number
    std::int64_t caller_day = 10;
    std::int64_t block_hour = 12;  // of a thousand numbers side by side, and of all callers who show none
    std::int64_t minute = 6;       // of all
    std::int64_t hour = 60;
    std::int64_t day = 300;
};

/// How callers are put through to a person. Without it nobody is called for them: who is woken by a report has not said that
/// they can answer a worker at any time.
struct Live {
    bool all_at_once = false;           // every phone rings; else one after the other
    std::chrono::seconds ring{20};      // of one phone, before the next one's turn
    std::chrono::seconds patience{75};  // of the caller, in all
    LiveCaps caps{};
    bool asks_gender = false;  // the program's script may ask a caller by whom they would rather be answered
};

struct Roster {
    std::vector<Person> people;
    std::vector<std::size_t> order;        // who is on call, the first one first
    std::vector<std::size_t> supervisors;  // told when nobody on call has answered
    std::chrono::seconds step{60};         // until the next one is told
    std::chrono::minutes repeat{15};       // until everybody is told again
    std::string line;                      // of ours, that it comes from; "" = the program's first that texts
    int line_at = 0;                       // where the file says so
    std::optional<Live> live{};            // none: callers are not put through
    int order_at = 0;                      // where the file says who is on call
    /// By an organisation's key: who there is told by e-mail that a report is offered to it. They are woken by nothing.
    std::map<std::string, std::vector<mail::Address>, std::less<>> organisations{};
    bool empty() const { return people.empty(); }
    /// nullptr: nobody here has this name.
    const Person* find(std::string_view name) const;
};

inline constexpr std::size_t most_people = 20;
inline constexpr std::size_t most_told_of_offers = 10;  // of one organisation

/// Reads a roster. On a complaint of level error it must not be used; a complaint never quotes a number.
Roster read_roster(std::string_view text, const std::string& file, locales::Complaints& complaints);

}  // namespace rightsline::people

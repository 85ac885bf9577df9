// Retention: what of a closed case has been kept long enough, and the one commit that deletes it.
//
// The program says how long (`retention`): its recordings; its relay, which is the worker's number, the mailbox and what was
// written to and fro; everything. Each counts from when the case was closed, or its worker last told more. A case that is
// open, is on hold, or whose closing cannot be read is kept. What is deleted is written down in the same commit, by numbers
// alone. A case that anything was done to since it was looked at stays as it is until the next look.
// Must never: delete upon a doubt. Pure: values and the writes they become. Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "flows/pack.hpp"
#include "gateway/cases/casework.hpp"

namespace rightsline::cases {

/// When a case was closed for good, in seconds since 1970, by its last status and what its worker told after it. Nothing: it
/// is open, or nobody can say when.
std::optional<std::int64_t> closed_at(const CaseFacts& facts, const Casework& work,
                                      const std::vector<flows::CaseStatus>& statuses,
                                      const std::vector<std::int64_t>& told);

/// Whose time is over.
struct Overdue {
    bool recordings = false;
    bool relay = false;
    bool content = false;
    bool any() const { return recordings || relay || content; }
};
Overdue overdue(const flows::Retention& kept, const CaseFacts& facts, std::optional<std::int64_t> closed,
                std::int64_t now);

/// When time will have deleted of a case, in seconds since 1970. Nothing: never, as it stands now.
struct Ahead {
    std::optional<std::int64_t> recordings;
    std::optional<std::int64_t> relay;
    std::optional<std::int64_t> content;
};
Ahead ahead(const flows::Retention& kept, const CaseFacts& facts, std::optional<std::int64_t> closed);

/// What there is of a case.
struct Inventory {
    std::vector<std::string> recordings;  // their ids
    std::int64_t parts = 0;
    std::int64_t notes = 0;
    std::int64_t replies = 0;
    bool number = false;
    bool mailbox = false;
};
/// Only what is there can be deleted.
Overdue still_there(Overdue due, const Inventory& inventory);
/// "parts=5 recordings=2 notes=1 replies=3": numbers and nothing else.
std::string counted(const Inventory& inventory, Overdue due);

/// One commit's worth; its first conditions say that the case is as `facts` has it.
std::vector<redis::Write> shredding_writes(const stores::Keyspace& keys, const CaseFacts& facts,
                                           const Inventory& inventory, Overdue due, std::int64_t now_ms);

}  // namespace rightsline::cases

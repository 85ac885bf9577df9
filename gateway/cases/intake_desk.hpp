// IntakeDesk: makes a case of what somebody of the team entered for a worker, and hands out the worker's own code, once.
//
// One commit: the sealed parts, the case's facts with who entered it, its alert, its code and mailbox, the audit's entry. The
// worker comes back with the code as with any other: hears how it stands, adds, corrects, withdraws, deletes.
// One that was told in a call is bound to it by the same commit: each call has one report at most.
// Must never: keep the code, or hand it out a second time; keep which call it was longer than a second report could be
// entered of it, for its time would tell the phone company whose report it is. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/intake.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cases {

/// A receipt code that was made ahead of time (gateway/conversations/code_stock.hpp).
struct FreshCode {
    locales::PrivateText code;  // twelve digits
    std::string index;
    std::string mailbox;  // as it is stored beside the case
};

struct IntakeServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    stores::PackShelf& packs;
    CaseDesk& desk;  // who is who
    std::function<Awaitable<Result<FreshCode>>(redis::Deadline)> take_code;
    std::function<Awaitable<Result<std::string>>(std::string program, redis::Deadline)> take_alias;
};

struct Entered {
    CaseFacts facts;
    locales::PrivateText code;  // to be read out to its worker, and nowhere kept
};

class IntakeDesk {
 public:
    explicit IntakeDesk(IntakeServices services) : services_(std::move(services)) {}

    /// Errors: errc::no_script, errc::unknown_language.
    Result<IntakeForm> form(const std::string& program, const std::string& language) const;
    /// Errors: errc::bad_part, errc::unknown_family, errc::unknown_person, errc::already_there (a case of this id: its worker's
    /// code went out with the first answer), errc::call_has_report; form()'s, take_code's, take_alias', the store's.
    Awaitable<Result<Entered>> enter(std::string program, Actor actor, IntakeEntry entry,
                                     redis::Deadline deadline);
    /// The alias of the report that was entered of a call, "" when it was deleted since; nothing: none was. Errors: the store's.
    Awaitable<Result<std::optional<std::string>>> report_of(std::string program, std::string call,
                                                            redis::Deadline deadline);

 private:
    Result<CaseFacts> facts_of(const std::string& program, const Actor& actor,
                               const IntakeEntry& entry) const;
    Awaitable<Result<void>> keep(std::string program, const CaseFacts& facts, IntakeEntry entry,
                                 const FreshCode& code, redis::Deadline deadline);
    Awaitable<boost::system::error_code> why_not_kept(std::string program, std::string id, std::string call,
                                                      redis::Deadline deadline);

    IntakeServices services_;
};

}  // namespace rightsline::cases

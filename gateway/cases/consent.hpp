// ConsentLedger: what a case's worker has said yes to, purpose by purpose. Ten of them, each "no" until a yes.
//
// Who hands something on asks check() of a ledger that was read just then; a yes that is taken back is a no from its commit
// on. Every change stands in the audit with the same commit. Kept in clear, to the hour: words of ours and nothing told.
// Must never: take silence, or the yes to another purpose, for a yes. Threading: the book is the loop's; the rest is pure.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "flows/consent_words.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/stores/keyspace.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// In the order of flows::consent_words (flows/consent_words.hpp).
enum class Consent : std::uint8_t {
    number,        // their phone number is kept
    recording,     // what they say is recorded
    investigator,  // shared with those who look into it
    employer,
    buyer,  // the brand that buys from the employer
    labour_union,
    government,
    public_register,
    survey,    // they are asked how it went
    check_in,  // a text asks them later whether all is well
};
std::string_view to_word(Consent purpose);
std::optional<Consent> consent_of(std::string_view word);
/// The purposes by which something of a case goes to others: what "stop sharing" takes back.
bool is_sharing(Consent purpose);

/// The consent that is missing, by its name: each says which. As Consent, from 1 on.
enum class consent_errc : int {};
const boost::system::error_category& consent_category();
inline boost::system::error_code make_error_code(consent_errc e) {
    return {static_cast<int>(e), consent_category()};
}

struct Said {
    enum class Answer : std::uint8_t { no, yes, withdrawn } answer = Answer::no;
    std::int64_t hour = 0;  // seconds since 1970, cut to the hour
    std::string how;        // where they were asked: "sms", "voice", "ussd"
    friend bool operator==(const Said&, const Said&) = default;
};
std::string_view to_word(Said::Answer answer);

class ConsentLedger {
 public:
    /// Of the stored hash. Errors: stores::errc::damaged; what cannot be read allows nothing.
    static Result<ConsentLedger> read(const std::map<std::string, std::string>& fields);

    /// Errors: the consent_errc of `purpose`, unless the worker's last word on it is yes.
    Result<void> check(Consent purpose) const;
    /// Nothing: they were never asked.
    const Said* find(Consent purpose) const;
    void record(Consent purpose, Said said) { said_[purpose] = std::move(said); }
    /// The purposes under `sharing` (all of them) whose last word is yes: what is to be withdrawn.
    std::vector<Consent> shared() const;

 private:
    std::map<Consent, Said> said_;
};

/// The condition that its worker's last word on `purpose` is still the yes of this ledger: for the commit that passes something
/// on. Errors: as ConsentLedger::check().
Result<redis::Write> must_agree(const stores::Keyspace& keys, const std::string& case_id,
                                const ConsentLedger& ledger, Consent purpose);

/// The writes that note one answer, with its audit entry; what is with others for it is looked at at once, when it is no yes.
/// Whoever adds them sees to it that the case is there.
/// `who`: who notes it; of the team when a worker asks a person to take something back.
std::vector<redis::Write> consent_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         Consent purpose, const Said& said,
                                         std::string who = std::string(audit::worker));

class ConsentBook {
 public:
    explicit ConsentBook(redis::Client& client) : client_(client) {}

    /// Empty for a case that is not there. Errors: stores::errc::damaged, the store's.
    Awaitable<Result<ConsentLedger>> ledger(std::string program, std::string case_id,
                                            redis::Deadline deadline);
    /// Before anything goes to others. Errors: the missing consent's, and as above.
    Awaitable<Result<void>> check(std::string program, std::string case_id, Consent purpose,
                                  redis::Deadline deadline);

 private:
    redis::Client& client_;
};

}  // namespace rightsline::cases

template <>
struct boost::system::is_error_code_enum<rightsline::cases::consent_errc> : std::true_type {};

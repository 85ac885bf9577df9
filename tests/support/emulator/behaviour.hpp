// Behaviour: how the emulator answers the next send, and what it tells afterwards. Values; the dice are seeded.
//
// A queue of faults comes first, one for each send; when it is empty the chances are thrown. Read from the JSON of
// POST /control/behave, which twilio_emulator.hpp describes. Threading: the emulator's loop.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::emulator {

enum class Deed : std::uint8_t {
    accept,       // as it should be; with wait_ms the answer comes late, of what was accepted at once
    accept_drop,  // accepted, and the connection ends without an answer
    accept_cut,   // accepted, and the connection ends in the middle of the answer
    accept_500,   // accepted, and answered 500
    garbage,      // accepted, and answered 201 with something that is no JSON
    noise,        // accepted, and answered with something that is no HTTP
    huge,         // accepted, and answered 201 with 16 MB
    nameless,     // accepted, and answered 201 without a sid
    drop,         // not taken: the connection ends
    fail,         // not taken: 500
    limit,        // not taken: 429, with Retry-After when retry_after is given
    away,         // not taken: 503, the same
    refuse,       // not taken: `status` and `code`
};

/// Errors: std::errc::invalid_argument.
Result<Deed> read_deed(std::string_view name);
std::string_view name_of(Deed deed);
bool takes(Deed deed);

struct Fault {
    Deed deed = Deed::accept;
    std::chrono::milliseconds wait{0};
    int status = 400;
    std::int64_t code = 21610;
    std::int64_t retry_after = -1;
};

struct Receipts {
    std::vector<std::string> words{"sent", "delivered"};
    std::vector<std::string> call_words{"initiated", "ringing", "in-progress", "completed"};
    std::int64_t code = 0;  // goes with undelivered and failed
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds queue{0};  // of a text, before it leaves; longer than its validity: it does not
    bool twice = false;
    bool reversed = false;
    bool early = false;  // before the answer of the API
    bool none = false;

    /// In the order in which they go out.
    std::vector<std::string> planned(bool call) const;
};

/// What becomes of a send: in the queue first, then the words, one after the other.
struct Course {
    std::vector<std::string> words;
    std::chrono::milliseconds delay{0};  // before each word
    std::chrono::milliseconds queue{0};
    bool expired = false;  // it was not sent, for it waited longer than it may
};

/// `validity`: seconds, as the sender wrote them; empty: as long as Twilio keeps anything.
Course course_of(const Receipts& receipts, bool call, std::string_view validity);

class Behaviour {
 public:
    /// Takes over what the object names and leaves the rest. Errors: std::errc::invalid_argument, and nothing changes.
    Result<void> change(const boost::json::object& wishes);
    Fault next();
    const Receipts& receipts() const { return receipts_; }
    /// The code with which sends to this number are refused; 0: they are not.
    std::int64_t refused(const std::string& to) const;

 private:
    std::deque<Fault> faults_;
    std::vector<std::pair<Fault, double>> chances_;
    std::map<std::string, std::int64_t> refused_;
    Receipts receipts_;
    std::mt19937_64 dice_{1};
};

}  // namespace rightsline::emulator

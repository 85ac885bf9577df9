// Gate: whether people are woken for a caller now, after a key that shows that it is no machine, or not at all.
//
// A number that was blocked, or a cap that is full (caps.hpp), leads to the message; so does a day whose money is spent. While
// calls look like a flood (flood.hpp) a key comes first. For whoever said that they are in danger a full cap is a key as well, not
// the message: what is kept back for them is theirs when they press it. What is let through is counted by the commit that begins it: admit()
// only gives its conditions. What is known of floods is a small value in the store, changed beside the turns; should it be lost,
// less is asked of callers.
// Must never: turn a caller away from the message; keep, log or compare a number in clear. Threading: the loop's. Owner: Desk.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/alerts/operator_desk.hpp"
#include "gateway/handoff/caps.hpp"
#include "gateway/handoff/flood.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::handoff {

struct GateServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::function<void(Awaitable<void>)> spawn;      // starts what may be lost beside the rest
    std::function<void(alerts::Matter, int)> alarm;  // the operator is to be told
};

/// A caller who asks for a person.
struct Asking {
    std::string program;
    std::string hand_off;                        // its name, should it begin
    std::optional<vault::PhoneNumber> worker{};  // nothing: none was shown
    bool pressed_key = false;                    // they were asked, and pressed the one
    bool in_danger = false;                      // they said so in this call
    people::LiveCaps caps{};
    std::int64_t phones = 1;          // that would ring, each a call that costs
    std::int64_t calls_a_day = 0;     // of the program, with all that it sends; 0 = no bound
    std::vector<std::string> also{};  // keys that are loaded with it, in the same round trip
    Deadline deadline{};
};
struct Admitted {
    enum class What : std::uint8_t { through, key_first, message, begun_before } what = What::message;
    std::vector<redis::Write> conditions{};          // of the commit that begins it
    std::vector<std::optional<std::string>> also{};  // what stands under Asking::also
};

/// A call that ended without a key and without a word.
struct SilentEnd {
    std::string program;
    std::optional<vault::PhoneNumber> worker{};
    bool held = false;  // for a long time, on a line that we pay for
};

class Gate {
 public:
    explicit Gate(GateServices services);

    /// Errors: the store's.
    Awaitable<Result<Admitted>> admit(Asking asking);
    Awaitable<void> note_silent(SilentEnd end);

 private:
    struct Stand;
    Awaitable<Counted> name(std::optional<vault::PhoneNumber> worker);
    Awaitable<Result<Stand>> look(const Asking& asking, const Counted& who);
    Awaitable<void> change(std::string program, std::function<Sign(Flood&, ops::UtcMs)> what);
    void refused(Cap cap, const std::string& program);
    void rushed(const std::string& program);

    GateServices services_;
    ops::Counter& blocked_;
    ops::Counter& capped_;
    ops::Counter& asked_;
    ops::Counter& silent_;
};

}  // namespace rightsline::handoff

// OperatorDesk: tells those who keep the machine, by text, that something fills up, is away, or that nobody hears an alert or a
// caller.
//
// The text says what fills and nothing else: no number, no place, no report. It leaves by the alerts' lane, in the same way
// and with the same care as an alert. At most once a day for each step of each matter, whichever server notices (the
// message's id is made of them), and at once again when it gets worse: that is another step.
// Must never: hold up the level, write a number into a log. Threading: the loop's. Owner: the composition root.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "gateway/outbox/outbox.hpp"

namespace rightsline::alerts {

enum class Matter : std::uint8_t { disk, memory, clock, vault, unheard, callers, flood };

struct OperatorServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    outbox::Outbox& outbox;
    std::function<void()> posted;  // wakes the dispatcher
};

class OperatorDesk {
 public:
    /// `line`: of ours, configured; `numbers`: who is told. Without numbers it is silent.
    OperatorDesk(OperatorServices services, std::string line, std::vector<vault::PhoneNumber> numbers);

    /// `step`: how bad, 1 or 2. May be called again and again.
    Awaitable<void> tell(Matter matter, int step);

 private:
    Awaitable<Result<void>> post(Matter matter, int step, std::size_t who, std::string id);

    OperatorServices services_;
    std::string line_;
    std::vector<vault::PhoneNumber> numbers_;
    std::set<std::string> told_;  // ids of today
    std::int64_t day_ = 0;
};

/// The words; English, for whoever keeps the machine reads the runbook.
std::string operator_words(Matter matter, int step);

}  // namespace rightsline::alerts

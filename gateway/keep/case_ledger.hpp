// CaseLedger: what a walk through the store has seen of each case, in about ninety bytes, so that what was found far
// apart (facts, drafts, conversations, audit) can be held together at the end.
//
// Pure. Threading: plain values. Owner: the walk.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rightsline::keep {

struct CaseNote {
    bool filed_now = false;     // its facts are there
    bool draft = false;         // parts without facts
    bool claimed = false;       // a conversation holds it
    bool deleted = false;       // the audit says that its worker deleted it
    bool counting = false;      // its facts have counted acts from its filing on
    std::uint8_t filings = 0;   // entries of the audit since it was deleted, up to 255
    std::uint32_t entries = 0;  // of acts that its facts count, since then
    std::int64_t acts = -1;     // what its facts counted; -1 = nothing
};

class CaseLedger {
 public:
    /// Nothing happens to an id that is none.
    CaseNote* note(std::string_view hex);
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& [id, note] : notes_) {
            visit(hex_of(id), note);
        }
    }

 private:
    using Id = std::array<std::uint8_t, 16>;
    struct Hash {
        std::size_t operator()(const Id& id) const;
    };
    static std::string hex_of(const Id& id);

    std::unordered_map<Id, CaseNote, Hash> notes_;
};

}  // namespace rightsline::keep

// CaseLedger: what a walk through the store has seen of each case, in about seventy bytes, so that what was found far
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
    bool filed_now = false;    // its facts are there
    bool draft = false;        // parts without facts
    bool claimed = false;      // a conversation holds it
    bool deleted = false;      // the audit says that its worker deleted it
    std::uint8_t filings = 0;  // entries of the audit, up to 255
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

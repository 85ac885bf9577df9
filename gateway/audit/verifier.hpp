// Verifier: whether blocks and entries of a program's audit are what was sealed, and if not, between which entries.
//
// Is fed in the order in which they are stored: some blocks, then the entries up to sealed_until(), then the next blocks; in
// the end the entries that no block covers. So an audit of years is verified in the memory of one page. What it trusts: the
// public keys and the heads that it is given, and nothing of what it reads.
// Finds: an entry or a block that was changed, taken away, put in or moved; a block that another key signed; an end that was
// cut off, against the store's own head and against heads that somebody remembered. Cannot find: entries changed before they
// were sealed (seconds), nor what somebody with the private key wrote anew, unless a head of before is remembered.
// Pure. Threading: one thread. Owner: whoever verifies.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/block.hpp"

namespace rightsline::audit {

enum class Fault : std::uint8_t {
    block_unreadable,  // it is no block
    block_not_ours,    // a key signed it that is not among those given
    block_altered,     // its signature is not of these bytes
    block_of_another,  // it is signed, and of another program
    block_misplaced,   // it stands a second time, or behind one that comes later
    block_missing,     // one or several are not there
    chain_broken,      // it is signed and does not follow the one before
    entries_altered,   // as many as were sealed, and not the same
    entries_missing,   // fewer
    entries_added,     // more
    entry_outside,     // between two blocks that left no room
    entry_unreadable,  // the stream holds something else
    head_differs,      // the store's own head is not the last block: blocks were cut off, or it was changed
    cut_short,  // a remembered head lies behind the end: the end was cut off, or an older backup was restored
    head_rewritten,  // the block of a remembered head is another one
    waits_too_long,  // entries that no server seals
};
std::string_view name_of(Fault fault);  // "entries_altered"
std::string_view what_of(Fault fault);  // a sentence

struct AuditFinding {
    Fault fault{};
    std::uint64_t block = 0;  // its place in the chain; 0 = of none
    StreamId from{};          // the entries among which it lies: as XRANGE takes them
    StreamId to{};
    std::string str() const;  // "block 12, entries 1763800000000-0 to 1763800004000-3: …"
};

struct Verdict {
    std::uint64_t blocks = 0;
    std::uint64_t entries = 0;                  // in blocks
    std::uint64_t waiting = 0;                  // behind the last block
    std::optional<Head> head;                   // of the last block that is ours
    std::map<std::string, std::uint64_t> keys;  // how many blocks each key signed, by its id in hex
    std::vector<AuditFinding> findings;         // in the order of the chain
    bool more = false;                          // and so many others that we stopped to note them

    bool whole() const { return findings.empty(); }
};

class Verifier {
 public:
    Verifier(std::string program, std::vector<vault::AuditPublicKey> keys, std::vector<Head> remembered);

    void block(std::string_view stored);
    /// Entries up to here may be fed now; nothing = there is no block yet.
    std::optional<StreamId> sealed_until() const;
    void entry(const Entry& entry);
    void unreadable_entries();
    /// The store's own head: how many blocks it counts, and the bytes of the last. Asked before the first block is read.
    void expect_head(std::uint64_t blocks, std::string_view bytes);
    Verdict finish(std::int64_t now_ms);

 private:
    struct Open {
        Block block;
        StreamId after;    // the last entry of the one before it
        bool gap = false;  // what lies between is told of already
    };
    std::optional<Fault> fault_of(std::string_view stored, const std::optional<Block>& block) const;
    void note_unusable(Fault fault, const std::optional<Block>& block);
    bool follows(const Block& block);
    void close_gap(const Block& next);
    void take(std::string_view stored, Block block);
    void recall(const Head& head, const Block& block);
    void close_front();
    void find(Fault fault, std::uint64_t block, StreamId from, StreamId to);

    std::string program_;
    std::vector<vault::AuditPublicKey> keys_;
    std::vector<Head> remembered_;
    std::uint64_t head_blocks_ = 0;
    std::string head_bytes_;

    std::uint64_t next_ = 1;      // the sequence that comes next
    std::uint64_t unusable_ = 0;  // blocks fed since the last that is ours
    StreamId last_{};             // its last entry
    StreamId vouched_{};          // the last entry of the last block that a remembered head names
    Digest digest_{};
    std::optional<std::size_t> last_unusable_;  // the finding whose end the next block tells
    StreamId claimed_{};                        // how far the unusable ones say that they reach

    std::deque<Open> open_;
    EntriesDigest content_;  // of the first of them
    StreamId tail_first_{};
    Verdict verdict_;
};

}  // namespace rightsline::audit

// Block: up to a hundred entries of the audit, sealed: a hash over them, the hash of the block before, and a signature.
//
// Whoever writes an entry cannot know the one before without a race, so entries are chained later, by whichever server comes
// first (sealer.hpp). A block is stored as its bytes; its digest is what the next one names, and what a person writes down.
//
//     "RA" 1 | key id 8 | sequence 8 | length 1, program | first id 16 | last id 16 | entries 4 | sealed at, ms 8 |
//     SHA-256 of the entries 32 | SHA-256 of the block before 32 (of the first: zeros) | Ed25519 signature 64
//
// Numbers are big-endian. The signature is over "rightsline audit block 1\n" and what stands before it.
// Pure. Threading: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/audit/entry.hpp"
#include "gateway/vault/audit_key.hpp"

namespace rightsline::audit {

using Digest = std::array<std::uint8_t, 32>;

inline constexpr std::size_t most_entries = 100;  // of one block: how closely a tampering is located

/// SHA-256 over entries, one after another.
class EntriesDigest {
 public:
    EntriesDigest();
    ~EntriesDigest();
    EntriesDigest(EntriesDigest&&) noexcept;
    EntriesDigest& operator=(EntriesDigest&&) noexcept;
    void add(const Entry& entry);
    std::uint64_t count() const { return count_; }
    Digest finish();

 private:
    struct State;
    std::unique_ptr<State> state_;
    std::string bytes_;
    std::uint64_t count_ = 0;
};

struct Block {
    std::uint64_t sequence = 0;  // 1, 2, 3 …
    std::string program;
    StreamId first{};
    StreamId last{};
    std::uint32_t entries = 0;
    std::int64_t sealed_ms = 0;  // by the clock of the server that sealed it
    Digest content{};            // of the entries
    Digest previous{};
    vault::AuditKeyId key{};
    vault::AuditSignature signature{};
};

/// The bytes of `block`, signed with `key`.
std::string seal(Block block, const vault::AuditKey& key);
/// Nothing: these are no bytes of a block.
std::optional<Block> parse_block(std::string_view bytes);
bool is_signed_by(std::string_view bytes, const Block& block, const vault::AuditPublicKey& key);

/// What the next block names, and a person remembers.
Digest digest_of(std::string_view block_bytes);

/// A block as a person writes it down: "120:9f86…", the digest in hex.
struct Head {
    std::uint64_t sequence = 0;
    Digest digest{};
    std::string str() const;
    friend bool operator==(const Head&, const Head&) = default;
};
std::optional<Head> parse_head(std::string_view text);

}  // namespace rightsline::audit

#include "gateway/audit/block.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "gateway/audit/bytes.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::audit {
namespace {

constexpr std::string_view magic{"RA\x01", 3};
constexpr std::string_view signed_prefix = "rightsline audit block 1\n";
constexpr std::string_view digest_prefix = "rightsline audit link 1\n";
constexpr std::size_t signature_bytes = std::tuple_size_v<vault::AuditSignature>;
constexpr std::size_t longest_program = 255;

template <class Array>
void append(std::string& out, const Array& bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void append_id(std::string& out, const StreamId& id) {
    append_number(out, id.ms, 8);
    append_number(out, id.number, 8);
}

StreamId take_id(ByteReader& from) {
    const std::uint64_t ms = from.number(8);
    return {ms, from.number(8)};
}

std::string what_is_signed(std::string_view bytes) {
    return std::string(signed_prefix).append(bytes.substr(0, bytes.size() - signature_bytes));
}

void hash(crypto_hash_sha256_state* state, std::string_view bytes) {
    crypto_hash_sha256_update(state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

}  // namespace

struct EntriesDigest::State {
    crypto_hash_sha256_state hash;
};

EntriesDigest::EntriesDigest() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->hash); }
EntriesDigest::~EntriesDigest() = default;
EntriesDigest::EntriesDigest(EntriesDigest&&) noexcept = default;
EntriesDigest& EntriesDigest::operator=(EntriesDigest&&) noexcept = default;

void EntriesDigest::add(const Entry& entry) {
    bytes_.clear();
    append_canonical(bytes_, entry);
    hash(&state_->hash, bytes_);
    ++count_;
}

Digest EntriesDigest::finish() {
    Digest digest{};
    crypto_hash_sha256_final(&state_->hash, digest.data());
    return digest;
}

std::string seal(Block block, const vault::AuditKey& key) {
    block.program.resize(std::min(block.program.size(), longest_program));
    std::string bytes(magic);
    append(bytes, key.public_key().id());
    append_number(bytes, block.sequence, 8);
    append_number(bytes, block.program.size(), 1);
    bytes += block.program;
    append_id(bytes, block.first);
    append_id(bytes, block.last);
    append_number(bytes, block.entries, 4);
    append_number(bytes, static_cast<std::uint64_t>(block.sealed_ms), 8);
    append(bytes, block.content);
    append(bytes, block.previous);
    const vault::AuditSignature signature = key.sign(std::string(signed_prefix).append(bytes));
    append(bytes, signature);
    return bytes;
}

std::optional<Block> parse_block(std::string_view bytes) {
    ByteReader from(bytes);
    Block block;
    const bool ours = from.take(magic.size()) == magic;
    from.fill(block.key);
    block.sequence = from.number(8);
    const std::uint64_t length = from.number(1);
    block.program = from.take(length);
    block.first = take_id(from);
    block.last = take_id(from);
    block.entries = static_cast<std::uint32_t>(from.number(4));
    block.sealed_ms = static_cast<std::int64_t>(from.number(8));
    from.fill(block.content);
    from.fill(block.previous);
    from.fill(block.signature);
    return ours && from.ended() ? std::optional(std::move(block)) : std::nullopt;
}

bool is_signed_by(std::string_view bytes, const Block& block, const vault::AuditPublicKey& key) {
    return block.key == key.id() && bytes.size() > signature_bytes &&
           key.signed_this(what_is_signed(bytes), block.signature);
}

Digest digest_of(std::string_view block_bytes) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash(&state, digest_prefix);
    hash(&state, block_bytes);
    Digest digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return digest;
}

std::string Head::str() const { return std::to_string(sequence) + ":" + vault::to_hex(digest); }

std::optional<Head> parse_head(std::string_view text) {
    Head head;
    const char* const end = text.data() + text.size();
    const auto [colon, error] = std::from_chars(text.data(), end, head.sequence);
    const std::string_view hex(colon, static_cast<std::size_t>(end - colon));
    std::size_t length = 0;
    const bool whole = error == std::errc() && head.sequence != 0 &&
                       hex.size() == 1 + 2 * head.digest.size() && hex.front() == ':' &&
                       sodium_hex2bin(head.digest.data(), head.digest.size(), hex.data() + 1, hex.size() - 1,
                                      nullptr, &length, nullptr) == 0 &&
                       length == head.digest.size();
    return whole ? std::optional(head) : std::nullopt;
}

}  // namespace rightsline::audit

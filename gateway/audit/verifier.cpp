#include "gateway/audit/verifier.hpp"

#include <algorithm>
#include <utility>

#include "gateway/vault/key_file.hpp"

namespace rightsline::audit {
namespace {

constexpr std::size_t most_findings = 1000;
constexpr std::uint64_t longest_wait_ms = 600'000;  // of an entry for its block

}  // namespace

Verifier::Verifier(std::string program, std::vector<vault::AuditPublicKey> keys, std::vector<Head> remembered)
    : program_(std::move(program)), keys_(std::move(keys)), remembered_(std::move(remembered)) {
    std::ranges::sort(remembered_, {}, &Head::sequence);
}

void Verifier::find(Fault fault, std::uint64_t block, StreamId from, StreamId to) {
    if (verdict_.findings.size() < most_findings) {
        verdict_.findings.push_back({fault, block, from, to});
    } else {
        verdict_.more = true;
    }
}

std::optional<Fault> Verifier::fault_of(std::string_view stored, const std::optional<Block>& block) const {
    if (!block) {
        return Fault::block_unreadable;
    }
    const auto key = std::ranges::find(keys_, block->key, &vault::AuditPublicKey::id);
    if (key == keys_.end()) {
        return Fault::block_not_ours;
    }
    if (!is_signed_by(stored, *block, *key)) {
        return Fault::block_altered;
    }
    return block->program == program_ ? std::nullopt : std::optional(Fault::block_of_another);
}

/// What it says of itself is not believed: several in a row share what lies before the next good one as they say, and none
/// can leave a piece of it out.
void Verifier::note_unusable(Fault fault, const std::optional<Block>& block) {
    if (last_unusable_ && block && block->first > claimed_) {
        verdict_.findings[*last_unusable_].to = block->first.before();
        claimed_ = block->first.before();
    }
    last_unusable_ = verdict_.findings.size();
    find(fault, next_ + unusable_, claimed_.next(), last_of_all);
    if (verdict_.more) {
        last_unusable_.reset();
    }
    ++unusable_;
}

/// Its place: whatever it claims is signed.
bool Verifier::follows(const Block& block) {
    const bool backwards = block.sequence < next_ || block.first <= last_ || block.last < block.first;
    if (backwards) {
        find(Fault::block_misplaced, block.sequence, block.first, block.last);
    }
    return !backwards;
}

/// What was told of since the last good block ends before this one.
void Verifier::close_gap(const Block& next) {
    if (last_unusable_) {
        verdict_.findings[*last_unusable_].to = next.first.before();
        last_unusable_.reset();
    }
    if (next.sequence - next_ > unusable_) {
        find(Fault::block_missing, next_, last_.next(), next.first.before());
    }
}

void Verifier::recall(const Head& head, const Block& block) {
    const auto [first, last] = std::ranges::equal_range(remembered_, head.sequence, {}, &Head::sequence);
    for (auto one = first; one != last; ++one) {
        if (*one != head) {
            find(Fault::head_rewritten, head.sequence, vouched_.next(), block.last);
        }
    }
    const bool vouched = first != last && std::find(first, last, head) != last;
    vouched_ = vouched ? block.last : vouched_;
}

void Verifier::take(std::string_view stored, Block block) {
    const bool gap = block.sequence != next_ || unusable_ != 0;
    const Digest digest = digest_of(stored);
    close_gap(block);
    if (block.sequence == next_ && block.previous != digest_) {
        find(Fault::chain_broken, block.sequence, last_.next(), block.last);
    }
    if (block.sequence == head_blocks_ && stored != head_bytes_) {
        find(Fault::head_differs, block.sequence, block.first, block.last);
    }
    ++verdict_.blocks;
    verdict_.entries += block.entries;
    verdict_.head = Head{block.sequence, digest};
    ++verdict_.keys[vault::to_hex(block.key)];
    recall(*verdict_.head, block);
    const StreamId after = std::exchange(last_, block.last);
    next_ = block.sequence + 1;
    unusable_ = 0;
    claimed_ = last_;
    digest_ = digest;
    open_.push_back({std::move(block), after, gap});
}

void Verifier::block(std::string_view stored) {
    std::optional<Block> block = parse_block(stored);
    const std::optional<Fault> fault = fault_of(stored, block);
    if (fault) {
        note_unusable(*fault, block);
    } else if (follows(*block)) {
        take(stored, std::move(*block));
    }
}

std::optional<StreamId> Verifier::sealed_until() const {
    return next_ == 1 ? std::nullopt : std::optional(last_);
}

void Verifier::entry(const Entry& entry) {
    while (!open_.empty() && entry.id > open_.front().block.last) {
        close_front();
    }
    if (!open_.empty()) {
        const Open& front = open_.front();
        if (entry.id >= front.block.first) {
            content_.add(entry);
        } else if (!front.gap) {
            find(Fault::entry_outside, front.block.sequence, front.after.next(), front.block.first.before());
        }
    } else if (unusable_ == 0) {  // else it may be in a block that is told of already
        tail_first_ = verdict_.waiting == 0 ? entry.id : tail_first_;
        ++verdict_.waiting;
    }
}

void Verifier::unreadable_entries() { find(Fault::entry_unreadable, 0, {}, last_of_all); }

void Verifier::close_front() {
    const Open front = std::move(open_.front());
    open_.pop_front();
    EntriesDigest content = std::exchange(content_, EntriesDigest());
    const Block& block = front.block;
    const bool fewer = content.count() < block.entries;
    const bool more = content.count() > block.entries;
    if (fewer || more || content.finish() != block.content) {
        const Fault fault = fewer  ? Fault::entries_missing
                            : more ? Fault::entries_added
                                   : Fault::entries_altered;
        find(fault, block.sequence, block.first, block.last);
    }
}

void Verifier::expect_head(std::uint64_t blocks, std::string_view bytes) {
    head_blocks_ = blocks;
    head_bytes_ = bytes;
}

Verdict Verifier::finish(std::int64_t now_ms) {
    while (!open_.empty()) {
        close_front();
    }
    const std::uint64_t end = next_ + unusable_;  // the block that would come now
    if (end <= head_blocks_ || (head_blocks_ == 0 && end != 1)) {
        find(Fault::head_differs, next_ - 1, last_.next(), last_of_all);
    }
    for (const Head& head : remembered_) {
        if (head.sequence >= end) {
            find(Fault::cut_short, next_ - 1, last_.next(), last_of_all);
        }
    }
    const auto now = static_cast<std::uint64_t>(std::max<std::int64_t>(0, now_ms));
    if (verdict_.waiting != 0 && tail_first_.ms + longest_wait_ms < now) {
        find(Fault::waits_too_long, 0, tail_first_, last_of_all);
    }
    return std::move(verdict_);
}

}  // namespace rightsline::audit

// Workshop: where somebody with the store in hand, and a key of their own, tampers with an audit.
//
// Threading: one test. Owner: the test; the same seed gives the same sizes and choices.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/gateway/audit/paper.hpp"

namespace rightsline::audit {

/// An audit that was tampered with, and where.
struct Tampered {
    Paper paper;
    StreamId place{};
    std::vector<Head> remembered{};
    std::size_t put_in = 0;  // entries that were not there before
};

class Workshop {
 public:
    explicit Workshop(unsigned seed) : random_(seed) {
        for (int i = 0; i < 8; ++i) {
            whole_.grow(key, i % 3 == 0 ? most_entries : below(most_entries) + 1);
        }
    }
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }
    std::size_t any_entry() { return below(whole_.entries.size()); }
    std::size_t any_block() { return below(whole_.blocks.size()); }
    Tampered fresh() const { return {whole_, {}, {}, 0}; }
    static auto at(std::vector<Entry>& entries, std::size_t index) {
        return entries.begin() + static_cast<std::ptrdiff_t>(index);
    }
    static auto at(std::vector<std::string>& blocks, std::size_t index) {
        return blocks.begin() + static_cast<std::ptrdiff_t>(index);
    }
    /// Another bit somewhere in `text`.
    void spoil(std::string& text) {
        const std::size_t bit = below(text.size() * 8);
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    }
    /// All blocks from `from` on are sealed again, over what is there now.
    static void seal_again(Paper& paper, std::size_t from, const vault::AuditKey& with) {
        for (std::size_t i = from; i < paper.blocks.size(); ++i) {
            Block block = paper.at(i);
            EntriesDigest content;
            for (const Entry& one : paper.entries) {
                if (one.id >= block.first && one.id <= block.last) {
                    content.add(one);
                }
            }
            block.entries = static_cast<std::uint32_t>(content.count());
            block.content = content.finish();
            block.previous = i == 0 ? Digest{} : digest_of(paper.blocks[i - 1]);
            paper.blocks[i] = seal(block, with);
        }
        paper.settle();
    }
    std::size_t block_of(StreamId id) const {
        std::size_t block = 0;
        while (whole_.at(block).last < id) {
            ++block;
        }
        return block;
    }
    std::vector<Head> all_heads() const {
        std::vector<Head> heads;
        for (std::size_t i = 0; i < whole_.blocks.size(); ++i) {
            heads.push_back(whole_.head_at(i));
        }
        return heads;
    }

    vault::AuditKey key = fresh_key();
    vault::AuditKey other = fresh_key();

 private:
    std::mt19937 random_;
    Paper whole_;
};

}  // namespace rightsline::audit

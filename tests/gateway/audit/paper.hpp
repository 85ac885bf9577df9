// Paper: an audit without a store: entries, and the blocks over them, as a server would have made them.
//
// Threading: one test. Owner: the test.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/audit/verifier.hpp"

namespace rightsline::audit {

inline constexpr const char* program = "fair-food";
inline constexpr std::uint64_t first_ms = 1'763'800'000'000;

inline vault::AuditKey fresh_key(std::uint32_t version = 1) {
    return vault::AuditKey::parse(vault::make_audit_pair(version).private_file).value();
}

inline Entry entry_at(StreamId id, const std::string& what = "filed") {
    return {id, {{"what", what}, {"case", "0123456789abcdef0123456789abcdef"}, {"who", "worker"}}};
}

struct Paper {
    std::vector<Entry> entries;
    std::vector<std::string> blocks;
    std::uint64_t counted = 0;  // the store's head: how many blocks, and the last
    std::string head;

    /// One block over `count` new entries.
    void grow(const vault::AuditKey& key, std::size_t count, const std::string& of = program) {
        EntriesDigest content;
        Block block;
        block.sequence = blocks.size() + 1;
        block.program = of;
        block.previous = blocks.empty() ? Digest{} : digest_of(blocks.back());
        for (std::size_t i = 0; i < count; ++i) {
            const StreamId last = entries.empty() ? StreamId{first_ms, 0} : entries.back().id;
            entries.push_back(entry_at(
                entries.size() % 3 == 0 ? StreamId{last.ms, last.number + 3} : StreamId{last.ms + 7, 0},
                entries.size() % 5 == 0 ? "alert_taken" : "filed"));
            content.add(entries.back());
        }
        block.first = entries[entries.size() - count].id;
        block.last = entries.back().id;
        block.entries = static_cast<std::uint32_t>(count);
        block.content = content.finish();
        blocks.push_back(seal(std::move(block), key));
        settle();
    }
    /// The store's head names the last block.
    void settle() {
        counted = blocks.size();
        head = blocks.empty() ? "" : blocks.back();
    }
    Block at(std::size_t block) const { return *parse_block(blocks[block]); }
    Head head_at(std::size_t block) const { return {at(block).sequence, digest_of(blocks[block])}; }

    /// As the reader does it, in pages of `page` blocks.
    Verdict verify(const std::vector<vault::AuditPublicKey>& keys, const std::vector<Head>& remembered = {},
                   std::size_t page = 4, std::uint64_t now_ms = 0) const {
        Verifier verifier(program, keys, remembered);
        verifier.expect_head(counted, head);
        std::size_t told = 0;
        const auto tell_until = [&](StreamId until) {
            for (; told < entries.size() && entries[told].id <= until; ++told) {
                verifier.entry(entries[told]);
            }
        };
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            verifier.block(blocks[i]);
            const std::optional<StreamId> until = verifier.sealed_until();
            if ((i + 1) % page == 0 && until) {
                tell_until(*until);
            }
        }
        tell_until(last_of_all);
        const std::uint64_t now = now_ms != 0 ? now_ms : entries.empty() ? first_ms : entries.back().id.ms;
        return verifier.finish(static_cast<std::int64_t>(now));
    }
    /// How many entries of ours lie in the place of a finding.
    std::size_t entries_in(const AuditFinding& finding) const {
        return static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), [&](const Entry& one) {
            return one.id >= finding.from && one.id <= finding.to;
        }));
    }
};

inline std::vector<std::string> names_in(const Verdict& verdict) {
    std::vector<std::string> names;
    for (const AuditFinding& one : verdict.findings) {
        names.emplace_back(name_of(one.fault));
    }
    return names;
}

}  // namespace rightsline::audit

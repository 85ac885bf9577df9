// Ten thousand tamperings, of every kind that somebody with the store in hand can think of: each is found, and is told to lie
// among at most a hundred entries of which it is one.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/gateway/audit/workshop.hpp"

namespace rightsline::audit {
namespace {

constexpr int tamperings_a_kind = 500;  // twenty kinds
constexpr unsigned audits = 10;

struct Kind {
    const char* name;
    std::function<Tampered(Workshop&)> done;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

class Tampering : public testing::TestWithParam<Kind> {};

/// A finding lies around the place, and is narrow enough.
bool is_located(const Tampered& tampered, const Verdict& verdict) {
    return std::ranges::any_of(verdict.findings, [&](const AuditFinding& one) {
        return one.from <= tampered.place && tampered.place <= one.to &&
               tampered.paper.entries_in(one) <= most_entries + tampered.put_in;
    });
}

TEST_P(Tampering, IsFoundAndLocated) {
    int found = 0;
    int located = 0;
    for (unsigned seed = 0; seed < audits; ++seed) {
        Workshop workshop(seed);
        for (int i = 0; i < tamperings_a_kind / static_cast<int>(audits); ++i) {
            const Tampered tampered = GetParam().done(workshop);
            const Verdict verdict = tampered.paper.verify({workshop.key.public_key()}, tampered.remembered,
                                                          1 + workshop.below(9));
            found += verdict.whole() ? 0 : 1;
            located += is_located(tampered, verdict) ? 1 : 0;
        }
    }
    EXPECT_EQ(found, tamperings_a_kind);
    EXPECT_EQ(located, tamperings_a_kind);
}

using Kinds = std::vector<Kind>;

const Kinds of_entries{
    {"a_value_changed",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& entry = done.paper.entries[in.any_entry()];
         in.spoil(entry.fields[in.below(entry.fields.size())].second);
         done.place = entry.id;
         return done;
     }},
    {"a_name_changed",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& entry = done.paper.entries[in.any_entry()];
         in.spoil(entry.fields[in.below(entry.fields.size())].first);
         done.place = entry.id;
         return done;
     }},
    {"a_field_moved_put_in_or_taken_away",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& entry = done.paper.entries[in.any_entry()];
         const std::size_t how = in.below(3);
         if (how == 0) {
             std::swap(entry.fields[0], entry.fields[1 + in.below(2)]);
         } else if (how == 1) {
             entry.fields.emplace_back("why", "");
         } else {
             entry.fields.pop_back();
         }
         done.place = entry.id;
         return done;
     }},
    {"taken_away",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_entry();
         done.place = done.paper.entries[which].id;
         done.paper.entries.erase(Workshop::at(done.paper.entries, which));
         return done;
     }},
    {"many_taken_away",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t from = in.any_entry();
         const std::size_t to = std::min(done.paper.entries.size(), from + 1 + in.below(300));
         done.place = done.paper.entries[from].id;
         done.paper.entries.erase(Workshop::at(done.paper.entries, from),
                                  Workshop::at(done.paper.entries, to));
         return done;
     }},
    {"put_in",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t behind = in.below(done.paper.entries.size() - 1);
         done.place = done.paper.entries[behind].id.next();
         done.put_in = 1;
         done.paper.entries.insert(Workshop::at(done.paper.entries, behind + 1), entry_at(done.place));
         return done;
     }},
    {"said_twice",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t behind = in.below(done.paper.entries.size() - 1);
         Entry copy = done.paper.entries[behind];
         done.place = copy.id = copy.id.next();
         done.put_in = 1;
         done.paper.entries.insert(Workshop::at(done.paper.entries, behind + 1), std::move(copy));
         return done;
     }},
    {"two_in_each_others_place",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& one = done.paper.entries[in.any_entry()];
         one.fields[2].second = "maria";
         Workshop::seal_again(done.paper, 0, in.key);
         Entry* other = &one;
         while (other->fields == one.fields) {
             other = &done.paper.entries[in.any_entry()];
         }
         std::swap(one.fields, other->fields);
         done.place = one.id;
         return done;
     }},
    {"at_another_time",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& entry = done.paper.entries[in.below(done.paper.entries.size() - 1)];
         done.place = entry.id;
         entry.id = entry.id.next();
         return done;
     }},
    {"and_its_block_signed_again_with_another_key",
     [](Workshop& in) {
         Tampered done = in.fresh();
         Entry& entry = done.paper.entries[in.any_entry()];
         entry.fields[2].second = "maria";
         done.place = entry.id;
         Workshop::seal_again(done.paper, in.block_of(entry.id), in.other);
         return done;
     }},
    {"and_all_blocks_signed_again_with_the_stolen_key",
     [](Workshop& in) {
         Tampered done = in.fresh();
         done.remembered = in.all_heads();
         Entry& entry = done.paper.entries[in.any_entry()];
         entry.fields[2].second = "maria";
         done.place = entry.id;
         Workshop::seal_again(done.paper, in.block_of(entry.id), in.key);
         return done;
     }},
};

const Kinds of_blocks{
    {"changed",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_block();
         done.place = done.paper.at(which).first;
         in.spoil(done.paper.blocks[which]);
         return done;
     }},
    {"taken_away",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_block();
         done.place = done.paper.at(which).first;
         done.paper.blocks.erase(Workshop::at(done.paper.blocks, which));
         return done;
     }},
    {"taken_away_with_its_entries",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_block();
         const Block block = done.paper.at(which);
         done.place = block.first;
         done.paper.blocks.erase(Workshop::at(done.paper.blocks, which));
         std::erase_if(done.paper.entries,
                       [&block](const Entry& one) { return one.id >= block.first && one.id <= block.last; });
         return done;
     }},
    {"two_in_each_others_place",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t one = in.below(done.paper.blocks.size() - 1);
         const std::size_t other = one + 1 + in.below(done.paper.blocks.size() - 1 - one);
         done.place = done.paper.at(one).first;
         std::swap(done.paper.blocks[one], done.paper.blocks[other]);
         return done;
     }},
    {"put_in_a_second_time",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_block();
         const std::size_t where = which + 1 + in.below(done.paper.blocks.size() - which);
         done.place = done.paper.at(which).first;
         const std::string copy = done.paper.blocks[which];
         done.paper.blocks.insert(Workshop::at(done.paper.blocks, where), copy);
         return done;
     }},
    {"signed_with_another_key",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t which = in.any_block();
         done.place = done.paper.at(which).last;
         done.paper.blocks[which] = seal(done.paper.at(which), in.other);
         return done;
     }},
    {"cut_off_at_the_end_and_forgotten",
     [](Workshop& in) {
         Tampered done = in.fresh();
         done.remembered.push_back(done.paper.head_at(done.paper.blocks.size() - 1));
         const std::size_t kept = in.any_block();
         done.paper.blocks.resize(kept);
         const StreamId end = kept == 0 ? StreamId{} : done.paper.at(kept - 1).last;
         done.place = end.next();
         std::erase_if(done.paper.entries, [&end](const Entry& one) { return one.id > end; });
         done.paper.settle();
         return done;
     }},
    {"cut_off_at_the_end",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t kept = in.any_block();
         done.place = done.paper.at(kept).first;
         const StreamId end = done.place.before();
         done.paper.blocks.resize(kept);
         std::erase_if(done.paper.entries, [&end](const Entry& one) { return one.id > end; });
         return done;
     }},
    {"and_the_head_changed",
     [](Workshop& in) {
         Tampered done = in.fresh();
         const std::size_t last = done.paper.blocks.size() - 1;
         done.place = done.paper.at(last).first;
         in.spoil(done.paper.head);
         return done;
     }},
};

const auto name_of_kind = [](const testing::TestParamInfo<Kind>& of) { return std::string(of.param.name); };
INSTANTIATE_TEST_SUITE_P(Entry, Tampering, testing::ValuesIn(of_entries), name_of_kind);
INSTANTIATE_TEST_SUITE_P(Block, Tampering, testing::ValuesIn(of_blocks), name_of_kind);

TEST(Tamperings, AreTenThousand) {
    EXPECT_EQ((of_entries.size() + of_blocks.size()) * tamperings_a_kind, 10'000U);
}

}  // namespace
}  // namespace rightsline::audit

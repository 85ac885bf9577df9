// The words for what a verifier finds.
#include <array>

#include "gateway/audit/verifier.hpp"

namespace rightsline::audit {
namespace {

struct Words {
    Fault fault;
    const char* name;
    const char* what;
};

constexpr std::array all{
    Words{Fault::block_unreadable, "block_unreadable", "what stands in its place is no block"},
    Words{Fault::block_not_ours, "block_not_ours", "a key signed it that is not among those given"},
    Words{Fault::block_altered, "block_altered", "it was changed after it was signed"},
    Words{Fault::block_of_another, "block_of_another", "it is a block of another program"},
    Words{Fault::block_misplaced, "block_misplaced", "it stands a second time, or behind a later one"},
    Words{Fault::block_missing, "block_missing", "it is not there, or several are not"},
    Words{Fault::chain_broken, "chain_broken", "it is signed and does not follow the block before it"},
    Words{Fault::entries_altered, "entries_altered", "an entry was changed after it was sealed"},
    Words{Fault::entries_missing, "entries_missing", "entries were taken away after they were sealed"},
    Words{Fault::entries_added, "entries_added", "entries were put among those that were sealed"},
    Words{Fault::entry_outside, "entry_outside",
          "an entry stands where none was when the blocks were sealed"},
    Words{Fault::entry_unreadable, "entry_unreadable", "the stream of entries holds something else"},
    Words{Fault::head_differs, "head_differs",
          "the store's own head is not the last block: the end was cut off, or the head was changed"},
    Words{Fault::cut_short, "cut_short",
          "the head that you remember lies behind the end: the end was cut off, or an older backup was "
          "restored"},
    Words{Fault::head_rewritten, "head_rewritten",
          "it is not the block that you remember: what it covers was written anew"},
    Words{Fault::waits_too_long, "waits_too_long",
          "entries wait for a block and no server seals them: what is not sealed can be changed unseen"},
};

consteval bool in_order() {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (static_cast<std::size_t>(all[i].fault) != i) {
            return false;
        }
    }
    return all.size() == static_cast<std::size_t>(Fault::waits_too_long) + 1;
}
static_assert(in_order());

const Words& words_of(Fault fault) { return all.at(static_cast<std::size_t>(fault)); }

}  // namespace

std::string_view name_of(Fault fault) { return words_of(fault).name; }
std::string_view what_of(Fault fault) { return words_of(fault).what; }

std::string AuditFinding::str() const {
    std::string text = block == 0 ? "" : "block " + std::to_string(block) + ", ";
    text += "entries " + from.str() + " to " + to.str() + ": ";
    return text.append(what_of(fault));
}

}  // namespace rightsline::audit

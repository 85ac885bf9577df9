// Questions about a report that was filed: which of them its worker has not answered, and the way back to it with the code.
//
// They are the blocks of the first flow that the script marks `resume: true`, in the order in which they stand; a call asks
// what the called flow asks. What was skipped is answered. Whoever comes back goes on at the first that is not, from any
// phone, in any mode that can ask it; where the script has changed since then and it is gone, there is none.
#include <algorithm>

#include "flows/engine/run.hpp"

namespace rightsline::flows {

/// The first question at or behind `first`; no_block: there is none.
BlockIndex Run::question_from(std::size_t first) const {
    for (std::size_t i = first; i < pack_.blocks.size(); ++i) {
        if (pack_.blocks[i].resumes) {
            return static_cast<BlockIndex>(i);
        }
    }
    return no_block;
}

/// One of them waits, or something that it calls.
bool Run::at_question() const {
    const BlockIndex outermost = c_.stack.empty() ? c_.block : c_.stack.front();
    return outermost < pack_.blocks.size() && pack_.blocks[outermost].resumes;
}

/// The worker was asked in there, and has answered in this turn: a phone that it cannot ask went straight through it.
bool Run::asks_within(const CallBlock& call) const {
    return block_before_ < pack_.blocks.size() && call.start < pack_.blocks.size() &&
           pack_.blocks[block_before_].flow == pack_.blocks[call.start].flow;
}

/// It is asked no more, and neither is what stands before it. The same called flow may have been entered elsewhere.
void Run::settle_question(BlockIndex answered) {
    if (c_.question == no_block || answered >= pack_.blocks.size()) {
        return;
    }
    const auto* call = std::get_if<CallBlock>(&pack_.blocks[answered].kind);
    if (call != nullptr && !asks_within(*call)) {
        return;
    }
    const auto* open = std::get_if<CallBlock>(&pack_.blocks[c_.question].kind);
    if (pack_.blocks[answered].resumes && answered >= c_.question) {
        c_.question = question_from(answered + std::size_t{1});
    } else if (call != nullptr && open != nullptr && call->start == open->start) {
        c_.question = question_from(c_.question + std::size_t{1});
    }
}

/// There is a question left, and this phone can be asked it.
bool Run::can_ask() const {
    const auto here = [&](BlockIndex index) {
        return index < pack_.blocks.size() &&
               (pack_.blocks[index].modes & (1U << static_cast<unsigned>(c_.mode))) != 0;
    };
    if (!c_.filed || !here(c_.question)) {
        return false;
    }
    const auto* call = std::get_if<CallBlock>(&pack_.blocks[c_.question].kind);
    return call == nullptr || here(call->start);
}

/// The key of the case's mailbox is no word for a worker: it stands by itself, not among the values.
void Run::take_mailbox() {
    const std::string_view given = find_value(values_, "mailbox");
    if (given.size() == c_.mailbox.size()) {
        std::copy(given.begin(), given.end(), c_.mailbox.begin());
    }
    if (!given.empty()) {
        std::erase_if(values_, [](const auto& value) { return value.first == "mailbox"; });
        keep_values();
    }
}

/// The report has its code. A flow that files by itself ("is all well?") asks no more about it.
void Run::begin_questions() {
    take_mailbox();
    if (block().flow != 0) {
        c_.question = no_block;
    }
}

/// Where the worker who has just come back goes on. A question that this script does not have is none.
void Run::take_question() {
    const std::string_view name = find_value(values_, "question");
    const auto found = std::ranges::find_if(pack_.blocks, [&](const Block& one) {
        return one.resumes && pack_.block_key(static_cast<BlockIndex>(&one - pack_.blocks.data())) == name;
    });
    c_.question =
        found == pack_.blocks.end() ? no_block : static_cast<BlockIndex>(found - pack_.blocks.begin());
    std::erase_if(values_, [](const auto& value) { return value.first == "question"; });
    keep_values();
    place_before_ = place();  // it stands there already
}

void Run::note_unanswered() {
    const bool has_code = c_.filed && c_.mailbox != std::array<std::uint8_t, 32>{};
    if (!has_code || step_.discard_draft || place() == place_before_) {
        return;
    }
    const std::string question = c_.question == no_block ? "" : pack_.block_key(c_.question);
    step_.unanswered = Unanswered{c_.draft, c_.mailbox, question};
}

}  // namespace rightsline::flows

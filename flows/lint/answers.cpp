#include "flows/lint/answers.hpp"

#include <algorithm>
#include <set>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

constexpr std::size_t longest_way = 24;  // blocks between two answers of a worker

class AnswerWalk {
 public:
    AnswerWalk(const Pack& pack, Mode mode) : pack_(pack), mode_(mode) {}

    std::vector<SentTogether> run() {
        for (const Flow& flow : pack_.flows) {
            enter(flow.start);
            enter(flow.danger);
            for (const auto& [key, target] : flow.hotkeys) {
                enter(target);
            }
            for (const auto& [word, target] : flow.keywords) {
                enter(target);
                explain(target);
            }
        }
        for (const Block& block : pack_.blocks) {
            leave_question(block);
        }
        return {found_.begin(), found_.end()};
    }

 private:
    bool waits(const Block& block) const { return prompt_of(block) != nullptr && in_mode(block, mode_); }

    void enter(BlockIndex target) {
        says_.clear();
        way_.clear();
        go(target, 0);
    }

    /// Where the answer to a question leads.
    void leave_question(const Block& block) {
        if (!waits(block)) {
            return;
        }
        std::vector<BlockIndex> targets{block.exits.next, block.exits.no_match, block.exits.no_input};
        if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
            for (const Choice& choice : menu->choices) {
                targets.push_back(choice.go);
            }
        }
        for (const BlockIndex target : targets) {
            if (target < pack_.blocks.size()) {
                enter(target);
            }
        }
    }

    /// A keyword that is answered where the worker is: its words, and the question that waits.
    void explain(BlockIndex target) {
        if (target >= pack_.blocks.size() || !pack_.blocks[target].returns ||
            !in_mode(pack_.blocks[target], mode_)) {
            return;
        }
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            if (waits(pack_.blocks[i])) {
                found_.insert({{target}, static_cast<BlockIndex>(i)});
            }
        }
    }

    void go(BlockIndex index, std::uint8_t flow) {
        if (found_.size() >= most_answers) {
            return;
        }
        if (index >= pack_.blocks.size()) {
            come_back(flow);
            return;
        }
        if (way_.size() >= longest_way || std::ranges::find(way_, index) != way_.end()) {
            return;
        }
        way_.push_back(index);
        pass(index, pack_.blocks[index]);
        way_.pop_back();
    }

    void pass(BlockIndex index, const Block& block) {
        const auto* work = std::get_if<DoBlock>(&block.kind);
        if (!in_mode(block, mode_)) {
            go(work == nullptr ? block.exits.next : exit_of(*work), block.flow);
        } else if (waits(block)) {
            found(index);
        } else if (const auto* say = std::get_if<SayBlock>(&block.kind)) {
            speak(index, block, *say);
        } else if (const auto* branch = std::get_if<IfBlock>(&block.kind)) {
            for (const Condition& condition : branch->conditions) {
                go(condition.go, block.flow);
            }
            go(branch->otherwise, block.flow);
        } else if (const auto* call = std::get_if<CallBlock>(&block.kind)) {
            go(call->start, block.flow);
        } else if (work != nullptr) {
            for (const auto& [name, target] : work->exits) {
                go(target, block.flow);
            }
        }
    }

    static BlockIndex exit_of(const DoBlock& work) {
        const auto ok = work.exits.find("ok");
        return ok == work.exits.end() ? no_block : ok->second;
    }

    /// What is said only after a question has it asked first, and begins the next message.
    void speak(BlockIndex index, const Block& block, const SayBlock& say) {
        const std::vector<BlockIndex> before = says_;
        if (say.after < pack_.blocks.size() && mode_ != Mode::voice) {
            found(say.after);
            says_.clear();
        }
        says_.push_back(index);
        if (block.end) {
            found(no_block);
        } else {
            go(block.exits.next, block.flow);
        }
        says_ = before;
    }

    /// The end of a called flow: on with whoever called it.
    void come_back(std::uint8_t flow) {
        bool called = false;
        for (std::size_t i = 0; i < pack_.blocks.size() && flow != 0; ++i) {
            const auto* call = std::get_if<CallBlock>(&pack_.blocks[i].kind);
            if (call != nullptr && call->start < pack_.blocks.size() &&
                pack_.blocks[call->start].flow == flow) {
                called = true;
                go(pack_.blocks[i].exits.next, pack_.blocks[i].flow);
            }
        }
        if (!called) {
            found(no_block);
        }
    }

    void found(BlockIndex waits) {
        if (!says_.empty()) {
            found_.insert({says_, waits});
        }
    }

    const Pack& pack_;
    const Mode mode_;
    std::vector<BlockIndex> says_;
    std::vector<BlockIndex> way_;
    std::set<SentTogether> found_;
};

}  // namespace

std::vector<SentTogether> answers_of(const Pack& pack, Mode mode) { return AnswerWalk(pack, mode).run(); }

}  // namespace rightsline::flows

#include <functional>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

class GraphLint {
 public:
    explicit GraphLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        find_unreachable();
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            find_dead_ends(static_cast<BlockIndex>(i));
            find_lost_questions(static_cast<BlockIndex>(i));
        }
        for (const Mode mode : every_mode) {
            find_loops(mode);
        }
    }

 private:
    using Targets = std::vector<BlockIndex>;

    /// Everywhere a worker may go from a block, by any answer.
    Targets exits_of(const Block& block) const {
        Targets all{block.exits.next, block.exits.no_match, block.exits.no_input};
        if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
            for (const Choice& choice : menu->choices) {
                all.push_back(choice.go);
            }
        } else if (const auto* say = std::get_if<SayBlock>(&block.kind)) {
            all = {block.exits.next, say->after};
        } else if (const auto* choose = std::get_if<IfBlock>(&block.kind)) {
            all = {choose->otherwise};
            for (const Condition& condition : choose->conditions) {
                all.push_back(condition.go);
            }
        } else if (const auto* act = std::get_if<DoBlock>(&block.kind)) {
            all = {};
            for (const auto& [name, where] : act->exits) {
                all.push_back(where);
            }
        } else if (const auto* call = std::get_if<CallBlock>(&block.kind)) {
            all = {block.exits.next, call->start};
        }
        return all;
    }

    void enter_flow(std::uint8_t index, Targets& waiting) {
        const Flow& flow = pack_.flows[index];
        for (const auto& [key, where] : flow.hotkeys) {
            waiting.push_back(where);
        }
        for (const auto& [word, where] : flow.keywords) {
            waiting.push_back(where);
        }
        waiting.push_back(flow.first_text);
        waiting.push_back(flow.danger);
    }

    void find_unreachable() {
        std::vector<bool> seen(pack_.blocks.size(), false);
        std::vector<bool> entered(pack_.flows.size(), false);
        Targets waiting{pack_.flows[0].start};
        while (!waiting.empty()) {
            const BlockIndex at = waiting.back();
            waiting.pop_back();
            if (at == no_block || seen[at]) {
                continue;
            }
            seen[at] = true;
            const Block& block = pack_.blocks[at];
            if (!entered[block.flow]) {
                entered[block.flow] = true;
                enter_flow(block.flow, waiting);
            }
            for (const BlockIndex next : exits_of(block)) {
                waiting.push_back(next);
            }
        }
        for (std::size_t i = 0; i < seen.size(); ++i) {
            if (!seen[i]) {
                lint_.at_block(static_cast<BlockIndex>(i), "unreachable-block",
                               "nothing leads to block '" + pack_.blocks[i].name + "'",
                               "lead to it, or take it out", Complaint::Level::warning);
            }
        }
    }

    void dead_end(BlockIndex index, const std::string& when) {
        lint_.at_block(index, "dead-end", "block '" + pack_.blocks[index].name + "' leads nowhere" + when,
                       "add next:, next: return in a called flow, or end: true");
    }

    void find_dead_ends(BlockIndex index) {
        const Block& block = pack_.blocks[index];
        const bool goes_on = block.exits.next != no_block || block.end || block.returns;
        if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
            check_choices(index, *menu, goes_on);
            check_retries(index);
        } else if (const auto* choose = std::get_if<IfBlock>(&block.kind)) {
            if (choose->otherwise == no_block) {
                dead_end(index, " when no condition holds");
            }
        } else if (const auto* act = std::get_if<DoBlock>(&block.kind)) {
            check_action(index, *act, goes_on);
        } else if (!goes_on) {
            dead_end(index, "");
        } else if (std::holds_alternative<AskBlock>(block.kind)) {
            check_retries(index);
        }
    }

    /// Whoever comes back is led straight to it: nothing has called its flow, and it must ask something.
    void find_lost_questions(BlockIndex index) {
        const Block& block = pack_.blocks[index];
        const bool asks = std::holds_alternative<MenuBlock>(block.kind) ||
                          std::holds_alternative<AskBlock>(block.kind) ||
                          std::holds_alternative<CallBlock>(block.kind);
        if (block.resumes && (block.flow != 0 || !asks)) {
            lint_.at_block(index, "lost-question",
                           "nobody can be led back to '" + block.name + "' with the code",
                           "write resume: true at an ask, a menu or a call of the first flow");
        }
    }

    void check_choices(BlockIndex index, const MenuBlock& menu, bool goes_on) {
        if (goes_on) {
            return;
        }
        for (const Choice& choice : menu.choices) {
            if (choice.go == no_block) {
                dead_end(index, " after choice '" + choice.name + "'");
            }
        }
        if (pack_.blocks[index].modes != 7) {
            dead_end(index, " in the modes that skip it");
        }
    }

    void check_retries(BlockIndex index) {
        const Block& block = pack_.blocks[index];
        if (!block.end && (block.exits.no_match == no_block || block.exits.no_input == no_block)) {
            lint_.at_block(index, "dead-end", "a worker who cannot answer '" + block.name + "' is left alone",
                           "add else: with a block, here or under defaults:");
        }
    }

    void check_action(BlockIndex index, const DoBlock& act, bool goes_on) {
        if (!goes_on && act.action != "questions.ask") {  // it leads to a question by itself
            dead_end(index, " when it has worked");
        }
        if (act.exits.at("else") == no_block && !pack_.blocks[index].end) {
            dead_end(index, " when it fails");
        }
        if (act.action == "report.file" && act.exits.count("pending") == 0) {
            lint_.at_block(
                index, "unhandled-exit",
                "a recording that is still on its way has no words of its own, and 'saved' is not true yet",
                "add pending: with a block that says so", Complaint::Level::warning);
        }
        const auto mode = act.with.find("mode");
        if (act.action == "contact" && mode != act.with.end() && mode->second != "none") {
            check_contact(index, act, mode->second == "relay");
        }
        if (act.action == "contact.texts" && act.exits.count("no_text") == 0) {
            lint_.at_block(index, "unhandled-exit", "a line without texts has no words of its own",
                           "add no_text: with a block that says so");
        }
    }

    /// Who hears "we keep your number" where we have none, or "we text you" on a line without texts, waits in vain.
    void check_contact(BlockIndex index, const DoBlock& act, bool texts) {
        if (act.exits.count("no_number") == 0 || (texts && act.exits.count("no_text") == 0)) {
            lint_.at_block(index, "unhandled-exit",
                           "a phone that shows no number, or a line without texts, has no words of its own",
                           "add no_number: (and no_text: for relay) with a block that says so");
        }
    }

    bool waits(const Block& block, Mode mode) const {
        const bool asks =
            std::holds_alternative<MenuBlock>(block.kind) || std::holds_alternative<AskBlock>(block.kind);
        return asks && in_mode(block, mode);
    }

    /// Where the engine goes on by itself, without a word from the worker.
    Targets silent_exits(BlockIndex index, Mode mode, int depth) const {
        const Block& block = pack_.blocks[index];
        if (waits(block, mode) || (block.end && in_mode(block, mode))) {
            return {};
        }
        if (!in_mode(block, mode)) {
            return {block.exits.next};
        }
        if (const auto* say = std::get_if<SayBlock>(&block.kind)) {
            const bool asks_first = say->after != no_block && mode != Mode::voice;
            return asks_first ? Targets{} : Targets{block.exits.next};
        }
        if (const auto* call = std::get_if<CallBlock>(&block.kind)) {
            const bool returns = depth < 8 && returns_silently(call->start, mode, depth + 1);
            return returns ? Targets{call->start, block.exits.next} : Targets{call->start};
        }
        return exits_of(block);
    }

    bool returns_silently(BlockIndex start, Mode mode, int depth) const {
        std::set<BlockIndex> seen;
        Targets waiting{start};
        while (!waiting.empty()) {
            const BlockIndex at = waiting.back();
            waiting.pop_back();
            if (at == no_block || !seen.insert(at).second) {
                continue;
            }
            if (pack_.blocks[at].returns && !waits(pack_.blocks[at], mode)) {
                return true;
            }
            for (const BlockIndex next : silent_exits(at, mode, depth)) {
                waiting.push_back(next);
            }
        }
        return false;
    }

    /// Depth-first with colours; a path that meets itself is a loop. Iterative: a script may be long.
    void find_loops(Mode mode) {
        enum class Colour : std::uint8_t { white, grey, black };
        std::vector<Colour> colours(pack_.blocks.size(), Colour::white);
        for (std::size_t i = 0; i < colours.size(); ++i) {
            std::vector<std::pair<BlockIndex, Targets>> path;
            const auto enter = [&](BlockIndex block) {
                colours[block] = Colour::grey;
                path.emplace_back(block, silent_exits(block, mode, 0));
            };
            if (colours[i] == Colour::white) {
                enter(static_cast<BlockIndex>(i));
            }
            while (!path.empty()) {
                if (path.back().second.empty()) {
                    colours[path.back().first] = Colour::black;
                    path.pop_back();
                    continue;
                }
                const BlockIndex next = path.back().second.back();
                path.back().second.pop_back();
                if (next != no_block && colours[next] == Colour::white) {
                    enter(next);
                } else if (next != no_block && colours[next] == Colour::grey) {
                    report_loop(next);
                }
            }
        }
    }

    void report_loop(BlockIndex block) {
        lint_.at_block(
            block, "loop-without-input",
            "block '" + pack_.blocks[block].name + "' comes back to itself without asking anything",
            "put a menu or an ask into the loop, or end it");
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_graph(LintContext& lint) { GraphLint(lint).run(); }

}  // namespace rightsline::flows

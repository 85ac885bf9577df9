#include <algorithm>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

class SecretLint {
 public:
    explicit SecretLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            const auto index = static_cast<BlockIndex>(i);
            if (const auto* choose = std::get_if<IfBlock>(&pack_.blocks[i].kind)) {
                check_conditions(index, *choose);
            } else if (const auto* say = std::get_if<SayBlock>(&pack_.blocks[i].kind)) {
                check_say(index, *say);
            }
        }
    }

 private:
    const Node& item_of(BlockIndex index, const Condition& condition) const {
        for (const Node& item : lint_.node(index)["if"].items()) {
            if (item["when"]["result"].text() == condition.result) {
                return item;
            }
        }
        return lint_.node(index);
    }

    void check_conditions(BlockIndex index, const IfBlock& choose) {
        for (const Condition& condition : choose.conditions) {
            if (condition.block == no_block) {
                continue;
            }
            const Block& asked = pack_.blocks[condition.block];
            const auto* ask = std::get_if<AskBlock>(&asked.kind);
            if (ask != nullptr && ask->seal) {
                lint_.at_node(item_of(index, condition), "sealed-in-condition",
                              "the answer to '" + asked.name + "' is sealed: nobody here can read it",
                              "decide by a menu instead");
            } else if (const auto* menu = std::get_if<MenuBlock>(&asked.kind)) {
                check_choices(index, condition, *menu);
            } else if (ask == nullptr) {
                lint_.at_node(item_of(index, condition), "no-result",
                              "block '" + asked.name + "' asks nothing", "name a menu or an ask");
            }
        }
    }

    void check_choices(BlockIndex index, const Condition& condition, const MenuBlock& menu) {
        std::vector<std::string> names;
        names.reserve(menu.choices.size());
        for (const Choice& choice : menu.choices) {
            names.push_back(choice.name);
        }
        for (const std::string& value : condition.values) {
            if (std::find(names.begin(), names.end(), value) == names.end()) {
                lint_.at_node(item_of(index, condition), "unknown-choice",
                              "menu '" + condition.result + "' has no choice '" + value + "'",
                              suggest(value, names));
            }
        }
    }

    bool holds_code(TextIndex text) const {
        const auto& names = pack_.text(0, text).placeholders();
        return std::find(names.begin(), names.end(), "code") != names.end();
    }

    void check_say(BlockIndex index, const SayBlock& say) {
        const Block& block = pack_.blocks[index];
        for (const Mode mode : every_mode) {
            const TextIndex text = wording(say.prompt, mode);
            if (text == no_text || !in_mode(block, mode)) {
                continue;
            }
            if (holds_code(text) && !say.secret) {
                lint_.at_text(0, text, "unmarked-secret",
                              "says the worker's code, and the block is not secret", "add secret: true");
            }
            if ((say.secret || holds_code(text)) && mode != Mode::voice && say.after == no_block) {
                lint_.at_block(
                    index, "secret-by-text",
                    "block '" + block.name + "' shows a secret on a phone that others may read",
                    "ask first: sms: {after: MENU, text: …} with a menu that asks whether it is safe");
            }
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_secrets(LintContext& lint) { SecretLint(lint).run(); }

}  // namespace rightsline::flows

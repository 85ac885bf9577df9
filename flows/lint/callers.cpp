// What a caller lives through, played on the engine itself: how long until they hear the key of their language, and whether
// whoever is not understood hears the same words again.
#include <algorithm>
#include <chrono>
#include <string>

#include "flows/engine.hpp"
#include "flows/language_waits.hpp"
#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds longest_wait = 10s;
constexpr std::size_t languages_in_time = 3;  // a fourth comes after them, whatever is said

std::string in_seconds(std::chrono::milliseconds length) {
    const auto tenths = (length.count() + 99) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

class CallerLint {
 public:
    explicit CallerLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {
        context_.now = Instant{std::chrono::hours{24}};
    }

    void run() {
        check_languages();
        for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
            for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
                if (!pack_.message_only[language] &&
                    !check_tries(static_cast<BlockIndex>(i), static_cast<LanguageIndex>(language))) {
                    break;  // one line for a block, whatever the languages
                }
            }
        }
    }

 private:
    void check_languages() {
        const std::vector<LanguageWait> waits = language_waits(pack_);
        for (std::size_t i = 0; i < std::min(waits.size(), languages_in_time); ++i) {
            if (waits[i].named > longest_wait) {
                lint_.at_block(
                    pack_.flows[0].start, "slow-language",
                    "a caller has heard the key for " + waits[i].language + " after " +
                        in_seconds(waits[i].named) + (waits[i].guessed ? ", as far as can be guessed" : ""),
                    "say less before it: each of three languages within 10 s", lint_.draft_level());
                return;
            }
        }
    }

    /// An answer that this block cannot take.
    Event unclear(const Block& block) const {
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        if (ask != nullptr) {
            const bool speaks = ask->kind == AskKind::text || ask->kind == AskKind::story;
            return speaks ? Event{Recorded{}} : Event{Keyed{PrivateText("1")}};
        }
        const auto& menu = std::get<MenuBlock>(block.kind);
        const Flow& flow = pack_.flows[block.flow];
        for (char key = '8'; key > '0'; --key) {
            const bool means_something =
                flow.hotkeys.contains(key) || std::ranges::any_of(menu.choices, [&](const Choice& one) {
                    return one.key == std::string(1, key);
                });
            if (!means_something) {
                return Keyed{PrivateText(std::string(1, key))};
            }
        }
        return Keyed{PrivateText("88")};
    }

    static std::string heard(const Step& step) {
        std::string all;
        for (const Action& action : step.actions) {
            std::visit(
                [&](const auto& one) {
                    if constexpr (requires { one.prompts; }) {
                        for (const Utterance& said : one.prompts) {
                            all += said.text + "\n";
                        }
                    }
                },
                action);
        }
        return all;
    }

    /// False: two tries sound the same.
    bool check_tries(BlockIndex index, LanguageIndex language) {
        const Block& block = pack_.blocks[index];
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        const bool asks = std::holds_alternative<MenuBlock>(block.kind) || (ask != nullptr && !ask->skip);
        if (!asks || !in_mode(block, Mode::voice)) {
            return true;
        }
        Conversation at;
        at.pack = pack_.hash;
        at.mode = Mode::voice;
        at.language = language;
        at.language_chosen = true;
        at.block = index;
        at.touched = at.begun = context_.now;
        Step tried = step(pack_, at, Continued{}, context_);
        std::set<std::string> before{heard(tried)};
        for (int i = 0; i < block.exits.retries; ++i) {
            tried = step(pack_, tried.conversation, unclear(block), context_);
            if (tried.conversation.block != index || tried.ended) {
                return true;  // such an answer leads on
            }
            if (!before.insert(heard(tried)).second) {
                lint_.at_block(
                    index, "same-words-again",
                    "whoever is not understood at '" + block.name +
                        "' hears the same words twice in a call (" + pack_.language_names[language] + ")",
                    "add again: with other words for the second and the third try", lint_.draft_level());
                return false;
            }
        }
        return true;
    }

    LintContext& lint_;
    const Pack& pack_;
    Context context_;
};

}  // namespace

void lint_callers(LintContext& lint) { CallerLint(lint).run(); }

}  // namespace rightsline::flows

#include "flows/language_waits.hpp"

#include <algorithm>
#include <unordered_map>

#include "flows/engine.hpp"

namespace rightsline::flows {
namespace {

using Milliseconds = std::chrono::milliseconds;
using Lengths = std::unordered_map<std::string, Milliseconds>;  // of recordings, by their hash

constexpr Milliseconds a_letter{70};  // fourteen in a second: a machine voice that is not hurried

Lengths lengths_of(const Pack& pack) {
    Lengths all;
    for (const auto& language : pack.audio) {
        for (const std::vector<AudioClip>& clips : language) {
            for (const AudioClip& clip : clips) {
                all.emplace(clip.hash, clip.length);
            }
        }
    }
    return all;
}

Milliseconds spoken_in(const std::string& words) {
    const auto letters =
        std::ranges::count_if(words, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return a_letter * letters;
}

const MenuBlock* menu_of(const Pack& pack, const Conversation& conversation) {
    return conversation.block < pack.blocks.size()
               ? std::get_if<MenuBlock>(&pack.blocks[conversation.block].kind)
               : nullptr;
}

/// What a caller hears of one answer, and when.
class Listening {
 public:
    Listening(const Pack& pack, const Lengths& lengths, const Step& heard) : pack_(pack), lengths_(lengths) {
        for (const Action& action : heard.actions) {
            if (const auto* gather = std::get_if<Gather>(&action)) {
                prompts_ = &gather->prompts;
            }
        }
    }

    /// From the beginning to the end of the words that name this choice and its key; 0 when they are not said.
    LanguageWait until(const Choice& choice) const {
        LanguageWait wait;
        Milliseconds at{0};
        bool guessed = false;
        if (prompts_ == nullptr) {
            return wait;
        }
        for (const Utterance& said : *prompts_) {
            for (const Clip& clip : said.clips) {
                at += clip.audio_hash.empty() ? spoken_in(clip.text) : length_of(clip.audio_hash);
                guessed = guessed || clip.audio_hash.empty();
            }
            if (choice.say != no_text && said.key == pack_.text_keys[choice.say]) {
                wait.named = at;
                wait.guessed = guessed;
                return wait;
            }
        }
        return wait;
    }

 private:
    Milliseconds length_of(const std::string& hash) const {
        const auto found = lengths_.find(hash);
        return found == lengths_.end() ? Milliseconds{0} : found->second;
    }

    const Pack& pack_;
    const Lengths& lengths_;
    const std::vector<Utterance>* prompts_ = nullptr;
};

/// As on a line that is free, which says the most.
Context a_call() {
    Context context;
    context.now = Instant{std::chrono::hours{24}};
    context.costs_nothing = true;
    return context;
}

}  // namespace

std::vector<LanguageWait> language_waits(const Pack& pack) {
    std::vector<LanguageWait> all;
    const Context context = a_call();
    const Step opening = start(pack, Mode::voice, Called{}, context);
    const MenuBlock* menu = menu_of(pack, opening.conversation);
    if (menu == nullptr || menu->set != "language") {
        return all;
    }
    const Lengths lengths = lengths_of(pack);
    const Listening first(pack, lengths, opening);
    for (const Choice& choice : menu->choices) {
        if (choice.mute) {
            continue;  // lint says so in a line of its own
        }
        LanguageWait wait = first.until(choice);
        wait.language = pack.text(0, choice.say).text({});
        wait.key = choice.key;
        const Step next = step(pack, opening.conversation, Keyed{PrivateText(choice.key)}, context);
        const MenuBlock* behind = menu_of(pack, next.conversation);
        const bool offers =
            behind != nullptr && !behind->choices.empty() && next.conversation.phase == Phase::asking;
        if (offers) {
            wait.next_named = Listening(pack, lengths, next).until(behind->choices.back()).named;
        }
        all.push_back(std::move(wait));
    }
    return all;
}

}  // namespace rightsline::flows

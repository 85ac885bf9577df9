// What the team wrote to the worker who came back with the number: said in the turn that reads it, and nowhere kept.
#include <algorithm>

#include "flows/engine/run.hpp"

namespace rightsline::flows {
namespace {

constexpr std::string_view mode_names[] = {"sms", "voice", "ussd"};

bool reads_again(const Block& block) {
    const auto* work = std::get_if<DoBlock>(&block.kind);
    if (work == nullptr || work->action != "relay.read") {
        return false;
    }
    const auto which = work->with.find("which");
    return which != work->with.end() && which->second == "again";
}

}  // namespace

/// All but the words of a reply: the next step of this worker does not know them any more.
void Run::keep_values() {
    Values kept = values_;
    std::erase_if(kept,
                  [](const auto& value) { return value.first == "message" || value.first == "answer"; });
    c_.values = pack_values(kept);
}

/// A count that is there and not nought.
bool Run::some(std::string_view name) const {
    const std::string_view count = find_value(values_, name);
    return !count.empty() && count != "0";
}

/// Where the reading is, and what is spoken here, for the shell that goes on with it.
void Run::place_reading(DoRequest& request) const {
    request.with["at"] = find_value(values_, "at");
    request.with["language"] = pack_.languages[c_.language].str();
    request.with["mode"] = mode_names[static_cast<std::size_t>(c_.mode)];
}

bool Run::says_reply(TextIndex text) const {
    if (text == no_text) {
        return false;
    }
    const auto& names = pack_.text(c_.language, text).placeholders();
    return std::find(names.begin(), names.end(), "message") != names.end();
}

/// A reply is written in the language in which its worker reported, whichever this conversation is in; a ready answer is said
/// in this one's. The shell knows which it has.
LanguageIndex Run::language_of(TextIndex text) const {
    const auto tag = says_reply(text) ? LanguageTag::parse(find_value(values_, "spoken"))
                                      : Result<LanguageTag>(LanguageTag());
    return tag ? pack_.find_language(*tag).value_or(c_.language) : c_.language;
}

/// The words of the reply that was just said are not here any more: where this flow reads it once more. no_block: none was.
BlockIndex Run::reply_said_again() const {
    const bool said = std::ranges::any_of(c_.said, [&](BlockIndex index) {
        const auto* say =
            index < pack_.blocks.size() ? std::get_if<SayBlock>(&pack_.blocks[index].kind) : nullptr;
        return say != nullptr && says_reply(prompt_of(say->prompt));
    });
    const auto found = std::ranges::find_if(
        pack_.blocks, [&](const Block& one) { return said && one.flow == block().flow && reads_again(one); });
    return found == pack_.blocks.end() ? no_block : static_cast<BlockIndex>(found - pack_.blocks.begin());
}

bool Run::reads_replies(std::uint8_t flow) const {
    return std::ranges::any_of(pack_.blocks, [flow](const Block& one) {
        const auto* work = std::get_if<DoBlock>(&one.kind);
        return one.flow == flow && work != nullptr && work->action == "relay.read";
    });
}

}  // namespace rightsline::flows

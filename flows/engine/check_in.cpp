// "Is all well?": asked by a text that nobody waited for, or of whoever comes back with the number; answered by a key.
#include <algorithm>

#include "flows/conversation_codec.hpp"
#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"

namespace rightsline::flows {
namespace {

constexpr std::string_view answer_action = "checkin.answer";

std::string argument(const DoBlock& work, const char* name) {
    const auto found = work.with.find(name);
    return found == work.with.end() ? std::string() : found->second;
}

}  // namespace

/// Where the flow that notes the answers begins, if that is a menu; no_block: the program asks nobody.
BlockIndex Run::asks_how_it_is() const {
    const auto noted = std::ranges::find_if(pack_.blocks, [](const Block& one) {
        const auto* work = std::get_if<DoBlock>(&one.kind);
        return work != nullptr && work->action == answer_action;
    });
    if (noted == pack_.blocks.end()) {
        return no_block;
    }
    const BlockIndex start = pack_.flows[noted->flow].start;
    return menu_at(start) != nullptr ? start : no_block;
}

/// `spoken`: when this conversation was last spoken in. The text is the answer to what we asked last, and to nothing else: whatever fits none of its choices goes its usual way,
/// for the phone may be in other hands. A story that is being told is not left for it.
bool Run::answered_check_in(std::string_view body, Instant spoken) {
    const bool telling = c_.files && !c_.filed && c_.parts > 0;
    const BlockIndex asks = context_.check_in && !telling ? asks_how_it_is() : no_block;
    if (asks == no_block || c_.mode != Mode::sms || context_.check_in->at < spoken ||
        said_at() < context_.check_in->at) {
        return false;  // something else was spoken of since, or this was written before we asked
    }
    const LanguageIndex language = context_.check_in->language;
    const MenuBlock& menu = *menu_at(asks);
    const auto picked =
        language < pack_.languages.size() ? read_menu(pack_, menu, language, body) : std::nullopt;
    if (!picked) {
        return false;
    }
    forget();
    c_.touched = context_.now;
    c_.language = language;
    c_.language_chosen = true;
    c_.block = asks;
    answer_menu(menu, *picked);
    return true;
}

/// Something changed since it was reported: a case of its own at once, whether or not more is told. The shell links it with
/// the one before, and whoever may not open that one does not open this one either.
void Run::open_linked(const DoBlock& work, DoRequest& request) {
    const std::string asked_about = context_.check_in ? context_.check_in->circle : pack_.circles.of("");
    const std::string before = c_.returned ? c_.circle : asked_about;
    forget_draft();
    std::erase_if(values_, [](const auto& value) { return value.first == "code"; });
    keep_values();
    c_.history.clear();
    c_.urgency = Urgency::p2;
    c_.files = true;
    add_part("check_in", PrivateText("changed"), nullptr);
    c_.circle = pack_.circles.stricter(before, pack_.circles.of(argument(work, "family")));
    file("check_in");
    step_.filing->family = argument(work, "family");
    request.with["linked"] = "yes";
}

void Run::place_check_in(const DoBlock& work, DoRequest& request) {
    request.with["day"] = find_value(values_, "check_in");
    request.with["of"] = find_value(values_, "draft");
    if (!c_.returned) {
        request.with["day"].clear();
        request.with["of"].clear();
    }
    std::erase_if(values_, [](const auto& value) { return value.first == "check_in"; });  // asked once
    keep_values();
    if (argument(work, "answer") == "changed") {
        open_linked(work, request);
    }
}

}  // namespace rightsline::flows

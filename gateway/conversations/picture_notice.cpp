#include "gateway/conversations/picture_notice.hpp"

#include <algorithm>
#include <utility>

#include "flows/limits.hpp"
#include "flows/words.hpp"

namespace rightsline::conversations {
namespace {

using Parts = std::vector<flows::Utterance>;

Parts notice_of(const flows::Pack& pack, const flows::Conversation& now) {
    const flows::TextIndex text = pack.find_text("common.picture_lost");
    const flows::Values values;
    const flows::Words words(pack, now.mode, values);
    Parts parts;
    if (text == flows::no_text) {
        return parts;
    }
    if (now.language_chosen && now.language < pack.languages.size()) {
        parts.push_back(words.say(text, now.language));
        return parts;
    }
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (!pack.message_only[i]) {
            parts.push_back(words.say(text, static_cast<flows::LanguageIndex>(i)));
        }
    }
    return parts;
}

/// What comes before everything else: the emergency number, and a word of comfort with it.
bool is_of_danger(const flows::Utterance& said) {
    return said.key.starts_with("common.danger_call") || said.key == "common.sorry";
}

std::string joined(const Parts& parts) {
    std::string body;
    for (const flows::Utterance& part : parts) {
        body += body.empty() ? part.text : "\n" + part.text;
    }
    return body;
}

}  // namespace

void tell_of_pictures(const flows::Pack& pack, flows::Step& step) {
    Parts notice = notice_of(pack, step.conversation);
    if (notice.empty() || flows::has_stopped(step.conversation)) {
        return;
    }
    if (step.silent) {
        step.silent = false;
        step.actions.clear();
    }
    std::string words = joined(notice);
    auto* first = step.actions.empty() ? nullptr : std::get_if<flows::Text>(&step.actions.front());
    if (first == nullptr || first->body.size() + 1 + words.size() > flows::limits::sms_bytes) {
        step.actions.insert(step.actions.begin(), flows::Text{std::move(notice), std::move(words), false});
        return;
    }
    const auto behind = std::find_if_not(first->parts.begin(), first->parts.end(), is_of_danger);
    first->parts.insert(behind, std::make_move_iterator(notice.begin()),
                        std::make_move_iterator(notice.end()));
    first->body = joined(first->parts);
}

}  // namespace rightsline::conversations

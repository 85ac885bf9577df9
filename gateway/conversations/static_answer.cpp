#include "gateway/conversations/static_answer.hpp"

#include <vector>

#include "flows/words.hpp"

namespace rightsline::conversations {
namespace {

/// The languages to speak in: the line's own, or all of the program, for nothing tells us which the worker knows.
std::vector<flows::LanguageIndex> languages_of(const LineContext& line, const flows::Pack& pack) {
    if (line.language) {
        if (const auto known = pack.find_language(*line.language)) {
            return {*known};
        }
    }
    std::vector<flows::LanguageIndex> all;
    all.reserve(pack.languages.size());
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        all.push_back(static_cast<flows::LanguageIndex>(i));
    }
    return all;
}

std::vector<flows::Utterance> say(const LineContext& line, const flows::Pack& pack, flows::Mode mode,
                                  const char* key) {
    std::vector<flows::Utterance> out;
    const flows::TextIndex text = pack.find_text(key);
    const flows::Values values;
    if (text != flows::no_text) {
        for (const flows::LanguageIndex language : languages_of(line, pack)) {
            out.push_back(flows::Words(pack, mode, values).say(text, language));
        }
    }
    return out;
}

std::string joined(const std::vector<flows::Utterance>& parts) {
    std::string body;
    for (const flows::Utterance& part : parts) {
        body += body.empty() ? part.text : "\n" + part.text;
    }
    return body;
}

const char* text_words(const flows::Pack& pack, Kept kept) {
    const bool worded = pack.find_text("common.not_sure") != flows::no_text;
    return kept == Kept::unsure && worded ? "common.not_sure" : "common.not_kept";
}

constexpr std::uint32_t most_sent_back = 2;
constexpr flows::Seconds moment{2};

bool may_come_back(const providers::Inbound& inbound) {
    const bool call = inbound.hook == providers::Hook::voice || inbound.hook == providers::Hook::voice_step;
    return call && inbound.sent_back < most_sent_back;
}

/// The URL of the very event that could not be answered: if it was committed after all, its answer is there.
std::string same_event_url(const LineContext& line, const providers::Inbound& inbound) {
    const std::string times = "n=" + std::to_string(inbound.sent_back + 1);
    if (inbound.hook == providers::Hook::voice) {
        return line.hooks_url + "/voice?" + times;
    }
    std::string url = line.hooks_url + "/voice/step?t=" + std::to_string(inbound.turn) +
                      "&k=" + inbound.step_mac + "&" + times;
    // A key that was pressed is asked for again. A recording would be lost at the provider, so its name there, which
    // tells nobody anything, comes back with the call.
    const auto* recorded = std::get_if<flows::Recorded>(&inbound.event);
    if (recorded != nullptr && inbound.recording && inbound.recording->bytes.empty()) {
        url += "&r=" + inbound.recording->id + "&d=" + std::to_string(recorded->length.count());
    }
    return url;
}

}  // namespace

http::Response store_gone_answer(const LineContext& line, const providers::Inbound& inbound,
                                 const flows::Pack* pack, Kept kept) {
    const bool wants_words =
        !inbound.carrier_answered_stop && inbound.hook != providers::Hook::voice_status &&
        inbound.hook != providers::Hook::message_status && inbound.hook != providers::Hook::recording;
    std::vector<flows::Action> actions;
    providers::ReturnUrls urls = line.urls;
    if (pack != nullptr && wants_words) {
        const bool voice = inbound.mode == flows::Mode::voice;
        const bool again = may_come_back(inbound);
        const char* words = again ? "common.one_moment" : voice ? "common.not_now" : text_words(*pack, kept);
        std::vector<flows::Utterance> parts = say(line, *pack, inbound.mode, words);
        if (again) {
            urls.step = same_event_url(line, inbound);
            actions.emplace_back(flows::Say{std::move(parts)});
            actions.emplace_back(flows::Redirect{moment});
        } else if (voice) {
            actions.emplace_back(flows::Say{std::move(parts)});
            actions.emplace_back(flows::Hangup{});
        } else if (inbound.mode == flows::Mode::ussd) {
            std::string body = joined(parts);
            actions.emplace_back(flows::Screen{std::move(parts), std::move(body), false});
        } else {
            std::string body = joined(parts);
            actions.emplace_back(flows::Text{std::move(parts), std::move(body), false});
        }
    }
    return line.provider->encode(inbound.hook, actions, urls);
}

}  // namespace rightsline::conversations

#include "gateway/conversations/static_answer.hpp"

#include <vector>

#include "flows/words.hpp"
#include "gateway/conversations/seeded_bugs.hpp"

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

/// A program without words of its own for it says the next best that is true.
const char* worded(const flows::Pack& pack, const char* key, const char* otherwise) {
    return pack.find_text(key) != flows::no_text ? key : otherwise;
}

const char* text_words(const flows::Pack& pack, Kept kept) {
    if (has_bug("static_answer_says_saved")) {
        return "common.first_text";
    }
    if (kept == Kept::here) {
        return worded(pack, "common.arrived", worded(pack, "common.not_sure", "common.not_kept"));
    }
    return kept == Kept::unsure ? worded(pack, "common.not_sure", "common.not_kept") : "common.not_kept";
}

constexpr std::uint32_t most_sent_back = 2;
constexpr flows::Seconds moment{2};
constexpr flows::Seconds longest_message{180};

bool is_call(const providers::Inbound& inbound) {
    return inbound.hook == providers::Hook::voice || inbound.hook == providers::Hook::voice_step;
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

void answer_call(std::vector<flows::Action>& actions, const LineContext& line,
                 const providers::Inbound& inbound, const flows::Pack& pack, const Gone& gone) {
    const auto words = [&](const char* key) { return say(line, pack, flows::Mode::voice, key); };
    const bool may_record = pack.find_text("common.message_now") != flows::no_text;
    if (is_sent_back(inbound)) {
        actions.emplace_back(flows::Say{words("common.one_moment")});
        actions.emplace_back(flows::Redirect{moment});
    } else if (!gone.message_url.empty() && may_record) {
        actions.emplace_back(flows::Record{words("common.message_now"), longest_message});
    } else {
        const char* end = gone.kept == Kept::here ? worded(pack, "common.message_held", "common.not_now")
                                                  : "common.not_now";
        actions.emplace_back(flows::Say{words(end)});
        actions.emplace_back(flows::Hangup{});
    }
}

}  // namespace

bool is_sent_back(const providers::Inbound& inbound) {
    return is_call(inbound) && inbound.sent_back < most_sent_back;
}

bool may_leave_message(const providers::Inbound& inbound) {
    return is_call(inbound) && inbound.sent_back == most_sent_back && !inbound.recording;
}

http::Response store_gone_answer(const LineContext& line, const providers::Inbound& inbound,
                                 const flows::Pack* pack, const Gone& gone) {
    const bool wants_words =
        !inbound.carrier_answered_stop && inbound.hook != providers::Hook::voice_status &&
        inbound.hook != providers::Hook::message_status && inbound.hook != providers::Hook::recording;
    std::vector<flows::Action> actions;
    providers::ReturnUrls urls = line.urls;
    if (pack != nullptr && wants_words && inbound.mode == flows::Mode::voice) {
        urls.step = is_sent_back(inbound) ? same_event_url(line, inbound) : gone.message_url;
        answer_call(actions, line, inbound, *pack, gone);
    } else if (pack != nullptr && wants_words) {
        std::vector<flows::Utterance> parts = say(line, *pack, inbound.mode, text_words(*pack, gone.kept));
        std::string body = joined(parts);
        if (inbound.mode == flows::Mode::ussd) {
            actions.emplace_back(flows::Screen{std::move(parts), std::move(body), false});
        } else {
            actions.emplace_back(flows::Text{std::move(parts), std::move(body), false});
        }
    }
    return line.provider->encode(inbound.hook, actions, urls);
}

}  // namespace rightsline::conversations

#include "gateway/conversations/static_answer.hpp"

#include <vector>

#include "flows/engine_words.hpp"

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

}  // namespace

http::Response store_gone_answer(const LineContext& line, const providers::Inbound& inbound,
                                 const flows::Pack* pack) {
    const bool wants_words = inbound.hook != providers::Hook::voice_status &&
                             inbound.hook != providers::Hook::message_status &&
                             inbound.hook != providers::Hook::recording;
    std::vector<flows::Action> actions;
    providers::ReturnUrls urls;
    urls.media = line.media_url;
    if (pack != nullptr && wants_words) {
        const bool voice = inbound.mode == flows::Mode::voice;
        std::vector<flows::Utterance> parts =
            say(line, *pack, inbound.mode, voice ? "common.not_now" : "common.not_kept");
        if (voice) {
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

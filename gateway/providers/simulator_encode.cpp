#include <boost/json.hpp>

#include "gateway/providers/simulator.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

json::array prompts_of(const std::vector<flows::Utterance>& prompts) {
    json::array list;
    for (const flows::Utterance& prompt : prompts) {
        json::array clips;
        for (const flows::Clip& clip : prompt.clips) {
            clips.push_back(json::object{{"audio", clip.audio_hash}, {"text", clip.text}});
        }
        list.push_back(json::object{{"key", prompt.key},
                                    {"language", prompt.language.str()},
                                    {"text", prompt.text},
                                    {"secret", prompt.secret},
                                    {"clips", std::move(clips)}});
    }
    return list;
}

struct Encoder {
    const ReturnUrls& urls;

    json::object operator()(const flows::Text& text) const {
        return {{"do", "text"},
                {"body", text.body},
                {"secret", text.secret},
                {"prompts", prompts_of(text.parts)}};
    }
    json::object operator()(const flows::Screen& screen) const {
        return {{"do", "screen"},
                {"body", screen.body},
                {"more", screen.more},
                {"prompts", prompts_of(screen.parts)}};
    }
    json::object operator()(const flows::Say& say) const {
        return {{"do", "say"}, {"prompts", prompts_of(say.prompts)}};
    }
    json::object operator()(const flows::Gather& gather) const {
        return {{"do", "gather"},
                {"digits", gather.most_digits},
                {"finish_on", gather.finish_on},
                {"timeout", gather.timeout.count()},
                {"digit_timeout", gather.digit_timeout.count()},
                {"step", urls.step},
                {"prompts", prompts_of(gather.prompts)}};
    }
    json::object operator()(const flows::Record& record) const {
        return {{"do", "record"},
                {"longest", record.longest.count()},
                {"silence", record.silence.count()},
                {"stop_on", record.stop_on},
                {"step", urls.step},
                {"prompts", prompts_of(record.prompts)}};
    }
    json::object operator()(const flows::Redirect& again) const {
        return {{"do", "redirect"}, {"pause", again.pause.count()}, {"step", urls.step}};
    }
    json::object operator()(const flows::Dial& dial) const {
        return {{"do", "dial"}, {"room", dial.room}, {"longest", dial.longest.count()}, {"step", urls.step}};
    }
    json::object operator()(const flows::Hangup&) const { return {{"do", "hangup"}}; }
    json::object operator()(const flows::Reject&) const { return {{"do", "reject"}}; }
};

}  // namespace

std::string encode_simulated(const std::vector<flows::Action>& actions, const ReturnUrls& urls) {
    json::array list;
    for (const flows::Action& action : actions) {
        list.push_back(std::visit(Encoder{urls}, action));
    }
    return json::serialize(json::object{{"actions", std::move(list)}, {"media", urls.media}});
}

}  // namespace rightsline::providers

#include "gateway/providers/twilio_encode.hpp"

#include <algorithm>

#include "gateway/providers/say_voice.hpp"
#include "gateway/providers/xml.hpp"

namespace rightsline::providers {
namespace {

constexpr const char* tell_again = "#rc=3&rp=all";  // how often Twilio brings a receipt that we did not take
constexpr std::size_t most_spoken_bytes = 4000;     // Twilio refuses a Say over 4096 characters

bool is_hash(std::string_view text) {
    return !text.empty() && text.size() <= 128 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// Where to cut so that at most `most_spoken_bytes` come first: after a space, else between two characters.
std::size_t spoken_cut(std::string_view text) {
    if (text.size() <= most_spoken_bytes) {
        return text.size();
    }
    const auto space = text.rfind(' ', most_spoken_bytes - 1);
    if (space != std::string_view::npos && space != 0) {
        return space + 1;
    }
    std::size_t cut = most_spoken_bytes;
    while (cut > 1 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80) {
        --cut;
    }
    return cut;
}

class Encoder {
 public:
    Encoder(Hook hook, const ReturnUrls& urls)
        : in_call_(hook == Hook::voice || hook == Hook::voice_step || hook == Hook::page), urls_(urls) {
        xml_.open("Response");
    }

    TwiML finish() && {
        xml_.close();
        return {std::move(xml_).str(), std::move(unspoken_)};
    }

    void operator()(const flows::Text& text) {
        if (in_call_) {
            return;
        }
        xml_.open("Message");
        if (!urls_.message_status.empty()) {
            xml_.attribute("statusCallback", status_url());
        }
        xml_.element("Body", text.body);
        xml_.close();
    }

    void operator()(const flows::Screen&) {}  // Twilio carries no USSD

    void operator()(const flows::Say& say) { hear(say.prompts); }

    void operator()(const flows::Gather& gather) {
        xml_.open("Gather");
        xml_.attribute("input", "dtmf");
        xml_.attribute("action", step("k"));
        xml_.attribute("method", "POST");
        if (gather.most_digits != 0) {
            xml_.attribute("numDigits", gather.most_digits);
        }
        xml_.attribute("finishOnKey", gather.finish_on);
        // Twilio has one time for the first key and for the next: the longer one hurries nobody.
        xml_.attribute("timeout", std::max(gather.timeout, gather.digit_timeout).count());
        xml_.attribute("actionOnEmptyResult", "true");
        hear(gather.prompts);
        xml_.close();
        redirect("k");
    }

    void operator()(const flows::Record& record) {
        hear(record.prompts);
        xml_.open("Record");
        xml_.attribute("action", step("r"));
        xml_.attribute("method", "POST");
        xml_.attribute("maxLength", record.longest.count());
        xml_.attribute("finishOnKey", record.stop_on);
        xml_.attribute("timeout", record.silence.count());
        xml_.attribute("playBeep", "true");
        xml_.attribute("trim", "trim-silence");
        if (!urls_.recording_status.empty()) {
            xml_.attribute("recordingStatusCallback", urls_.recording_status);
            xml_.attribute("recordingStatusCallbackMethod", "POST");
            xml_.attribute("recordingStatusCallbackEvent", "completed absent");
        }
        xml_.close();
        redirect("r");
    }

    void operator()(const flows::Redirect& again) {
        if (again.pause.count() > 0) {
            xml_.open("Pause");
            xml_.attribute("length", again.pause.count());
            xml_.close();
        }
        redirect("c");
    }

    // The room ends with who leaves it: nobody is left alone in it. Where it does not, whoever sent them there looks after that.
    void operator()(const flows::Dial& dial) {
        xml_.open("Dial");
        xml_.attribute("action", step("c"));
        xml_.attribute("method", "POST");
        xml_.attribute("timeLimit", dial.longest.count());
        xml_.open("Conference");
        xml_.attribute("beep", "false");
        xml_.attribute("startConferenceOnEnter", "true");
        xml_.attribute("endConferenceOnExit", dial.ends_room ? "true" : "false");
        xml_.attribute("waitUrl", "");
        xml_.attribute("record", "do-not-record");
        xml_.text(dial.room);
        xml_.close();
        xml_.close();
    }

    void operator()(const flows::Hangup&) { empty("Hangup"); }
    // As a phone that is busy: Twilio's other way tells the caller that the number is not in service.
    void operator()(const flows::Reject&) {
        xml_.open("Reject");
        xml_.attribute("reason", "busy");
        xml_.close();
    }

 private:
    void empty(std::string_view name) {
        xml_.open(name);
        xml_.close();
    }

    std::string step(std::string_view kind) const {
        const char join = urls_.step.find('?') == std::string::npos ? '?' : '&';
        return urls_.step + join + "e=" + std::string(kind);
    }

    std::string status_url() {
        if (urls_.message.empty()) {
            return urls_.message_status;
        }
        return urls_.message_status + "?m=" + urls_.message + "-" + std::to_string(++texts_) + tell_again;
    }

    void redirect(std::string_view kind) {
        xml_.open("Redirect");
        xml_.attribute("method", "POST");
        xml_.text(step(kind));
        xml_.close();
    }

    void hear(const std::vector<flows::Utterance>& prompts) {
        for (const flows::Utterance& prompt : prompts) {
            bool heard = true;
            for (const flows::Clip& clip : prompt.clips) {
                heard =
                    hear_clip(clip, prompt.language) && heard;  // one silent clip does not silence the others
            }
            if (!heard) {
                unspoken_.push_back(prompt.key);
            }
        }
    }

    bool hear_clip(const flows::Clip& clip, const locales::LanguageTag& language) {
        if (is_hash(clip.audio_hash)) {
            xml_.element("Play", urls_.media + clip.audio_hash + ".wav");
            return true;
        }
        const std::optional<SayVoice> voice = say_voice(language);
        if (!voice) {
            return false;
        }
        for (std::string_view rest = clip.text; !rest.empty();) {
            const std::size_t cut = spoken_cut(rest);
            xml_.open("Say");
            xml_.attribute("voice", voice->voice);
            xml_.attribute("language", voice->language);
            xml_.text(rest.substr(0, cut));
            xml_.close();
            rest.remove_prefix(cut);
        }
        return true;
    }

    bool in_call_;
    int texts_ = 0;
    const ReturnUrls& urls_;
    XmlWriter xml_;
    std::vector<std::string> unspoken_;
};

}  // namespace

TwiML encode_twiml(Hook hook, const std::vector<flows::Action>& actions, const ReturnUrls& urls) {
    Encoder encoder(hook, urls);
    for (const flows::Action& action : actions) {
        std::visit(encoder, action);
    }
    return std::move(encoder).finish();
}

}  // namespace rightsline::providers

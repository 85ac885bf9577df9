#include "gateway/keep/fallback.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "flows/words.hpp"
#include "gateway/providers/say_voice.hpp"
#include "gateway/providers/xml.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::keep {
namespace {

constexpr long long longest_message = 300;  // seconds
constexpr long long silence = 5;

std::string hash_of(std::string_view bytes) {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return vault::to_hex(hash).substr(0, 12);
}

/// Letters and digits, of any script, in bytes.
std::size_t letters_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    }));
}

class Exporter {
 public:
    Exporter(const flows::Pack& pack, std::string base_url) : pack_(pack), base_url_(std::move(base_url)) {}

    Fallback run(const std::vector<FallbackLine>& lines);

 private:
    std::vector<flows::Utterance> words(const FallbackLine& line, const char* key, flows::Mode mode) const;
    bool can_be_heard(const flows::Utterance& part) const;
    /// Of what a caller would hear, what can be heard; the other languages are noted.
    std::vector<flows::Utterance> heard(const FallbackLine& line, const char* key);
    void hear(providers::XmlWriter& xml, const std::vector<flows::Utterance>& parts);
    std::string add(const char* kind, providers::XmlWriter xml);
    std::string voice(const FallbackLine& line);
    std::string texts(const FallbackLine& line);
    std::string after(const FallbackLine& line);

    const flows::Pack& pack_;
    std::string base_url_;
    std::set<std::string> recordings_;
    std::set<std::string> unspoken_;
    Fallback made_;
};

std::vector<flows::Utterance> Exporter::words(const FallbackLine& line, const char* key,
                                              flows::Mode mode) const {
    std::vector<flows::Utterance> parts;
    const flows::TextIndex text = pack_.find_text(key);
    const flows::Values values;
    for (std::size_t i = 0; text != flows::no_text && i < pack_.languages.size(); ++i) {
        if (!line.language || pack_.languages[i] == *line.language) {
            parts.push_back(
                flows::Words(pack_, mode, values).say(text, static_cast<flows::LanguageIndex>(i)));
        }
    }
    return parts;
}

/// Whole, or not at all: what is neither recorded nor spoken leaves a hole, and it may be the number for danger.
bool Exporter::can_be_heard(const flows::Utterance& part) const {
    std::size_t heard = 0;
    for (const flows::Clip& clip : part.clips) {
        const bool has_sound = !clip.audio_hash.empty() || providers::say_voice(part.language).has_value();
        heard += has_sound ? letters_of(clip.text) : 0;
    }
    return heard == letters_of(part.text);
}

std::vector<flows::Utterance> Exporter::heard(const FallbackLine& line, const char* key) {
    std::vector<flows::Utterance> parts = words(line, key, flows::Mode::voice);
    std::erase_if(parts, [this](const flows::Utterance& part) {
        const bool silent = !can_be_heard(part);
        if (silent) {
            unspoken_.insert(part.language.str());
        }
        return silent;
    });
    return parts;
}

void Exporter::hear(providers::XmlWriter& xml, const std::vector<flows::Utterance>& parts) {
    for (const flows::Utterance& part : parts) {
        for (const flows::Clip& clip : part.clips) {
            if (!clip.audio_hash.empty()) {
                recordings_.insert(clip.audio_hash);
                xml.element("Play", base_url_ + "/audio/" + clip.audio_hash + ".wav");
                continue;
            }
            const std::optional<providers::SayVoice> voice = providers::say_voice(part.language);
            xml.open("Say");
            xml.attribute("voice", voice->voice);
            xml.attribute("language", voice->language);
            xml.text(clip.text);
            xml.close();
        }
    }
}

std::string Exporter::add(const char* kind, providers::XmlWriter xml) {
    FallbackDocument document{"", std::move(xml).str()};
    document.name = std::string(kind) + "-" + hash_of(document.bytes) + ".xml";
    const bool known = std::ranges::any_of(
        made_.documents, [&](const FallbackDocument& one) { return one.name == document.name; });
    if (!known) {
        made_.documents.push_back(document);
    }
    return document.name;
}

/// What is heard behind the message.
std::string Exporter::after(const FallbackLine& line) {
    providers::XmlWriter xml;
    xml.open("Response");
    hear(xml, heard(line, "common.fallback_thanks"));
    xml.open("Hangup");
    xml.close();
    xml.close();
    return add("after", std::move(xml));
}

std::string Exporter::voice(const FallbackLine& line) {
    const std::vector<flows::Utterance> parts = heard(line, "common.fallback_voice");
    if (parts.empty()) {
        return "";
    }
    const std::string next = base_url_ + "/" + after(line);
    providers::XmlWriter xml;
    xml.open("Response");
    hear(xml, parts);
    xml.open("Record");
    xml.attribute("action", next);  // else Twilio would fetch this document again, and again
    xml.attribute("method", "GET");
    xml.attribute("maxLength", longest_message);
    xml.attribute("timeout", silence);
    xml.attribute("finishOnKey", "#");
    xml.attribute("playBeep", "true");
    xml.attribute("trim", "trim-silence");
    xml.close();
    xml.open("Hangup");  // who says nothing comes here
    xml.close();
    xml.close();
    return add("voice", std::move(xml));
}

std::string Exporter::texts(const FallbackLine& line) {
    std::string body;
    for (const flows::Utterance& part : words(line, "common.fallback_text", flows::Mode::sms)) {
        body += (body.empty() ? "" : "\n") + part.text;
    }
    providers::XmlWriter xml;
    xml.open("Response");
    xml.open("Message");
    xml.element("Body", body);
    xml.close();
    xml.close();
    return add("text", std::move(xml));
}

Fallback Exporter::run(const std::vector<FallbackLine>& lines) {
    for (const char* key : {"common.fallback_voice", "common.fallback_thanks", "common.fallback_text"}) {
        made_.has_words = made_.has_words && pack_.find_text(key) != flows::no_text;
    }
    for (const FallbackLine& line : lines) {
        if (made_.has_words) {
            made_.places.push_back(
                {line.number, line.voice ? voice(line) : "", line.texts ? texts(line) : ""});
        }
    }
    std::ranges::sort(made_.documents, {}, &FallbackDocument::name);
    made_.recordings.assign(recordings_.begin(), recordings_.end());
    made_.unspoken.assign(unspoken_.begin(), unspoken_.end());
    return std::move(made_);
}

}  // namespace

Fallback make_fallback(const flows::Pack& pack, const std::vector<FallbackLine>& lines,
                       const std::string& base_url) {
    return Exporter(pack, base_url).run(lines);
}

}  // namespace rightsline::keep

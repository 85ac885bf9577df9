#include "gateway/prompt_calls/pages.hpp"

#include <algorithm>
#include <utility>

#include "flows/words.hpp"
#include "locales/message.hpp"

namespace rightsline::prompt_calls {
namespace {

constexpr flows::Seconds code_patience{15};
constexpr flows::Seconds between_digits{5};
constexpr unsigned code_digits = 8;
constexpr flows::Seconds key_patience{10};
constexpr flows::Seconds silence{5};  // ends a reading that nobody ends with #
constexpr flows::Seconds a_moment{1};

flows::LanguageIndex language_of(const flows::Pack& pack, const std::string& name) {
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(name);
    return tag ? pack.find_language(*tag).value_or(0) : 0;
}

flows::Utterance staff(const flows::Pack& pack, flows::LanguageIndex language, const std::string& key,
                       const flows::Values& values = {}) {
    const flows::TextIndex text = pack.find_text("common.staff.prompts_" + key);
    return text == flows::no_text ? flows::Utterance()
                                  : flows::Words(pack, flows::Mode::voice, values).say(text, language);
}

/// The whole of a text without its places to fill: for whoever reads, where languages cut it otherwise.
std::string whole_words(const locales::Message& message) {
    std::string whole;
    for (const locales::Piece& piece : message.pieces()) {
        const auto* words = std::get_if<locales::TextPiece>(&piece);
        whole += words == nullptr ? std::string(" ") : words->text;
    }
    return whole;
}

class Page {
 public:
    Page(const flows::Pack& pack, const Session& session)
        : pack_(pack),
          session_(session),
          spoken_(language_of(pack, session.spoken)),
          line_(session.at < session.lines.size()
                    ? find_line(pack, session.language, session.lines[session.at])
                    : std::nullopt) {}

    flows::Utterance says(const std::string& key) const { return staff(pack_, spoken_, key); }

    std::vector<flows::Utterance> line() const {
        if (!line_) {
            return {};
        }
        const flows::Values number{{"number", std::to_string(line_->number)}};
        return {staff(pack_, spoken_, "line", number), words()};
    }

    /// What was read, as the line plays it.
    std::vector<flows::Utterance> sound() const {
        if (session_.sound.hash.empty()) {
            return {says(session_.sound.failed ? "failed" : "nothing"), says("choose_nothing")};
        }
        flows::Utterance heard;
        heard.key = "prompt_calls.sound";
        heard.language = pack_.languages[language_of(pack_, session_.language)];
        heard.clips.push_back({session_.sound.hash, ""});
        return {std::move(heard), says("choose")};
    }

    flows::Record record() const {
        flows::Record tone;
        tone.prompts = line();
        tone.longest = longest_line;
        tone.silence = silence;
        return tone;
    }

 private:
    flows::Utterance words() const {
        const prompts::ScriptLine& line = line_->line;
        flows::Utterance out;
        out.key = line.key;
        out.text = line.text;
        const flows::LanguageIndex read = language_of(pack_, line.language);
        if (!line.hash.empty()) {  // a draft, or a recording that is to be replaced
            out.language = pack_.languages[read];
            out.clips.push_back({line.hash, line.text});
            return out;
        }
        out.language = pack_.languages[spoken_];
        const flows::TextIndex text = pack_.find_text(line.key);
        if (text != flows::no_text) {
            const std::size_t pieces = pack_.text(read, text).pieces().size();
            out.clips.push_back(clip_of(text, line.piece, pieces));
        }
        return out;
    }

    /// The same piece in the language that they are spoken to in: its recording, else its words for a voice of the provider's;
    /// the whole text where its pieces are others.
    flows::Clip clip_of(flows::TextIndex text, unsigned piece, std::size_t pieces) const {
        const locales::Message& message = pack_.text(spoken_, text);
        const auto all = message.pieces();
        const auto* words =
            all.size() == pieces && piece < pieces ? std::get_if<locales::TextPiece>(&all[piece]) : nullptr;
        if (words == nullptr) {
            return {"", whole_words(message)};
        }
        const auto& audio = pack_.audio[spoken_];
        const bool known = text < audio.size() && piece < audio[text].size();
        return {known ? audio[text][piece].hash : std::string(), words->text};
    }

    const flows::Pack& pack_;
    const Session& session_;
    flows::LanguageIndex spoken_;
    std::optional<Numbered> line_;
};

std::vector<flows::Action> choose(std::vector<flows::Utterance> first, const Page& page) {
    flows::Gather gather;
    gather.prompts = std::move(first);
    for (flows::Utterance& one : page.sound()) {
        gather.prompts.push_back(std::move(one));
    }
    gather.timeout = key_patience;
    return {gather};
}

std::vector<flows::Action> first(flows::Utterance word, flows::Action then) {
    flows::Say said;
    said.prompts.push_back(std::move(word));
    return {said, std::move(then)};
}

}  // namespace

std::optional<Numbered> find_line(const flows::Pack& pack, const std::string& language,
                                  const std::string& name) {
    const std::vector<prompts::ScriptLine> script = prompts::script_sheet(pack, language);
    const auto found = std::ranges::find(script, name, &prompts::ScriptLine::name);
    if (language.empty() || found == script.end()) {
        return std::nullopt;
    }
    return Numbered{*found, static_cast<std::size_t>(found - script.begin()) + 1};
}

std::vector<flows::Action> ask_code(const flows::Pack& pack) {
    flows::Gather gather;
    gather.prompts.push_back(staff(pack, 0, "code"));
    gather.most_digits = code_digits;
    gather.finish_on = "#";
    gather.timeout = code_patience;
    gather.digit_timeout = between_digits;
    return {gather};
}

std::vector<flows::Action> actions_of(const flows::Pack& pack, Reply reply, const Session& session) {
    const Page page(pack, session);
    switch (reply) {
        case Reply::hello:
            return first(page.says("hello"), page.record());
        case Reply::line:
            return {page.record()};
        case Reply::kept:
            return first(page.says("kept"), page.record());
        case Reply::moment:
            return {flows::Redirect{a_moment}};
        case Reply::menu:
            return choose({}, page);
        case Reply::hear:
            return choose(page.line(), page);
        case Reply::not_kept:
            return choose({page.says("not_kept")}, page);
        case Reply::kept_last:
            return first(page.says("over"), flows::Hangup{});
        case Reply::goodbye:
            return first(page.says("goodbye"), flows::Hangup{});
        case Reply::none:
        case Reply::hang_up:
            break;
    }
    return {flows::Hangup{}};
}

}  // namespace rightsline::prompt_calls

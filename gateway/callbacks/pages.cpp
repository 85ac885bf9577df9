#include "gateway/callbacks/pages.hpp"

#include "flows/limits.hpp"
#include "flows/words.hpp"
#include "gateway/alerts/alert_words.hpp"

namespace rightsline::callbacks {
namespace {

constexpr flows::Seconds whisper_patience{8};  // a machine, or somebody who does not want to
constexpr flows::Seconds code_patience{15};    // whoever knows the code has to find it first
constexpr flows::Seconds between_digits{5};
constexpr unsigned code_digits = 12;
constexpr std::chrono::seconds until_warned = flows::limits::longest_talk - flows::limits::last_of_talk;

const char* key_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::nobody:
            return "common.staff.back_nobody";
        case Outcome::wrong_code:
            return "common.staff.back_wrong_code";
        case Outcome::not_placed:
            return "common.staff.back_not_placed";
        default:
            return "common.staff.live_ended";
    }
}

class Words {
 public:
    Words(const flows::Pack& pack, locales::LanguageTag staff, const CallBack& call_back)
        : pack_(pack), staff_(staff), worker_(pack.languages.front()) {
        const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(call_back.language);
        if (tag && pack.find_language(*tag)) {
            worker_ = *tag;
        }
    }
    flows::Utterance to_person(const char* key) const { return say(staff_, key); }
    flows::Utterance to_worker(const char* key) const { return say(worker_, key); }
    std::vector<flows::Action> ask_code(const char* key) const {
        flows::Gather gather;
        gather.prompts.push_back(to_worker(key));
        gather.most_digits = code_digits;
        gather.finish_on = "#";
        gather.timeout = code_patience;
        gather.digit_timeout = between_digits;
        return {gather};
    }
    /// They come out of it once before the talk has to end, and hear how little is left.
    static std::vector<flows::Action> room(flows::Utterance first, const CallBack& call_back,
                                           std::chrono::seconds length) {
        flows::Say said;
        said.prompts.push_back(std::move(first));
        return {said, flows::Dial{call_back.room, length}};
    }
    static std::vector<flows::Action> last(flows::Utterance word) {
        flows::Say said;
        said.prompts.push_back(std::move(word));
        return {said, flows::Hangup{}};
    }

 private:
    flows::Utterance say(locales::LanguageTag language, const char* key) const {
        return alerts::staff_words(pack_, flows::Mode::voice, language, key, "");
    }
    const flows::Pack& pack_;
    locales::LanguageTag staff_;
    locales::LanguageTag worker_;
};

}  // namespace

std::vector<flows::Action> actions_of(const flows::Pack& pack, locales::LanguageTag staff, Reply reply,
                                      const CallBack& call_back) {
    const Words words(pack, staff, call_back);
    switch (reply) {
        case Reply::whisper: {
            flows::Gather gather;
            gather.prompts.push_back(words.to_person("common.staff.back_whisper"));
            gather.timeout = whisper_patience;
            return {gather};
        }
        case Reply::join:
            return Words::room(words.to_person("common.staff.back_join"), call_back, until_warned);
        case Reply::join_on:
            return Words::room(words.to_person("common.staff.live_ends_soon"), call_back,
                               flows::limits::last_of_talk);
        case Reply::told:
            return Words::last(words.to_person(key_of(call_back.outcome)));
        case Reply::opener:
            return words.ask_code("common.back_opener");
        case Reply::again:
            return words.ask_code("common.back_again");
        case Reply::bring:
            return Words::room(words.to_worker("common.handoff_talk"), call_back, until_warned);
        case Reply::bring_on:
            return Words::room(words.to_worker("common.handoff_ends_soon"), call_back,
                               flows::limits::last_of_talk);
        case Reply::goodbye:
            return Words::last(words.to_worker("common.back_goodbye"));
        case Reply::none:
        case Reply::hang_up:
            break;
    }
    return {flows::Hangup{}};
}

}  // namespace rightsline::callbacks

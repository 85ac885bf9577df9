#include "gateway/handoff/words.hpp"

#include "flows/limits.hpp"
#include "gateway/alerts/alert_words.hpp"

namespace rightsline::handoff {
namespace {

constexpr flows::Seconds whisper_patience{
    8};  // who has not pressed it by then is a machine, or does not want to

flows::Utterance say(const flows::Pack& pack, locales::LanguageTag language, const char* key) {
    return alerts::staff_words(pack, flows::Mode::voice, language, key, "");
}

std::vector<flows::Action> last_words(const flows::Pack& pack, locales::LanguageTag language,
                                      const char* key) {
    flows::Say last;
    last.prompts.push_back(say(pack, language, key));
    return {last, flows::Hangup{}};
}

}  // namespace

std::vector<flows::Action> actions_of(const flows::Pack& pack, locales::LanguageTag language, Reply reply,
                                      const std::string& room) {
    switch (reply) {
        case Reply::whisper: {
            flows::Gather gather;
            gather.prompts.push_back(say(pack, language, "common.staff.live_whisper"));
            gather.timeout = whisper_patience;
            return {gather};
        }
        case Reply::join: {
            flows::Say first;
            first.prompts.push_back(say(pack, language, "common.staff.live_join"));
            // It ends with the caller; who leaves it may have handed the call on.
            return {first,
                    flows::Dial{room, flows::limits::longest_talk - flows::limits::last_of_talk, false}};
        }
        case Reply::join_on: {
            flows::Say first;
            first.prompts.push_back(say(pack, language, "common.staff.live_ends_soon"));
            return {first, flows::Dial{room, flows::limits::last_of_talk, false}};
        }
        case Reply::too_late:
            return last_words(pack, language, "common.staff.live_too_late");
        case Reply::ended:
            return last_words(pack, language, "common.staff.live_ended");
        case Reply::failed:
            return last_words(pack, language, "common.staff.live_failed");
        default:
            return {flows::Hangup{}};
    }
}

}  // namespace rightsline::handoff

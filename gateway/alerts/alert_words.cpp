#include "gateway/alerts/alert_words.hpp"

#include <utility>

#include "flows/words.hpp"

namespace rightsline::alerts {
namespace {

flows::LanguageIndex index_of(const flows::Pack& pack, locales::LanguageTag language) {
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (pack.languages[i] == language && !pack.message_only[i]) {
            return static_cast<flows::LanguageIndex>(i);
        }
    }
    return 0;
}

std::string key_of(flows::Urgency urgency) {
    switch (urgency) {
        case flows::Urgency::p1:
            return "common.staff.alert_p1";
        case flows::Urgency::p2:
            return "common.staff.alert_p2";
        case flows::Urgency::p3:
            return "common.staff.alert_p3";
    }
    return "common.staff.alert_p1";
}

std::string key_of(Answer answer) {
    switch (answer) {
        case Answer::taken:
            return "common.staff.alert_taken";
        case Answer::was_yours:
            return "common.staff.alert_was_yours";
        case Answer::too_late:
            return "common.staff.alert_too_late";
        case Answer::not_here:
            return "common.staff.alert_not_here";
        case Answer::nowhere:
            return "common.staff.alert_nowhere";
        case Answer::not_yours:
            return "common.staff.alert_not_yours";
        case Answer::gone:
            return "common.staff.alert_gone";
        case Answer::not_now:
            return "common.staff.alert_not_now";
    }
    return "common.staff.alert_not_now";
}

}  // namespace

flows::Utterance staff_words(const flows::Pack& pack, flows::Mode mode, locales::LanguageTag language,
                             const std::string& key, const std::string& alias) {
    const flows::TextIndex text = pack.find_text(key);
    if (text == flows::no_text) {
        return {};
    }
    const flows::Values values{{"alias", alias}};
    return flows::Words(pack, mode, values).say(text, index_of(pack, language));
}

std::string text_of(const flows::Pack& pack, locales::LanguageTag language, const Alert& alert) {
    return staff_words(pack, flows::Mode::sms, language, key_of(alert.urgency), alert.alias).text;
}

std::string mail_subject(const flows::Pack& pack, locales::LanguageTag language, const Alert& alert) {
    const char* key = alert.urgency == flows::Urgency::p1   ? "common.staff.mail_p1"
                      : alert.urgency == flows::Urgency::p2 ? "common.staff.mail_p2"
                                                            : "common.staff.mail_p3";
    return staff_words(pack, flows::Mode::sms, language, key, alert.alias).text;
}

std::string mail_body(const flows::Pack& pack, locales::LanguageTag language) {
    return staff_words(pack, flows::Mode::sms, language, "common.staff.mail_body", "").text;
}

std::string text_of(const flows::Pack& pack, locales::LanguageTag language, Reminder reminder,
                    const std::string& alias) {
    const char* key = reminder == Reminder::news           ? "common.staff.news"
                      : reminder == Reminder::clock_warned ? "common.staff.clock_warned"
                                                           : "common.staff.clock_late";
    return staff_words(pack, flows::Mode::sms, language, key, alias).text;
}

std::string offer_subject(const flows::Pack& pack, locales::LanguageTag language) {
    return staff_words(pack, flows::Mode::sms, language, "common.staff.mail_offer", "").text;
}

std::string mail_note(const flows::Pack& pack, locales::LanguageTag language) {
    return staff_words(pack, flows::Mode::sms, language, "common.staff.mail_note", "").text;
}

std::string text_of(const flows::Pack& pack, locales::LanguageTag language, Answer answer,
                    const std::string& alias) {
    return staff_words(pack, flows::Mode::sms, language, key_of(answer), alias).text;
}

std::vector<flows::Action> ask_in_call(const flows::Pack& pack, locales::LanguageTag language,
                                       const Alert& alert) {
    const std::string key =
        alert.urgency == flows::Urgency::p1 ? "common.staff.alert_call_p1" : "common.staff.alert_call";
    flows::Gather gather;
    gather.prompts.push_back(staff_words(pack, flows::Mode::voice, language, key, alert.alias));
    gather.timeout = flows::Seconds(10);
    return {gather};
}

std::vector<flows::Action> end_call(const flows::Pack& pack, locales::LanguageTag language, Answer answer) {
    const std::string key = answer == Answer::taken || answer == Answer::was_yours
                                ? "common.staff.alert_call_taken"
                            : answer == Answer::too_late  ? "common.staff.alert_call_too_late"
                            : answer == Answer::not_yours ? "common.staff.alert_call_not_yours"
                                                          : "common.staff.alert_call_not_now";
    flows::Say last;
    last.prompts.push_back(staff_words(pack, flows::Mode::voice, language, key, ""));
    return {last, flows::Hangup{}};
}

}  // namespace rightsline::alerts

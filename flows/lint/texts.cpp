#include <algorithm>
#include <array>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

constexpr std::array<std::string_view, 7> known_placeholders{"choice",  "code",     "digit", "emergency",
                                                             "message", "messages", "status"};

/// What the engine itself says; a program without one of them would fall silent somewhere.
constexpr std::string_view engine_texts[] = {"invalid",
                                             "invalid_2",
                                             "no_input",
                                             "no_input_speak",
                                             "option",
                                             "skip_voice",
                                             "skip_text",
                                             "one_moment",
                                             "opener",
                                             "opener_word",
                                             "story_more",
                                             "story_done_hint",
                                             "first_text",
                                             "deleted",
                                             "not_kept",
                                             "not_now",
                                             "nothing_recorded",
                                             "other_language",
                                             "too_long",
                                             "more_ussd",
                                             "leave",
                                             "goodbye",
                                             "record_tone",
                                             "digit.0",
                                             "invalid_code",
                                             "invalid_ask",
                                             "empty_text",
                                             "marked_urgent",
                                             "first_text_short",
                                             "first_text_sure",
                                             "message_kept",
                                             "report_gone",
                                             "story_held",
                                             "stop_hint",
                                             "stopped",
                                             "wrong_code",
                                             "words_kept",
                                             "danger_call",
                                             "not_sure",
                                             "arrived",
                                             "message_now",
                                             "message_held",
                                             "fallback_voice",
                                             "fallback_thanks",
                                             "fallback_text",
                                             "delete_hint",
                                             "handoff_ring",
                                             "handoff_wait",
                                             "handoff_talk",
                                             "handoff_prove",
                                             "handoff_ends_soon",
                                             "call_ends_soon",
                                             "call_over",
                                             "call_prove",
                                             "handoff_danger",
                                             "back_opener",
                                             "back_again",
                                             "back_goodbye",
                                             "missed_opener",
                                             "danger_call_short",
                                             "call_is_free",
                                             "welcome",
                                             "sorry",
                                             "picture_lost",
                                             "ping",
                                             "check_in",
                                             "staff.alert_p1",
                                             "staff.alert_p2",
                                             "staff.alert_p3",
                                             "staff.alert_taken",
                                             "staff.alert_was_yours",
                                             "staff.alert_too_late",
                                             "staff.alert_not_here",
                                             "staff.alert_nowhere",
                                             "staff.alert_not_yours",
                                             "staff.alert_gone",
                                             "staff.alert_not_now",
                                             "staff.alert_call_p1",
                                             "staff.alert_call",
                                             "staff.alert_call_taken",
                                             "staff.alert_call_too_late",
                                             "staff.alert_call_not_yours",
                                             "staff.alert_call_not_now",
                                             "staff.news",
                                             "staff.clock_warned",
                                             "staff.clock_late",
                                             "staff.mail_note",
                                             "staff.mail_p1",
                                             "staff.mail_p2",
                                             "staff.mail_p3",
                                             "staff.mail_body",
                                             "staff.mail_offer",
                                             "staff.live_whisper",
                                             "staff.live_join",
                                             "staff.live_too_late",
                                             "staff.live_ended",
                                             "staff.live_ends_soon",
                                             "staff.live_failed",
                                             "staff.back_whisper",
                                             "staff.back_join",
                                             "staff.back_nobody",
                                             "staff.back_wrong_code",
                                             "staff.back_not_placed",
                                             "staff.prompts_code",
                                             "staff.prompts_hello",
                                             "staff.prompts_line",
                                             "staff.prompts_kept",
                                             "staff.prompts_choose",
                                             "staff.prompts_choose_nothing",
                                             "staff.prompts_nothing",
                                             "staff.prompts_failed",
                                             "staff.prompts_not_kept",
                                             "staff.prompts_over",
                                             "staff.prompts_goodbye"};

class TextLint {
 public:
    explicit TextLint(LintContext& lint) : lint_(lint), pack_(lint.pack) {}

    void run() {
        for (std::size_t language = 0; language < pack_.languages.size(); ++language) {
            for (std::size_t text = 0; text < pack_.text_keys.size(); ++text) {
                const auto l = static_cast<LanguageIndex>(language);
                const auto t = static_cast<TextIndex>(text);
                if (lint_.own_words(l, t)) {
                    check_placeholders(l, t);
                }
            }
        }
        check_common();
    }

 private:
    static std::string names_of(const std::vector<std::string>& names) {
        std::string list;
        for (const std::string& name : names) {
            list += (list.empty() ? "{" : ", {") + name + "}";
        }
        return list.empty() ? "none" : list;
    }

    void check_placeholders(LanguageIndex language, TextIndex text) {
        const auto& here = pack_.text(language, text).placeholders();
        const auto& base = pack_.text(0, text).placeholders();
        if (here != base) {
            lint_.at_text(
                language, text, "placeholders-differ",
                "has " + names_of(here) + " where " + pack_.language_names[0] + " has " + names_of(base),
                "use the same placeholders");
            return;
        }
        for (const std::string& name : here) {
            check_name(language, text, name);
        }
    }

    void check_name(LanguageIndex language, TextIndex text, const std::string& name) {
        const bool for_staff = pack_.text_keys[text].starts_with("common.staff.");
        if ((name == "alias" || name == "number") && for_staff) {
            return;
        }
        if (name == "alias") {
            lint_.at_text(language, text, "unknown-placeholder", "says {alias}, which is for staff only",
                          "take it out");
        } else if (std::find(known_placeholders.begin(), known_placeholders.end(), name) ==
                   known_placeholders.end()) {
            lint_.at_text(language, text, "unknown-placeholder", "says {" + name + "}, which nobody fills in",
                          "use {code, spell}, {emergency, spell}, {digit, spell}, {messages, spell}, "
                          "{choice}, {message} or {status}");
        } else if (name == "emergency" && pack_.emergency_numbers.count("") == 0) {
            lint_.at_text(language, text, "no-emergency-number",
                          "says {emergency}, and the program has no number",
                          "write emergency_numbers: {\"\": \"911\"} in program.yaml");
        }
    }

    void check_common() {
        for (const std::string_view name : engine_texts) {
            if (pack_.find_text("common." + std::string(name)) == no_text) {
                lint_.findings.push_back({"locales/" + pack_.languages[0].str() + "/common.yaml", 0,
                                          "missing-common",
                                          "the shared string '" + std::string(name) + "' is absent",
                                          "add it under texts:", Complaint::Level::error});
            }
        }
    }

    LintContext& lint_;
    const Pack& pack_;
};

}  // namespace

void lint_texts(LintContext& lint) { TextLint(lint).run(); }

}  // namespace rightsline::flows

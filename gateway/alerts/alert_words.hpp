// Alert words: what a person of the roster reads and hears. Content-free: how urgent, and what the case is called.
//
// The words are the common texts of the program's pack, in the person's language where the program speaks it, else in
// its first. Must never: say what was reported, where, or by whom. Pure. Threading: values.
#pragma once

#include <string>

#include "flows/pack.hpp"
#include "flows/vocabulary.hpp"
#include "gateway/alerts/alert.hpp"
#include "locales/language.hpp"

namespace rightsline::alerts {

/// A common text of the program as one of its staff hears or reads it; without words when the program has none.
/// `alias`: of the report that it names, or "".
flows::Utterance staff_words(const flows::Pack& pack, flows::Mode mode, locales::LanguageTag language,
                             const std::string& key, const std::string& alias);

/// "Urgent: report 7K4-921 waits. Answer 1 to take it."
std::string text_of(const flows::Pack& pack, locales::LanguageTag language, const Alert& alert);

/// Of an e-mail: "Urgent: report 7K4-921 waits.", and what stands below it.
std::string mail_subject(const flows::Pack& pack, locales::LanguageTag language, const Alert& alert);
std::string mail_body(const flows::Pack& pack, locales::LanguageTag language);

/// What whoever has a case is told of it.
enum class Reminder {
    news,          // its worker told more
    clock_warned,  // three quarters of a clock are over
    clock_late,
    task_due,  // in the words of a clock that is late: by when something had to be done is over
};
std::string text_of(const flows::Pack& pack, locales::LanguageTag language, Reminder reminder,
                    const std::string& alias);
/// What stands below it in an e-mail: that answers to it reach nobody.
/// Of an e-mail to another organisation: that a report is offered to it, and nothing of which.
std::string offer_subject(const flows::Pack& pack, locales::LanguageTag language);
std::string mail_note(const flows::Pack& pack, locales::LanguageTag language);

enum class Answer {
    taken,      // you have it now
    was_yours,  // you have it already
    too_late,   // another person has it
    not_here,   // answers to workers do not go this way; 1 takes the report
    nowhere,    // nor does anything else: nothing waits for this person
    not_yours,  // there is nothing for this person to do about it; why is not said
    gone,       // the report was deleted
    not_now,    // the store does not answer: nothing was changed
};
std::string text_of(const flows::Pack& pack, locales::LanguageTag language, Answer answer,
                    const std::string& alias);

/// What an answered call says, and asks: 1 takes the report.
std::vector<flows::Action> ask_in_call(const flows::Pack& pack, locales::LanguageTag language,
                                       const Alert& alert);
/// What it says at its end.
std::vector<flows::Action> end_call(const flows::Pack& pack, locales::LanguageTag language, Answer answer);

}  // namespace rightsline::alerts

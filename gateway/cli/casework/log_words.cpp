#include "gateway/cli/casework/log_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "gateway/audit/entry.hpp"
#include "gateway/cli/casework/recording_words.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {
namespace {

using ops::text_of;

struct Sentence {
    std::string_view what;
    std::string_view words;  // {who}, {how}, {why}, {to}
};

constexpr std::array sentences{
    Sentence{"filed", "it was filed"},
    Sentence{"added", "its worker told more"},
    Sentence{"raised", "it got a greater urgency"},
    Sentence{"contact_changed", "its worker said how they may be reached: {how}"},
    Sentence{"call_back_begun", "{who} called its worker, who had asked for that"},
    Sentence{"call_back_over", "the call to its worker is over"},
    Sentence{"consent_given", "its worker said yes: {why}"},
    Sentence{"consent_refused", "its worker said no: {why}"},
    Sentence{"consent_withdrawn", "its worker took a yes back: {why}"},
    Sentence{"case_returned_to", "its worker came back with the code"},
    Sentence{"replied", "{who} wrote to its worker"},
    Sentence{"reply_read", "its worker read what was written to them"},
    Sentence{"pinged", "a text told its worker that a message waits, and nothing else"},
    Sentence{"case_read", "{who} read it"},
    Sentence{"recording_read", "{who} took a recording to listen to"},
    Sentence{"recording_held", "a recording was brought home"},
    Sentence{"alert_told", "{who} was told ({how})"},
    Sentence{"alert_taken", "{who} took it ({how})"},
    Sentence{"alert_reached_nobody", "{who} was not reached"},
    Sentence{"status_changed", "{who} gave it the status {to}"},
    Sentence{"recused", "{who} stepped back"},
    Sentence{"excluded", "{who} kept somebody out of it"},
    Sentence{"readmitted", "{who} let somebody have it again"},
    Sentence{"site_set", "{who} said which site it is of, or that it is of none"},
    Sentence{"category_set", "{who} sorted it into one of the categories, or out of them"},
    Sentence{"note_written", "{who} wrote a note"},
    Sentence{"notes_read", "{who} read the notes"},
    Sentence{"check_in_unknown", "its worker was asked how they are and has not answered: nobody knows"},
    Sentence{"linked", "{who} linked it with another report"},
    Sentence{"unlinked", "{who} parted it from another report"},
    Sentence{"held", "{who} put it on hold: nothing of it is deleted for its age"},
    Sentence{"released", "{who} released it from its hold"},
    Sentence{"recordings_shredded", "its time was over: deleted its recordings ({why})"},
    Sentence{"relay_shredded", "its time was over: deleted its number, mailbox and replies ({why})"},
    Sentence{"sealed_anew", "{who} sealed {why} of it anew, to {to}: older keys open that no more"},
    Sentence{"month_moved", "what it keeps was locked anew, under {to}"},
    Sentence{"task_done", "{who} did a task"},
    Sentence{"tasks_read", "{who} read what is to be done"},
    Sentence{"referred", "{who} offered it to {to}: {why}"},
    Sentence{"passed_more", "{who} passed what its worker told since to {to}"},
    Sentence{"referral_accepted", "{who} accepted it for {to}: they read it from now on"},
    Sentence{"referral_declined", "{who} declined it for {to}: {why}"},
    Sentence{"referral_taken_back", "{who} took it back from {to}"},
    Sentence{"referral_lapsed", "{to} did not answer in time: the offer is over"},
    Sentence{"referral_withdrawn",
             "its worker took the yes back ({why}): nothing more of it is shown to {to}"},
    Sentence{"call_rung", "a caller asked for a person: {who} was to be rung"},
    Sentence{"call_not_rung", "the phone of {who} could not be rung"},
    Sentence{"call_taken", "{who} took the call; the caller had waited {why} s"},
    Sentence{"call_ended", "the talk with {who} was over after {why} s"},
    Sentence{"call_handed_on", "{who} asked {to} to take the call over"},
    Sentence{"call_taken_over", "{who} took the call over"},
    Sentence{"call_passed_over",
             "{who} was not rung: a conflict of interest keeps them away from this caller"},
    Sentence{"prompt_recorded", "{who} recorded {to}"},
    Sentence{"prompt_approved", "{who} listened to {to} and approved it"},
    Sentence{"prompt_rejected", "{who} listened to {to}: it must be recorded again"},
    Sentence{"prompt_invited", "{who} gave {whom} a code to record by phone ({to}); lines to read: {why}"},
    Sentence{"prompt_uninvited", "the code of {who} to record by phone is over ({to}); lines kept: {why}"},
    Sentence{"people_imported", "{who} brought people in from a file: {why}"},
    Sentence{"people_exported", "{who} took the list of people out: {why}"},
    Sentence{"person_entered", "{who} entered a person"},
    Sentence{"person_changed", "{who} changed what is kept of a person"},
    Sentence{"person_wiped", "what was kept of a person is gone"},
    Sentence{"person_told", "a person was sent what is kept of them"},
    Sentence{"audience_consent", "a person said yes to {to} (noted by {who})"},
    Sentence{"audience_refusal", "a person said no to {to} (noted by {who})"},
    Sentence{"people_read", "{who} looked at people"},
    Sentence{"segment_changed", "{who} changed the choice of people {to}"},
    Sentence{"blast_changed", "{who} wrote the blast {how}"},
    Sentence{"blast_asked", "{who} asked somebody to look at the blast {how}"},
    Sentence{"blast_returned", "{who} gave the blast {how} back to be changed"},
    Sentence{"blast_approved", "{who} approved the blast {how}: {why}"},
    Sentence{"blast_tested", "{who} had the blast {how} sent as a test"},
    Sentence{"blast_scheduled", "{who} set when the blast {how} begins: {why}"},
    Sentence{"blast_begun", "the blast {how} began"},
    Sentence{"blast_held", "the server holds the blast {how}: {why}"},
    Sentence{"blast_paused", "{who} paused the blast {how}"},
    Sentence{"blast_resumed", "{who} let the blast {how} go on"},
    Sentence{"blast_finished", "the blast {how} is finished"},
    Sentence{"blast_cancelled", "{who} cancelled the blast {how}"},
    Sentence{"blast_expired", "the time of the blast {how} is over"},
    Sentence{"course_changed", "{who} changed the course {how}"},
    Sentence{"course_begun", "{who} began the course {how}"},
    Sentence{"course_ended", "{who} ended the course {how}"},
    Sentence{"sender_blocked", "{who} blocked a number: nobody is rung for it any more"},
    Sentence{"sender_freed", "{who} freed a number: people are rung for it again"},
    Sentence{"access_refused", "{who} asked for what they have no right to: {why}"},
    Sentence{"copy_not_erased", "the provider was asked to erase its copy of a text and did not"},
    Sentence{"operator_told", "the operator was told of trouble with the server: {why}"},
    Sentence{"restored", "a backup was put back: what was done after it is not here"},
    Sentence{"handed_on", "{who} took it out to give it to others: {why}"},
};

struct Ending {
    std::string_view why;
    std::string_view words;
};

/// What became of a call to its worker.
constexpr std::array ends_of_a_call{
    Ending{"reached", "the call reached its worker"},
    Ending{"nobody", "nobody answered the call to its worker; no message was left"},
    Ending{"wrong_code",
           "whoever answered the call to its worker did not give the number; they heard nothing of it"},
    Ending{"not_begun", "{who} did not begin the call to its worker"},
    Ending{"given_up", "{who} left the call before its worker was there"},
    Ending{"not_placed", "its worker could not be called"},
};

std::string filled(std::string_view words, const boost::json::object& entry) {
    std::string out;
    while (!words.empty()) {
        const std::size_t open = std::min(words.find('{'), words.size());
        out += words.substr(0, open);
        words.remove_prefix(open);
        if (!words.empty()) {
            const std::size_t close = words.find('}');
            const std::string value = text_of(entry, words.substr(1, close - 1));
            out += value.empty() ? "somebody" : providers::clean_text(value);
            words.remove_prefix(close + 1);
        }
    }
    return out;
}

/// Why nobody took a caller's call, and whether that caller had said danger.
std::string untaken_words(const boost::json::object& entry) {
    const std::string why = text_of(entry, "why");
    const std::string words = why == "left"    ? "the caller hung up while they waited"
                              : why == "asked" ? "the caller wanted to leave a message"
                              : why == "conflict"
                                  ? "nobody was left who may have this caller: they were led to the message"
                                  : "nobody took the call: the caller was led to the message";
    return text_of(entry, "to").empty() ? words : words + "; they had said that they are in danger";
}

/// What the worker wants, or what somebody noted of it; nothing where one sentence says it.
std::optional<std::string> words_of_the_worker(const std::string& what, const boost::json::object& entry) {
    if (what == "consent_withdrawn" && text_of(entry, "who") != audit::worker) {
        return filled("{who} noted that its worker took a yes back: {why}", entry);
    }
    if (what == "contact_changed" && text_of(entry, "who") != audit::worker) {
        return filled("{who} noted that its worker is not to be reached any more", entry);
    }
    const auto* end = std::ranges::find(ends_of_a_call, text_of(entry, "why"), &Ending::why);
    if (what == "call_back_over" && end != ends_of_a_call.end()) {
        return filled(end->words, entry);
    }
    if (what == "check_in_asked") {
        return text_of(entry, "how") == "text"
                   ? "a text asked its worker whether all is well"
                   : "its worker will be asked whether all is well when they come back with the code";
    }
    if (what == "check_in_answered") {
        const std::string why = text_of(entry, "why");
        return why == "fine"      ? "asked how they are, its worker said that all is well"
               : why == "changed" ? "asked how they are, its worker said that something changed"
                                  : "its worker does not want to be asked how they are";
    }
    return std::nullopt;
}

}  // namespace

std::string held_words(std::string_view why) {
    if (why == "unanswered") {
        return "three texts were not answered: none tells its worker of messages until they come back";
    }
    if (why == "stop") {
        return "no text told its worker that a message waits: their phone has said STOP";
    }
    return "no text could tell its worker that a message waits: their line, language or country is not "
           "served";
}

std::string log_words(const boost::json::object& entry) {
    const std::string what = text_of(entry, "what");
    if (what == "assigned") {
        return filled(
            text_of(entry, "to").empty() ? "{who} put it back into the pool" : "{who} gave it to {to}",
            entry);
    }
    if (std::optional<std::string> words = words_of_the_worker(what, entry)) {
        return *std::move(words);
    }
    if (what == "recording_put_aside") {
        const std::string why = text_of(entry, "why");
        if (why == "copy_left") {
            return "a recording was brought home, and the provider did not delete its own copy";
        }
        return "a recording cannot be brought home" + (why.empty() ? "" : ": " + aside_words(why));
    }
    if (what == "ping_held") {
        return held_words(text_of(entry, "why"));
    }
    if (what == "call_untaken") {
        return untaken_words(entry);
    }
    if (what == "raised" && text_of(entry, "who") != audit::worker && !text_of(entry, "who").empty()) {
        return filled("the category that {who} gave it has a greater urgency: it got that one", entry);
    }
    if (what == "filed" && text_of(entry, "how") == "operator") {
        return filled(text_of(entry, "why") == "call"
                          ? "{who} entered it for its worker, who told it in a call to them"
                          : "{who} entered it for its worker",
                      entry);
    }
    if (what == "task_set") {
        const std::string by = text_of(entry, "who").empty() ? "the server set a task" : "{who} set a task";
        return filled(by + (text_of(entry, "to").empty() ? "" : " for {to}"), entry);
    }
    if (what == "reminded") {
        const std::string why = text_of(entry, "why");
        const char* of = why == "news"   ? "{who} was told that its worker wrote more ({how})"
                         : why == "task" ? "{who} was told that a task is due ({how})"
                         : why == "late" ? "{who} was told that a time limit has passed ({how})"
                                         : "{who} was told that a time limit ends soon ({how})";
        return filled(of, entry);
    }
    const auto* found = std::ranges::find(sentences, what, &Sentence::what);
    return found == sentences.end() ? providers::clean_text(what) : filled(found->words, entry);
}

}  // namespace rightsline::cli

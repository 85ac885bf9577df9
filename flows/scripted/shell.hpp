// ScriptedShell: the shell of one scripted conversation: a store that can be down, prepared codes, an event log.
//
// Threading: one test.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "flows/engine.hpp"

namespace rightsline::flows {

/// The receipt code that every scripted report gets; its check digit is right.
inline constexpr std::string_view scripted_code = "572400000000";

/// What every reply of a scripted case says.
inline constexpr std::string_view scripted_message = "We read your words. Which day was it?";

class ScriptedShell {
 public:
    ScriptedShell(const Pack& pack, Mode mode) : pack_(pack), mode_(mode) {}

    void give(const Event& event);
    /// A known event again, `back` events ago: deduplicated by its id and answered from what was stored, which must be
    /// what was said then. The last one is also stepped again from the state before it: a lost race gives the same
    /// bytes. False when anything differs.
    bool give_again(std::size_t back);
    /// Minutes pass; a timer that comes due fires.
    void wait(std::chrono::minutes time);
    void set_result(std::string action, std::string exit) { results_[std::move(action)] = std::move(exit); }
    void set_status(std::string status) { status_ = std::move(status); }
    /// How many replies wait for the worker of the case that is opened, and how many they have read.
    /// `day`: of the check-in that waits for whoever comes back; `by_text`: a text asked this phone just before.
    void set_check_in(std::string day, bool by_text, std::optional<LanguageIndex> language) {
        check_in_ = std::move(day);
        if (by_text) {
            context_.check_in =
                Context::CheckIn{language.value_or(LanguageIndex{0}), context_.now - std::chrono::hours{1}};
        }
    }
    const std::string& answered() const { return answered_; }
    /// The first question that the worker of the case that is opened has not answered.
    void set_question(std::string question) { question_ = std::move(question); }
    const std::string& question() const { return question_; }
    void set_messages(std::string waiting, std::string read) {
        messages_ = std::move(waiting);
        messages_read_ = std::move(read);
    }
    /// Which ready answer the replies of that case are; "" = somebody's own words.
    void set_reply(std::string answer) { reply_ = std::move(answer); }
    void set_store(bool up) { store_up_ = up; }
    bool store_up() const { return store_up_; }
    void set_line_language(LanguageIndex language) { context_.line_language = language; }

    bool begun() const { return begun_; }
    const Conversation& conversation() const { return conversation_; }
    const Step& last() const { return last_; }
    const std::vector<Utterance>& heard() const { return heard_; }
    const std::vector<Filing>& filings() const { return filings_; }
    const std::vector<std::string>& parts() const { return parts_; }
    const Facts& facts() const { return facts_; }
    const Facts& turn_facts() const { return turn_facts_; }
    bool code_said() const { return code_said_; }
    bool deleted() const { return deleted_; }
    /// "employer: yes", in the order in which they were noted.
    const std::vector<std::string>& consents() const { return consents_; }
    /// How the worker may be reached, and at what time, as the script noted it last.
    const std::string& contact() const { return contact_; }
    /// The most urgent that the report was filed or marked as.
    std::optional<Urgency> urgency() const { return urgency_; }
    /// What went wrong inside: a conversation that did not survive packing, or ended with work waiting.
    const std::string& broken() const { return broken_; }

 private:
    struct Answer {
        std::vector<Utterance> heard;
        std::string body;  // every byte of the actions that a worker would notice
    };
    void give(const Event& event, std::size_t id);
    void take(const Event& event);
    bool same_when_run_again(const Event& event, const Answer& stored) const;
    void say_store_is_gone();
    void keep(Step taken);
    DoResult perform(const DoRequest& request);
    void read_reply(DoResult& result) const;

    const Pack& pack_;
    Mode mode_;
    Context context_ = first_context();
    Conversation conversation_;
    Step last_;
    std::shared_ptr<const ScriptedShell> before_;  // as it was when the last event came
    std::vector<Event> events_;                    // an event's id is its place here
    std::map<std::size_t, Answer> answers_;        // stored answers, by event id
    std::string status_;
    std::string messages_;
    std::string messages_read_;
    std::string reply_;
    std::string check_in_;
    std::string answered_ = "none";
    std::string question_;
    std::vector<Utterance> heard_;
    std::vector<Filing> filings_;
    std::vector<std::string> parts_;
    std::optional<Urgency> urgency_;
    Facts facts_;
    Facts turn_facts_;
    std::map<std::string, std::string> results_;
    bool store_up_ = true;
    bool begun_ = false;
    bool code_said_ = false;
    bool deleted_ = false;
    std::string contact_ = "none";
    std::vector<std::string> consents_;
    std::string broken_;

    static Context first_context();
};

}  // namespace rightsline::flows
